import { attributeName } from './attribute-name.ts'
import { counted, type NounForms } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'ar'
// In the genitive and the accusative, which are alike without their vowels.
const characters = countedWithDual({
  one: 'حرف واحد',
  two: 'حرفين',
  few: 'أحرف',
  many: 'حرفًا',
  other: 'حرف',
})
const seconds = countedWithDual({ one: 'ثانية واحدة', two: 'ثانيتين', few: 'ثوانٍ', other: 'ثانية' })

const attributes = {
  username: 'اسم المستخدم',
  email: 'عنوان البريد الإلكتروني',
  firstName: 'الاسم الأول',
  lastName: 'اسم العائلة',
  other: 'بيانات الحساب',
}

/** Arabic. */
export const ar: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'هذا الحقل مطلوب.',
    unknown_field: () => 'هذا الحقل غير موجود.',
    not_writable: () => 'هذا الحقل للقراءة فقط.',
    not_text: () => 'ليس نصًا صالحًا.',
    not_number: () => 'يجب إدخال رقم صالح.',
    not_boolean: () => 'يجب أن تكون القيمة منطقية صالحة.',
    not_date: ({ format }) =>
      `صيغة التاريخ والوقت غير صحيحة.${format === undefined ? '' : ` استخدم إحدى هذه الصيغ: ${format}.`}`,
    not_json: () => 'يجب أن تكون القيمة بصيغة JSON صالحة.',
    not_a_choice: ({ input }) => (input === undefined ? 'الاختيار غير صالح.' : `«${input}» ليس اختيارًا صالحًا.`),
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'هذه القيمة أطول من اللازم.'
        : `يجب ألا يزيد طول هذا الحقل على ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined ? 'هذه القيمة أصغر من اللازم.' : `يجب أن تكون هذه القيمة أكبر من أو تساوي ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'هذه القيمة أكبر من اللازم.' : `يجب أن تكون هذه القيمة أصغر من أو تساوي ${max}.`,
    null_characters: () => 'الأحرف الفارغة (null) غير مسموح بها.',
    surrogate_characters: ({ codePoint }) =>
      `الأحرف البديلة غير مسموح بها${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'أدخل عنوان بريد إلكتروني صالحًا.',
    username_invalid: () => 'أدخل اسم مستخدم صالحًا. لا يُسمح إلا بالحروف والأرقام والرموز @/./+/-/_.',
    username_reserved: () => 'لا يمكن استخدام اسم المستخدم هذا. يُرجى اختيار اسم آخر.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'يجب أن تكون قيمة هذا الحقل فريدة.'
        : `يوجد بالفعل ${model} بهذه القيمة في الحقل ${field}.`,
    password_too_short: ({ minLength }) =>
      `كلمة المرور هذه قصيرة جدًا.${minLength === undefined ? '' : ` يجب ألا يقل طولها عن ${characters(minLength)}.`}`,
    password_too_long: () => 'كلمة المرور هذه طويلة جدًا.',
    password_too_common: () => 'كلمة المرور هذه شائعة جدًا.',
    password_entirely_numeric: () => 'كلمة المرور هذه مكوّنة من أرقام فقط.',
    password_too_similar: ({ attribute }) => `كلمة المرور تشبه ${attributeName(attributes, attribute)} إلى حد كبير.`,
    password_context_word: () => 'كلمة المرور هذه تحتوي على اسم هذا الموقع.',
    wrong_password: () => 'كلمة المرور غير صحيحة.',
    differs: () => 'كلمتا المرور غير متطابقتين.',
    custom: ({ message }) => (message === undefined ? 'القيمة غير صالحة.' : `${message}`),
  },
  fields: {
    notNull: 'لا يمكن أن تكون قيمة هذا الحقل null.',
    notBlank: 'لا يمكن ترك هذا الحقل فارغًا.',
    minLength: (minLength) => `يجب ألا يقل طول هذا الحقل عن ${characters(minLength)}.`,
    notAnInteger: 'يجب إدخال عدد صحيح صالح.',
    numberTooLong: 'النص أطول من أن يكون رقمًا.',
    usernameTaken: 'يوجد مستخدم آخر بهذا الاسم.',
  },
  requests: {
    noData: 'لم تُقدَّم أي بيانات',
    invalidData: (type) => `البيانات غير صالحة. كان المتوقع قاموسًا، لكن الوارد كان ${type}.`,
    jsonParseError: (detail) => `خطأ في تحليل JSON - ${detail}`,
    multipartParseError: (detail) => `خطأ في تحليل النموذج المتعدد الأجزاء - ${detail}`,
    malformed: 'الطلب غير سليم الصياغة.',
    unsupportedMediaType: (type) => `نوع الوسائط «${type}» في الطلب غير مدعوم.`,
    notAcceptable: 'تعذّرت تلبية الترويسة Accept الواردة في الطلب.',
    methodNotAllowed: (method) => `الطريقة «${method}» غير مسموح بها.`,
    notFound: 'غير موجود.',
    noMatch: (model) => `لا يوجد ${model} يطابق هذا الاستعلام.`,
    invalidPage: 'الصفحة غير صالحة.',
    throttled: (wait) =>
      `تم تجاوز الحد المسموح به من الطلبات.${wait === null ? '' : ` يمكن إعادة المحاولة بعد ${seconds(wait)}.`}`,
    payloadTooLarge: 'حجم الطلب أكبر من اللازم.',
    serverError: 'حدث خطأ في الخادم.',
    unavailable: 'الخدمة غير متاحة مؤقتًا.',
  },
  authentication: {
    credentialsMissing: 'لم تُقدَّم بيانات الدخول.',
    credentialsIncorrect: 'بيانات الدخول غير صحيحة.',
    permissionDenied: 'ليست لديك صلاحية تنفيذ هذا الإجراء.',
    invalidToken: 'الرمز غير صالح.',
    userInactiveOrDeleted: 'المستخدم غير نشط أو محذوف.',
    tokenHeader: {
      noCredentials: 'ترويسة الرمز غير صالحة. لم تُقدَّم بيانات الدخول.',
      containsSpaces: 'ترويسة الرمز غير صالحة. يجب ألا يحتوي الرمز على مسافات.',
      invalidCharacters: 'ترويسة الرمز غير صالحة. يجب ألا يحتوي الرمز على أحرف غير صالحة.',
    },
    basicHeader: {
      noCredentials: 'ترويسة Basic غير صالحة. لم تُقدَّم بيانات الدخول.',
      containsSpaces: 'ترويسة Basic غير صالحة. يجب ألا تحتوي بيانات الدخول على مسافات.',
      notBase64: 'ترويسة Basic غير صالحة. بيانات الدخول غير مرمّزة على نحو صحيح بصيغة base64.',
    },
    invalidUsernameOrPassword: 'اسم المستخدم أو كلمة المرور غير صالحين.',
    cannotLogIn: 'تعذّر تسجيل الدخول بالبيانات المقدَّمة.',
    userDisabled: 'حساب المستخدم معطّل.',
  },
  jwt: {
    headerNeedsTwoValues: 'يجب أن تحتوي الترويسة Authorization على قيمتين تفصل بينهما مسافة',
    notValidForAnyType: 'الرمز المقدَّم غير صالح لأي نوع من الرموز',
    invalid: 'الرمز غير صالح',
    expired: 'انتهت صلاحية الرمز',
    wrongType: 'نوع الرمز غير صحيح',
    blacklisted: 'الرمز مدرج في قائمة الحظر',
    noType: 'الرمز بلا نوع',
    noId: 'الرمز بلا معرّف',
    missingClaim: (claim) => `لا يحتوي الرمز على المطالبة «${claim}»`,
    noUserIdentification: 'لا يحتوي الرمز على معرّف مستخدم يمكن التعرّف عليه',
    userNotFound: 'لم يُعثر على المستخدم',
    userInactive: 'المستخدم غير نشط',
    noActiveAccount: 'لم يُعثر على حساب نشط بالبيانات المقدَّمة',
    noActiveAccountForToken: 'لم يُعثر على حساب نشط للرمز المقدَّم.',
  },
  csrf: csrfWords,
}

/** The singular and the dual say their number themselves and stand without a figure. */
function countedWithDual(
  forms: NounForms & { readonly one: string; readonly two: string },
): (count: string | number) => string {
  const withFigure = counted(language, forms)
  return (count) => {
    if (Number(count) === 1) return forms.one
    return Number(count) === 2 ? forms.two : withFigure(count)
  }
}

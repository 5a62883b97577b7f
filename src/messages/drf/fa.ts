import { attributeName } from './attribute-name.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const attributes = {
  username: 'نام کاربری',
  email: 'نشانی ایمیل',
  firstName: 'نام',
  lastName: 'نام خانوادگی',
  other: 'اطلاعات حساب',
}

/** Persian. */
export const fa: DrfMessages = {
  language: 'fa',
  fieldErrors: {
    required: () => 'این فیلد الزامی است.',
    unknown_field: () => 'چنین فیلدی وجود ندارد.',
    not_writable: () => 'این فیلد فقط خواندنی است.',
    not_text: () => 'یک رشتهٔ معتبر نیست.',
    not_number: () => 'یک عدد معتبر لازم است.',
    not_boolean: () => 'باید یک مقدار بولی معتبر باشد.',
    not_date: ({ format }) =>
      `قالب تاریخ و زمان نادرست است.${format === undefined ? '' : ` یکی از این قالب‌ها را به کار ببرید: ${format}.`}`,
    not_json: () => 'مقدار باید JSON معتبر باشد.',
    not_a_choice: ({ input }) => (input === undefined ? 'انتخاب معتبری نیست.' : `«${input}» انتخاب معتبری نیست.`),
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'این مقدار بیش از حد بلند است.'
        : `این فیلد نباید بیش از ${maxLength} نویسه داشته باشد.`,
    too_small: ({ min }) =>
      min === undefined ? 'این مقدار بیش از حد کوچک است.' : `این مقدار باید بزرگ‌تر یا مساوی ${min} باشد.`,
    too_large: ({ max }) =>
      max === undefined ? 'این مقدار بیش از حد بزرگ است.' : `این مقدار باید کوچک‌تر یا مساوی ${max} باشد.`,
    null_characters: () => 'نویسه‌های تهی مجاز نیستند.',
    surrogate_characters: ({ codePoint }) =>
      `نویسه‌های جانشین مجاز نیستند${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'یک نشانی ایمیل معتبر وارد کنید.',
    username_invalid: () =>
      'یک نام کاربری معتبر وارد کنید. این مقدار فقط می‌تواند شامل حروف، اعداد و نویسه‌های @/./+/-/_ باشد.',
    username_reserved: () => 'این نام کاربری قابل استفاده نیست. لطفاً نام دیگری انتخاب کنید.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'مقدار این فیلد باید یکتا باشد.'
        : `${model} با این ${field} از قبل وجود دارد.`,
    password_too_short: ({ minLength }) =>
      `این گذرواژه بیش از حد کوتاه است.${minLength === undefined ? '' : ` باید دست‌کم ${minLength} نویسه داشته باشد.`}`,
    password_too_long: () => 'این گذرواژه بیش از حد بلند است.',
    password_too_common: () => 'این گذرواژه بیش از حد رایج است.',
    password_entirely_numeric: () => 'این گذرواژه کاملاً عددی است.',
    password_too_similar: ({ attribute }) => `گذرواژه بیش از حد به ${attributeName(attributes, attribute)} شبیه است.`,
    password_context_word: () => 'این گذرواژه نام این وب‌گاه را در بر دارد.',
    wrong_password: () => 'گذرواژه نادرست است.',
    differs: () => 'دو گذرواژه با هم مطابقت ندارند.',
    custom: ({ message }) => (message === undefined ? 'مقدار نامعتبر است.' : `${message}`),
  },
  fields: {
    notNull: 'مقدار این فیلد نباید null باشد.',
    notBlank: 'این فیلد نباید خالی باشد.',
    minLength: (minLength) => `این فیلد باید دست‌کم ${minLength} نویسه داشته باشد.`,
    notAnInteger: 'یک عدد صحیح معتبر لازم است.',
    numberTooLong: 'این رشته برای یک عدد بیش از حد بلند است.',
    usernameTaken: 'کاربری با این نام کاربری از قبل وجود دارد.',
  },
  requests: {
    noData: 'داده‌ای ارائه نشده است',
    invalidData: (type) => `داده نامعتبر است. یک دیکشنری انتظار می‌رفت، اما ${type} دریافت شد.`,
    jsonParseError: (detail) => `خطای تجزیهٔ JSON - ${detail}`,
    multipartParseError: (detail) => `خطای تجزیهٔ فرم چندبخشی - ${detail}`,
    malformed: 'درخواست ناهنجار است.',
    unsupportedMediaType: (type) => `نوع رسانهٔ «${type}» در درخواست پشتیبانی نمی‌شود.`,
    notAcceptable: 'برآوردن سرآیند Accept درخواست ممکن نیست.',
    methodNotAllowed: (method) => `متد «${method}» مجاز نیست.`,
    notFound: 'یافت نشد.',
    noMatch: (model) => `هیچ ${model} با این درخواست مطابقت ندارد.`,
    invalidPage: 'صفحهٔ نامعتبر.',
    throttled: (wait) =>
      `درخواست محدود شد.${wait === null ? '' : ` انتظار می‌رود تا ${wait} ثانیهٔ دیگر در دسترس باشد.`}`,
    payloadTooLarge: 'درخواست بیش از حد بزرگ است.',
    serverError: 'خطایی در کارساز رخ داد.',
    unavailable: 'سرویس موقتاً در دسترس نیست.',
  },
  authentication: {
    credentialsMissing: 'اطلاعات احراز هویت ارائه نشده است.',
    credentialsIncorrect: 'اطلاعات احراز هویت نادرست است.',
    permissionDenied: 'شما اجازهٔ انجام این کار را ندارید.',
    invalidToken: 'توکن نامعتبر است.',
    userInactiveOrDeleted: 'کاربر غیرفعال یا حذف شده است.',
    tokenHeader: {
      noCredentials: 'سرآیند توکن نامعتبر است. اطلاعات ورود ارائه نشده است.',
      containsSpaces: 'سرآیند توکن نامعتبر است. توکن نباید فاصله داشته باشد.',
      invalidCharacters: 'سرآیند توکن نامعتبر است. توکن نباید نویسهٔ نامعتبر داشته باشد.',
    },
    basicHeader: {
      noCredentials: 'سرآیند Basic نامعتبر است. اطلاعات ورود ارائه نشده است.',
      containsSpaces: 'سرآیند Basic نامعتبر است. اطلاعات ورود نباید فاصله داشته باشد.',
      notBase64: 'سرآیند Basic نامعتبر است. اطلاعات ورود به‌درستی با base64 کدگذاری نشده است.',
    },
    invalidUsernameOrPassword: 'نام کاربری یا گذرواژه نامعتبر است.',
    cannotLogIn: 'با اطلاعات داده‌شده نمی‌توان وارد شد.',
    userDisabled: 'حساب کاربر غیرفعال شده است.',
  },
  jwt: {
    headerNeedsTwoValues: 'سرآیند Authorization باید دو مقدار جداشده با فاصله داشته باشد',
    notValidForAnyType: 'توکن داده‌شده برای هیچ نوعی از توکن معتبر نیست',
    invalid: 'توکن معتبر نیست',
    expired: 'توکن منقضی شده است',
    wrongType: 'نوع توکن نادرست است',
    blacklisted: 'توکن در فهرست سیاه است',
    noType: 'توکن نوع ندارد',
    noId: 'توکن شناسه ندارد',
    missingClaim: (claim) => `توکن ادعای «${claim}» را ندارد`,
    noUserIdentification: 'توکن هیچ شناسهٔ کاربری قابل تشخیصی ندارد',
    userNotFound: 'کاربر یافت نشد',
    userInactive: 'کاربر غیرفعال است',
    noActiveAccount: 'هیچ حساب فعالی با اطلاعات داده‌شده یافت نشد',
    noActiveAccountForToken: 'هیچ حساب فعالی برای توکن داده‌شده یافت نشد.',
  },
  csrf: csrfWords,
}

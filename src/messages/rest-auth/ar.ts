import { ar as drf } from '../drf/ar.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Arabic. */
export const ar: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'يجب إدخال «username» و«password».',
      email: 'يجب إدخال «email» و«password».',
      either: 'يجب إدخال «username» أو «email» مع «password».',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'لم يتم تأكيد عنوان البريد الإلكتروني.',
  },
  logout: {
    done: 'تم تسجيل الخروج بنجاح.',
    notLoggedIn: 'يجب تسجيل الدخول أولًا للتمكن من تسجيل الخروج. تأكد من إرسال الرمز.',
    tokenRemains:
      'ملفات تعريف الارتباط وقائمة الحظر غير مفعّلة، ولذلك لم يُحذف الرمز من الخادم. ' +
      'يُرجى التأكد من حذفه لدى العميل.',
    noRefreshInCookie: 'لا تحتوي ملفات تعريف الارتباط على رمز التحديث.',
    noRefreshInBody: 'لا تحتوي بيانات الطلب على رمز التحديث.',
  },
  passwords: {
    saved: 'تم حفظ كلمة المرور الجديدة.',
    resetSent: 'تم إرسال رسالة إعادة تعيين كلمة المرور.',
    resetDone: 'تمت إعادة تعيين كلمة المرور، وأصبحت كلمة المرور الجديدة سارية.',
    oldPasswordWrong: {
      first: 'كلمة المرور غير صالحة',
      second: 'كلمة المرور القديمة غير صحيحة. يُرجى إدخالها مرة أخرى.',
    },
    invalidValue: 'القيمة غير صالحة',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'تم إرسال رسالة التأكيد.',
    ok: 'تم',
    emailTaken: bothGenerations('يوجد مستخدم مسجَّل بالفعل بعنوان البريد الإلكتروني هذا.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'المدخلات غير مكتملة. يجب إدخال access_token أو code.',
    valueIncorrect: 'القيمة غير صحيحة',
    exchangeFailed: 'تعذّر الحصول على رمز الوصول باستخدام الكود المقدَّم',
    noPrivateAccess: (host) => `لا يمكن الوصول إلى البيانات الخاصة لدى «${host}».`,
    noPasswordSet: 'لم يتم تعيين كلمة مرور لحسابك.',
  },
  noRefreshToken: 'لم يُعثر على رمز تحديث صالح.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `إعادة تعيين كلمة المرور في ${siteName}`,
        second: (siteName) => `[${siteName}] إعادة تعيين كلمة المرور`,
      },
      reason: (siteName) => `طلب شخص ما كلمة مرور جديدة لحسابك في ${siteName}.`,
      instruction: 'إذا كنت صاحب الطلب، فاخترها في هذه الصفحة، وإلا فلا داعي لفعل أي شيء:',
      username: (username) => `اسم المستخدم الخاص بك هو ${username}.`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] يُرجى تأكيد عنوان بريدك الإلكتروني`),
      reason: (siteName) => `أُدخل هذا العنوان لحساب في ${siteName}.`,
      instruction: 'أكّد في هذه الصفحة أن العنوان لك، وإن لم يكن الحساب حسابك فلا داعي لفعل أي شيء:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] الحساب موجود بالفعل`),
      reason: (siteName) => `حاول شخص ما فتح حساب في ${siteName} بهذا العنوان، وهو مرتبط بحساب موجود بالفعل.`,
      instruction: 'إذا كنت أنت ونسيت كلمة المرور، فاطلب كلمة مرور جديدة من هنا:',
    },
    thanks: (siteName) => `شكرًا لاستخدامك ${siteName}!`,
  },
}

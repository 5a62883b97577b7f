import { fa as drf } from '../drf/fa.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Persian. */
export const fa: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'توکن برای این کاربر نامعتبر است.',
  userIdInvalid: 'شناسهٔ کاربر نامعتبر است یا کاربر وجود ندارد.',
  tokenStale: 'توکن این کاربر کهنه است.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `دو فیلد ${field} با هم مطابقت ندارند.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'کاربری با این ایمیل وجود ندارد.',
  cannotCreate: 'ساختن حساب ممکن نیست.',
  mails: {
    activation: {
      subject: (siteName) => `فعال‌سازی حساب در ${siteName}`,
      reason: (siteName) => `این ایمیل برای شما فرستاده شده است، زیرا حساب شما در ${siteName} در انتظار فعال‌سازی است.`,
      instruction: 'برای فعال کردن آن، لطفاً این صفحه را باز کنید:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - حساب شما با موفقیت ساخته و فعال شد!`,
      reason: (siteName) => `حساب شما در ${siteName} ساخته شده و از این پس فعال است.`,
    },
    passwordReset: {
      subject: (siteName) => `بازنشانی گذرواژه در ${siteName}`,
      reason: (siteName) =>
        `این ایمیل برای شما فرستاده شده است، زیرا کسی، احتمالاً خود شما، گذرواژهٔ تازه‌ای برای حساب شما در ${siteName} خواسته است.`,
      instruction: 'برای انتخاب گذرواژهٔ تازه، لطفاً این صفحه را باز کنید:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - گذرواژهٔ شما با موفقیت تغییر کرد!`,
      reason: (siteName) => `گذرواژهٔ حساب شما در ${siteName} تغییر کرده است.`,
    },
    usernameReset: {
      subject: (siteName) => `بازنشانی نام کاربری در ${siteName}`,
      reason: (siteName) =>
        `این ایمیل برای شما فرستاده شده است، زیرا کسی، احتمالاً خود شما، نام کاربری تازه‌ای برای حساب شما در ${siteName} خواسته است.`,
      instruction: 'برای انتخاب نام کاربری تازه، لطفاً این صفحه را باز کنید:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - نام کاربری شما با موفقیت تغییر کرد!`,
      reason: (siteName) => `نام کاربری حساب شما در ${siteName} تغییر کرده است.`,
    },
  },
  mail: {
    username: (username) => `نام کاربری شما، اگر آن را فراموش کرده‌اید: ${username}`,
    thanks: 'سپاسگزاریم که با ما هستید!',
    team: (siteName) => `گروه ${siteName}`,
  },
}

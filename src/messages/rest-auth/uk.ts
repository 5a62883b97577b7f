import { uk as drf } from '../drf/uk.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Ukrainian. */
export const uk: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'Потрібно вказати «username» і «password».',
      email: 'Потрібно вказати «email» і «password».',
      either: 'Потрібно вказати «username» або «email», а також «password».',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'Адресу електронної пошти не підтверджено.',
  },
  logout: {
    done: 'Ви успішно вийшли.',
    notLoggedIn: 'Щоб вийти, спершу потрібно увійти. Перевірте, чи передається токен.',
    tokenRemains:
      'Ні файли cookie, ні чорний список не ввімкнено, тому токен не видалено на боці сервера. ' +
      'Переконайтеся, що його видалено на боці клієнта.',
    noRefreshInCookie: 'У файлах cookie немає токена оновлення.',
    noRefreshInBody: 'У даних запиту немає токена оновлення.',
  },
  passwords: {
    saved: 'Новий пароль збережено.',
    resetSent: 'Лист для скидання пароля надіслано.',
    resetDone: 'Пароль скинуто й замінено новим.',
    oldPasswordWrong: {
      first: 'Неправильний пароль',
      second: 'Старий пароль введено неправильно. Будь ласка, введіть його ще раз.',
    },
    invalidValue: 'Неприпустиме значення',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Лист для підтвердження надіслано.',
    ok: 'Готово',
    emailTaken: bothGenerations('Користувача з такою адресою електронної пошти вже зареєстровано.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Неправильні вхідні дані. Потрібно вказати access_token або code.',
    valueIncorrect: 'Неправильне значення',
    exchangeFailed: 'Не вдалося обміняти код на токен доступу',
    noPrivateAccess: (host) => `Немає доступу до закритих ресурсів «${host}».`,
    noPasswordSet: 'Для вашого облікового запису не задано пароль.',
  },
  noRefreshToken: 'Не знайдено дійсного токена оновлення.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Скидання пароля на ${siteName}`,
        second: (siteName) => `[${siteName}] Скидання пароля`,
      },
      reason: (siteName) => `Хтось попросив новий пароль до вашого облікового запису на ${siteName}.`,
      instruction: 'Якщо це були не ви, нічого робити не потрібно. Якщо ви, виберіть новий пароль на цій сторінці:',
      username: (username) => `Ваше ім’я користувача: ${username}`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Підтвердьте адресу електронної пошти`),
      reason: (siteName) => `Цю адресу вказано для облікового запису на ${siteName}.`,
      instruction:
        'Якщо це не ваш обліковий запис, нічого робити не потрібно. Якщо ваш, підтвердьте на цій сторінці, що адреса належить вам:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Обліковий запис уже існує`),
      reason: (siteName) =>
        `Хтось намагався створити на ${siteName} обліковий запис із цією адресою, але такий уже існує.`,
      instruction: 'Якщо це були ви, а пароль забуто, попросіть новий тут:',
    },
    thanks: (siteName) => `Дякуємо, що користуєтеся сайтом ${siteName}!`,
  },
}

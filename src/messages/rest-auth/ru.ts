import { ru as drf } from '../drf/ru.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Russian. */
export const ru: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'Необходимо указать «username» и «password».',
      email: 'Необходимо указать «email» и «password».',
      either: 'Необходимо указать «username» или «email», а также «password».',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'Адрес электронной почты не подтверждён.',
  },
  logout: {
    done: 'Вы успешно вышли.',
    notLoggedIn: 'Чтобы выйти, нужно сначала войти. Проверьте, передаётся ли токен.',
    tokenRemains:
      'Ни файлы cookie, ни чёрный список не включены, поэтому токен не удалён на стороне сервера. ' +
      'Убедитесь, что он удалён на стороне клиента.',
    noRefreshInCookie: 'В файлах cookie нет токена обновления.',
    noRefreshInBody: 'В данных запроса нет токена обновления.',
  },
  passwords: {
    saved: 'Новый пароль сохранён.',
    resetSent: 'Письмо для сброса пароля отправлено.',
    resetDone: 'Пароль сброшен и заменён новым.',
    oldPasswordWrong: {
      first: 'Неправильный пароль',
      second: 'Старый пароль введён неверно. Пожалуйста, введите его ещё раз.',
    },
    invalidValue: 'Недопустимое значение',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Письмо для подтверждения отправлено.',
    ok: 'Готово',
    emailTaken: bothGenerations('Пользователь с таким адресом электронной почты уже зарегистрирован.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Неверные входные данные. Требуется access_token или code.',
    valueIncorrect: 'Неверное значение',
    exchangeFailed: 'Не удалось обменять код на токен доступа',
    noPrivateAccess: (host) => `Нет доступа к закрытым ресурсам «${host}».`,
    noPasswordSet: 'Для вашей учётной записи не задан пароль.',
  },
  noRefreshToken: 'Не найдено действительного токена обновления.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Сброс пароля на ${siteName}`,
        second: (siteName) => `[${siteName}] Сброс пароля`,
      },
      reason: (siteName) => `Кто-то запросил новый пароль для вашей учётной записи на ${siteName}.`,
      instruction: 'Если это были не вы, ничего делать не нужно. Если вы, выберите новый пароль на этой странице:',
      username: (username) => `Ваше имя пользователя: ${username}`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Подтвердите адрес электронной почты`),
      reason: (siteName) => `Этот адрес был указан для учётной записи на ${siteName}.`,
      instruction:
        'Если это не ваша учётная запись, ничего делать не нужно. Если ваша, подтвердите на этой странице, что адрес принадлежит вам:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Учётная запись уже существует`),
      reason: (siteName) =>
        `Кто-то пытался создать на ${siteName} учётную запись с этим адресом, но такая уже существует.`,
      instruction: 'Если это были вы, а пароль забыт, запросите новый здесь:',
    },
    thanks: (siteName) => `Спасибо, что пользуетесь сайтом ${siteName}!`,
  },
}

import { ru as drf } from '../drf/ru.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Russian. */
export const ru: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Недопустимый токен для этого пользователя.',
  userIdInvalid: 'Недопустимый идентификатор пользователя, или пользователь не существует.',
  tokenStale: 'Устаревший токен для этого пользователя.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Значения двух полей ${field} не совпадают.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'Пользователя с таким адресом электронной почты не существует.',
  cannotCreate: 'Не удалось создать учётную запись.',
  mails: {
    activation: {
      subject: (siteName) => `Активация учётной записи на ${siteName}`,
      reason: (siteName) => `Вы получили это письмо, потому что ваша учётная запись на ${siteName} ожидает активации.`,
      instruction: 'Чтобы активировать её, откройте, пожалуйста, эту страницу:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - Ваша учётная запись успешно создана и активирована!`,
      reason: (siteName) => `Ваша учётная запись на ${siteName} создана и теперь активна.`,
    },
    passwordReset: {
      subject: (siteName) => `Сброс пароля на ${siteName}`,
      reason: (siteName) =>
        `Вы получили это письмо, потому что кто-то, вероятно, вы сами, запросил новый пароль для вашей учётной записи на ${siteName}.`,
      instruction: 'Чтобы выбрать новый пароль, откройте, пожалуйста, эту страницу:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - Ваш пароль успешно изменён!`,
      reason: (siteName) => `Пароль вашей учётной записи на ${siteName} изменён.`,
    },
    usernameReset: {
      subject: (siteName) => `Сброс имени пользователя на ${siteName}`,
      reason: (siteName) =>
        `Вы получили это письмо, потому что кто-то, вероятно, вы сами, запросил новое имя пользователя для вашей учётной записи на ${siteName}.`,
      instruction: 'Чтобы выбрать новое имя пользователя, откройте, пожалуйста, эту страницу:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - Ваше имя пользователя успешно изменено!`,
      reason: (siteName) => `Имя пользователя вашей учётной записи на ${siteName} изменено.`,
    },
  },
  mail: {
    username: (username) => `Ваше имя пользователя, на случай, если вы его забыли: ${username}`,
    thanks: 'Спасибо, что вы с нами!',
    team: (siteName) => `Команда ${siteName}`,
  },
}

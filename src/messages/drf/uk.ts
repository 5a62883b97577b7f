import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'uk'
const characters = counted(language, { one: 'символ', few: 'символи', many: 'символів', other: 'символу' })
const seconds = counted(language, { one: 'секунду', few: 'секунди', many: 'секунд', other: 'секунди' })

const attributes = {
  username: 'ім’я користувача',
  email: 'адресу електронної пошти',
  firstName: 'ім’я',
  lastName: 'прізвище',
  other: 'дані облікового запису',
}

/** Ukrainian. */
export const uk: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Це поле обов’язкове.',
    unknown_field: () => 'Такого поля немає.',
    not_writable: () => 'Це поле доступне лише для читання.',
    not_text: () => 'Некоректний текстовий рядок.',
    not_number: () => 'Потрібне коректне число.',
    not_boolean: () => 'Потрібне коректне логічне значення.',
    not_date: ({ format }) =>
      `Неправильний формат дати й часу.${format === undefined ? '' : ` Скористайтеся одним із цих форматів: ${format}.`}`,
    not_json: () => 'Значення має бути коректним JSON.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Неприпустимий варіант.' : `«${input}» не є припустимим варіантом.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined ? 'Це значення задовге.' : `Це поле може містити щонайбільше ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined ? 'Це значення замале.' : `Це значення має бути більшим або дорівнювати ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'Це значення завелике.' : `Це значення має бути меншим або дорівнювати ${max}.`,
    null_characters: () => 'Нульові символи не дозволені.',
    surrogate_characters: ({ codePoint }) =>
      `Сурогатні символи не дозволені${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Введіть правильну адресу електронної пошти.',
    username_invalid: () =>
      'Введіть правильне ім’я користувача. Воно може містити лише літери, цифри та знаки @/./+/-/_.',
    username_reserved: () => 'Це ім’я користувача не можна використати. Будь ласка, виберіть інше.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Значення цього поля має бути унікальним.'
        : `${model} із таким значенням поля ${field} уже існує.`,
    password_too_short: ({ minLength }) =>
      `Цей пароль закороткий.${minLength === undefined ? '' : ` Він має містити щонайменше ${characters(minLength)}.`}`,
    password_too_long: () => 'Цей пароль задовгий.',
    password_too_common: () => 'Цей пароль надто поширений.',
    password_entirely_numeric: () => 'Цей пароль складається лише з цифр.',
    password_too_similar: ({ attribute }) => `Пароль надто схожий на ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Цей пароль містить назву цього сайту.',
    wrong_password: () => 'Неправильний пароль.',
    differs: () => 'Паролі у двох полях не збігаються.',
    custom: ({ message }) => (message === undefined ? 'Неприпустиме значення.' : `${message}`),
  },
  fields: {
    notNull: 'Це поле не може бути null.',
    notBlank: 'Це поле не може бути порожнім.',
    minLength: (minLength) => `Це поле має містити щонайменше ${characters(minLength)}.`,
    notAnInteger: 'Потрібне коректне ціле число.',
    numberTooLong: 'Рядок задовгий для числа.',
    usernameTaken: 'Користувач із таким іменем уже існує.',
  },
  requests: {
    noData: 'Дані не надано',
    invalidData: (type) => `Неприпустимі дані. Очікувався словник, але отримано ${type}.`,
    jsonParseError: (detail) => `Помилка розбору JSON - ${detail}`,
    multipartParseError: (detail) => `Помилка розбору форми multipart - ${detail}`,
    malformed: 'Некоректний запит.',
    unsupportedMediaType: (type) => `Тип вмісту «${type}» у запиті не підтримується.`,
    notAcceptable: 'Неможливо виконати вимоги заголовка Accept у запиті.',
    methodNotAllowed: (method) => `Метод «${method}» не дозволено.`,
    notFound: 'Не знайдено.',
    noMatch: (model) => `Немає об’єкта ${model}, що відповідає запиту.`,
    invalidPage: 'Неправильна сторінка.',
    throttled: (wait) =>
      `Перевищено ліміт запитів.${wait === null ? '' : ` Наступний буде можливий через ${seconds(wait)}.`}`,
    payloadTooLarge: 'Запит завеликий.',
    serverError: 'Сталася помилка сервера.',
    unavailable: 'Служба тимчасово недоступна.',
  },
  authentication: {
    credentialsMissing: 'Облікові дані не надано.',
    credentialsIncorrect: 'Неправильні облікові дані.',
    permissionDenied: 'У вас немає дозволу на виконання цієї дії.',
    invalidToken: 'Недійсний токен.',
    userInactiveOrDeleted: 'Користувач неактивний або видалений.',
    tokenHeader: {
      noCredentials: 'Неправильний заголовок токена. Облікові дані не надано.',
      containsSpaces: 'Неправильний заголовок токена. Токен не може містити пробілів.',
      invalidCharacters: 'Неправильний заголовок токена. Токен не може містити неприпустимих символів.',
    },
    basicHeader: {
      noCredentials: 'Неправильний заголовок Basic. Облікові дані не надано.',
      containsSpaces: 'Неправильний заголовок Basic. Облікові дані не можуть містити пробілів.',
      notBase64: 'Неправильний заголовок Basic. Облікові дані неправильно закодовано в base64.',
    },
    invalidUsernameOrPassword: 'Неправильне ім’я користувача або пароль.',
    cannotLogIn: 'Не вдалося увійти з наданими обліковими даними.',
    userDisabled: 'Обліковий запис користувача вимкнено.',
  },
  jwt: {
    headerNeedsTwoValues: 'Заголовок Authorization має містити два значення, розділені пробілом',
    notValidForAnyType: 'Наданий токен не є дійсним для жодного типу токена',
    invalid: 'Токен недійсний',
    expired: 'Строк дії токена минув',
    wrongType: 'Токен має неправильний тип',
    blacklisted: 'Токен занесено до чорного списку',
    noType: 'Токен не має типу',
    noId: 'Токен не має ідентифікатора',
    missingClaim: (claim) => `У токені немає поля «${claim}»`,
    noUserIdentification: 'Токен не містить ідентифікатора користувача, який можна розпізнати',
    userNotFound: 'Користувача не знайдено',
    userInactive: 'Користувач неактивний',
    noActiveAccount: 'Не знайдено активного облікового запису з наданими даними',
    noActiveAccountForToken: 'Не знайдено активного облікового запису для наданого токена.',
  },
  csrf: csrfWords,
}

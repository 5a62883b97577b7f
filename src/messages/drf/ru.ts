import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'ru'
// In the genitive, which "no more than" and "no fewer than" ask for.
const characters = counted(language, { one: 'символа', other: 'символов' })
const seconds = counted(language, { one: 'секунду', few: 'секунды', many: 'секунд', other: 'секунды' })

const attributes = {
  username: 'имя пользователя',
  email: 'адрес электронной почты',
  firstName: 'имя',
  lastName: 'фамилию',
  other: 'данные учётной записи',
}

/** Russian. */
export const ru: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Обязательное поле.',
    unknown_field: () => 'Такого поля нет.',
    not_writable: () => 'Это поле доступно только для чтения.',
    not_text: () => 'Недопустимая строка.',
    not_number: () => 'Требуется корректное число.',
    not_boolean: () => 'Требуется корректное логическое значение.',
    not_date: ({ format }) =>
      `Неправильный формат даты и времени.${format === undefined ? '' : ` Используйте один из этих форматов: ${format}.`}`,
    not_json: () => 'Значение должно быть корректным JSON.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Недопустимый вариант.' : `«${input}» не является допустимым вариантом.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Это значение слишком длинное.'
        : `Убедитесь, что это поле содержит не более ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined ? 'Это значение слишком мало.' : `Убедитесь, что это значение больше либо равно ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'Это значение слишком велико.' : `Убедитесь, что это значение меньше либо равно ${max}.`,
    null_characters: () => 'Нулевые символы недопустимы.',
    surrogate_characters: ({ codePoint }) =>
      `Суррогатные символы недопустимы${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Введите правильный адрес электронной почты.',
    username_invalid: () =>
      'Введите правильное имя пользователя. Оно может содержать только буквы, цифры и знаки @/./+/-/_.',
    username_reserved: () => 'Это имя пользователя нельзя использовать. Пожалуйста, выберите другое.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Значение этого поля должно быть уникальным.'
        : `${model} с таким значением поля ${field} уже существует.`,
    password_too_short: ({ minLength }) =>
      `Пароль слишком короткий.${minLength === undefined ? '' : ` Он должен содержать не менее ${characters(minLength)}.`}`,
    password_too_long: () => 'Пароль слишком длинный.',
    password_too_common: () => 'Пароль слишком широко распространён.',
    password_entirely_numeric: () => 'Пароль состоит только из цифр.',
    password_too_similar: ({ attribute }) => `Пароль слишком похож на ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Пароль содержит название этого сайта.',
    wrong_password: () => 'Неправильный пароль.',
    differs: () => 'Пароли в двух полях не совпадают.',
    custom: ({ message }) => (message === undefined ? 'Недопустимое значение.' : `${message}`),
  },
  fields: {
    notNull: 'Это поле не может быть null.',
    notBlank: 'Это поле не может быть пустым.',
    minLength: (minLength) => `Убедитесь, что это поле содержит не менее ${characters(minLength)}.`,
    notAnInteger: 'Требуется корректное целое число.',
    numberTooLong: 'Строка слишком длинна для числа.',
    usernameTaken: 'Пользователь с таким именем уже существует.',
  },
  requests: {
    noData: 'Данные не предоставлены',
    invalidData: (type) => `Недопустимые данные. Ожидался словарь, но получен ${type}.`,
    jsonParseError: (detail) => `Ошибка разбора JSON - ${detail}`,
    multipartParseError: (detail) => `Ошибка разбора формы multipart - ${detail}`,
    malformed: 'Искажённый запрос.',
    unsupportedMediaType: (type) => `Неподдерживаемый тип данных «${type}» в запросе.`,
    notAcceptable: 'Невозможно удовлетворить заголовок Accept запроса.',
    methodNotAllowed: (method) => `Метод «${method}» не разрешён.`,
    notFound: 'Не найдено.',
    noMatch: (model) => `Нет объекта ${model}, соответствующего запросу.`,
    invalidPage: 'Неправильная страница.',
    throttled: (wait) =>
      `Запрос был ограничен.${wait === null ? '' : ` Он снова станет возможен через ${seconds(wait)}.`}`,
    payloadTooLarge: 'Запрос слишком велик.',
    serverError: 'Произошла ошибка сервера.',
    unavailable: 'Служба временно недоступна.',
  },
  authentication: {
    credentialsMissing: 'Учётные данные не были предоставлены.',
    credentialsIncorrect: 'Некорректные учётные данные.',
    permissionDenied: 'У вас недостаточно прав для выполнения этого действия.',
    invalidToken: 'Недопустимый токен.',
    userInactiveOrDeleted: 'Пользователь неактивен или удалён.',
    tokenHeader: {
      noCredentials: 'Недопустимый заголовок токена. Учётные данные не предоставлены.',
      containsSpaces: 'Недопустимый заголовок токена. Токен не должен содержать пробелов.',
      invalidCharacters: 'Недопустимый заголовок токена. Токен не должен содержать недопустимых символов.',
    },
    basicHeader: {
      noCredentials: 'Недопустимый заголовок Basic. Учётные данные не предоставлены.',
      containsSpaces: 'Недопустимый заголовок Basic. Учётные данные не должны содержать пробелов.',
      notBase64: 'Недопустимый заголовок Basic. Учётные данные некорректно закодированы в base64.',
    },
    invalidUsernameOrPassword: 'Недопустимые имя пользователя или пароль.',
    cannotLogIn: 'Невозможно войти с предоставленными учётными данными.',
    userDisabled: 'Учётная запись пользователя отключена.',
  },
  jwt: {
    headerNeedsTwoValues: 'Заголовок Authorization должен содержать два значения, разделённых пробелом',
    notValidForAnyType: 'Данный токен недействителен для любого типа токена',
    invalid: 'Токен недействителен',
    expired: 'Срок действия токена истёк',
    wrongType: 'Токен имеет неправильный тип',
    blacklisted: 'Токен занесён в чёрный список',
    noType: 'У токена нет типа',
    noId: 'У токена нет идентификатора',
    missingClaim: (claim) => `В токене нет утверждения «${claim}»`,
    noUserIdentification: 'Токен не содержит распознаваемого идентификатора пользователя',
    userNotFound: 'Пользователь не найден',
    userInactive: 'Пользователь неактивен',
    noActiveAccount: 'Не найдено активной учётной записи с указанными данными',
    noActiveAccountForToken: 'Не найдено активной учётной записи для указанного токена.',
  },
  csrf: csrfWords,
}

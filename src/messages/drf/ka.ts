import { attributeName } from './attribute-name.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const attributes = {
  username: 'მომხმარებლის სახელს',
  email: 'ელფოსტის მისამართს',
  firstName: 'სახელს',
  lastName: 'გვარს',
  other: 'ანგარიშის მონაცემებს',
}

/** Georgian. */
export const ka: DrfMessages = {
  language: 'ka',
  fieldErrors: {
    required: () => 'ეს ველი სავალდებულოა.',
    unknown_field: () => 'ასეთი ველი არ არსებობს.',
    not_writable: () => 'ეს ველი მხოლოდ წასაკითხია.',
    not_text: () => 'სტრიქონი არასწორია.',
    not_number: () => 'საჭიროა სწორი რიცხვი.',
    not_boolean: () => 'საჭიროა სწორი ლოგიკური მნიშვნელობა.',
    not_date: ({ format }) =>
      `თარიღისა და დროის ფორმატი არასწორია.${format === undefined ? '' : ` გამოიყენეთ ერთ-ერთი ამ ფორმატთაგან: ${format}.`}`,
    not_json: () => 'მნიშვნელობა უნდა იყოს სწორი JSON.',
    not_a_choice: ({ input }) => (input === undefined ? 'არჩევანი დაუშვებელია.' : `„${input}“ დაუშვებელი არჩევანია.`),
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'ეს მნიშვნელობა ზედმეტად გრძელია.'
        : `დარწმუნდით, რომ ეს ველი შეიცავს არაუმეტეს ${maxLength} სიმბოლოს.`,
    too_small: ({ min }) =>
      min === undefined
        ? 'ეს მნიშვნელობა ზედმეტად მცირეა.'
        : `დარწმუნდით, რომ ეს მნიშვნელობა მეტია ან ტოლია რიცხვისა ${min}.`,
    too_large: ({ max }) =>
      max === undefined
        ? 'ეს მნიშვნელობა ზედმეტად დიდია.'
        : `დარწმუნდით, რომ ეს მნიშვნელობა ნაკლებია ან ტოლია რიცხვისა ${max}.`,
    null_characters: () => 'ნულოვანი სიმბოლოები დაუშვებელია.',
    surrogate_characters: ({ codePoint }) =>
      `სუროგატული სიმბოლოები დაუშვებელია${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'შეიყვანეთ ელფოსტის სწორი მისამართი.',
    username_invalid: () =>
      'შეიყვანეთ მომხმარებლის სწორი სახელი. ის შეიძლება შეიცავდეს მხოლოდ ასოებს, ციფრებს და სიმბოლოებს @/./+/-/_.',
    username_reserved: () => 'მომხმარებლის ამ სახელის გამოყენება შეუძლებელია. გთხოვთ, აირჩიოთ სხვა.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'ამ ველის მნიშვნელობა უნიკალური უნდა იყოს.'
        : `${model} ველის ${field} ამ მნიშვნელობით უკვე არსებობს.`,
    password_too_short: ({ minLength }) =>
      `ეს პაროლი ზედმეტად მოკლეა.${minLength === undefined ? '' : ` ის უნდა შეიცავდეს მინიმუმ ${minLength} სიმბოლოს.`}`,
    password_too_long: () => 'ეს პაროლი ზედმეტად გრძელია.',
    password_too_common: () => 'ეს პაროლი ზედმეტად გავრცელებულია.',
    password_entirely_numeric: () => 'ეს პაროლი მხოლოდ ციფრებისგან შედგება.',
    password_too_similar: ({ attribute }) => `პაროლი ზედმეტად ჰგავს ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'ეს პაროლი შეიცავს ამ საიტის სახელს.',
    wrong_password: () => 'პაროლი არასწორია.',
    differs: () => 'პაროლის ორი ველი ერთმანეთს არ ემთხვევა.',
    custom: ({ message }) => (message === undefined ? 'მნიშვნელობა არასწორია.' : `${message}`),
  },
  fields: {
    notNull: 'ამ ველის მნიშვნელობა არ შეიძლება იყოს null.',
    notBlank: 'ეს ველი არ შეიძლება იყოს ცარიელი.',
    minLength: (minLength) => `დარწმუნდით, რომ ეს ველი შეიცავს მინიმუმ ${minLength} სიმბოლოს.`,
    notAnInteger: 'საჭიროა სწორი მთელი რიცხვი.',
    numberTooLong: 'სტრიქონი რიცხვისთვის ზედმეტად გრძელია.',
    usernameTaken: 'მომხმარებელი ასეთი სახელით უკვე არსებობს.',
  },
  requests: {
    noData: 'მონაცემები არ არის მოწოდებული',
    invalidData: (type) => `მონაცემები არასწორია. მოსალოდნელი იყო ლექსიკონი, მიღებულია ${type}.`,
    jsonParseError: (detail) => `JSON-ის გარჩევის შეცდომა - ${detail}`,
    multipartParseError: (detail) => `multipart ფორმის გარჩევის შეცდომა - ${detail}`,
    malformed: 'მოთხოვნა არასწორად არის შედგენილი.',
    unsupportedMediaType: (type) => `მოთხოვნაში მითითებული მედიის ტიპი „${type}“ მხარდაჭერილი არ არის.`,
    notAcceptable: 'მოთხოვნის Accept სათაურის დაკმაყოფილება შეუძლებელია.',
    methodNotAllowed: (method) => `მეთოდი „${method}“ დაუშვებელია.`,
    notFound: 'ვერ მოიძებნა.',
    noMatch: (model) => `მოთხოვნის შესაბამისი ${model} ვერ მოიძებნა.`,
    invalidPage: 'გვერდი არასწორია.',
    throttled: (wait) => `მოთხოვნა შეიზღუდა.${wait === null ? '' : ` ის ხელმისაწვდომი იქნება ${wait} წამში.`}`,
    payloadTooLarge: 'მოთხოვნა ზედმეტად დიდია.',
    serverError: 'სერვერზე მოხდა შეცდომა.',
    unavailable: 'სერვისი დროებით მიუწვდომელია.',
  },
  authentication: {
    credentialsMissing: 'ავთენტიფიკაციის მონაცემები არ არის მოწოდებული.',
    credentialsIncorrect: 'ავთენტიფიკაციის მონაცემები არასწორია.',
    permissionDenied: 'თქვენ არ გაქვთ ამ მოქმედების შესრულების უფლება.',
    invalidToken: 'ტოკენი არასწორია.',
    userInactiveOrDeleted: 'მომხმარებელი არააქტიურია ან წაშლილია.',
    tokenHeader: {
      noCredentials: 'ტოკენის სათაური არასწორია. მონაცემები არ არის მოწოდებული.',
      containsSpaces: 'ტოკენის სათაური არასწორია. ტოკენი არ უნდა შეიცავდეს ჰარებს.',
      invalidCharacters: 'ტოკენის სათაური არასწორია. ტოკენი არ უნდა შეიცავდეს დაუშვებელ სიმბოლოებს.',
    },
    basicHeader: {
      noCredentials: 'Basic სათაური არასწორია. მონაცემები არ არის მოწოდებული.',
      containsSpaces: 'Basic სათაური არასწორია. მონაცემები არ უნდა შეიცავდეს ჰარებს.',
      notBase64: 'Basic სათაური არასწორია. მონაცემები base64-ით არასწორად არის კოდირებული.',
    },
    invalidUsernameOrPassword: 'მომხმარებლის სახელი ან პაროლი არასწორია.',
    cannotLogIn: 'მოწოდებული მონაცემებით შესვლა შეუძლებელია.',
    userDisabled: 'მომხმარებლის ანგარიში გამორთულია.',
  },
  jwt: {
    headerNeedsTwoValues: 'Authorization სათაური უნდა შეიცავდეს ჰარით გამოყოფილ ორ მნიშვნელობას',
    notValidForAnyType: 'მოცემული ტოკენი არ არის მოქმედი არცერთი ტიპის ტოკენისთვის',
    invalid: 'ტოკენი არასწორია',
    expired: 'ტოკენს ვადა გაუვიდა',
    wrongType: 'ტოკენის ტიპი არასწორია',
    blacklisted: 'ტოკენი შავ სიაშია',
    noType: 'ტოკენს არ აქვს ტიპი',
    noId: 'ტოკენს არ აქვს იდენტიფიკატორი',
    missingClaim: (claim) => `ტოკენს არ აქვს ველი „${claim}“`,
    noUserIdentification: 'ტოკენი არ შეიცავს მომხმარებლის ამოცნობად იდენტიფიკატორს',
    userNotFound: 'მომხმარებელი ვერ მოიძებნა',
    userInactive: 'მომხმარებელი არააქტიურია',
    noActiveAccount: 'მოცემული მონაცემებით აქტიური ანგარიში ვერ მოიძებნა',
    noActiveAccountForToken: 'მოცემული ტოკენისთვის აქტიური ანგარიში ვერ მოიძებნა.',
  },
  csrf: csrfWords,
}

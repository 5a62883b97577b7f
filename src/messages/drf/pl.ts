import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'pl'
const characters = counted(language, { one: 'znak', few: 'znaki', many: 'znaków', other: 'znaku' })
const seconds = counted(language, { one: 'sekundę', few: 'sekundy', many: 'sekund', other: 'sekundy' })

const attributes = {
  username: 'nazwy użytkownika',
  email: 'adresu e-mail',
  firstName: 'imienia',
  lastName: 'nazwiska',
  other: 'danych konta',
}

/** Polish. */
export const pl: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'To pole jest wymagane.',
    unknown_field: () => 'Takie pole nie istnieje.',
    not_writable: () => 'To pole jest tylko do odczytu.',
    not_text: () => 'To nie jest poprawny tekst.',
    not_number: () => 'Wymagana jest poprawna liczba.',
    not_boolean: () => 'Wymagana jest poprawna wartość logiczna.',
    not_date: ({ format }) =>
      `Data i czas mają niewłaściwy format.${format === undefined ? '' : ` Należy użyć jednego z formatów: ${format}.`}`,
    not_json: () => 'Wartość musi być poprawnym JSON-em.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'To nie jest poprawny wybór.' : `„${input}” nie jest poprawnym wyborem.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined ? 'Ta wartość jest za długa.' : `To pole może mieć najwyżej ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined ? 'Ta wartość jest za mała.' : `Ta wartość musi być większa lub równa ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'Ta wartość jest za duża.' : `Ta wartość musi być mniejsza lub równa ${max}.`,
    null_characters: () => 'Znaki null są niedozwolone.',
    surrogate_characters: ({ codePoint }) =>
      `Surogaty są niedozwolone${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Proszę podać poprawny adres e-mail.',
    username_invalid: () =>
      'Proszę podać poprawną nazwę użytkownika. Może ona zawierać tylko litery, cyfry i znaki @/./+/-/_.',
    username_reserved: () => 'Tej nazwy użytkownika nie można użyć. Proszę wybrać inną.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Wartość tego pola musi być unikalna.'
        : `${model} z tą wartością pola ${field} już istnieje.`,
    password_too_short: ({ minLength }) =>
      `To hasło jest za krótkie.${minLength === undefined ? '' : ` Musi mieć co najmniej ${characters(minLength)}.`}`,
    password_too_long: () => 'To hasło jest za długie.',
    password_too_common: () => 'To hasło jest zbyt powszechne.',
    password_entirely_numeric: () => 'To hasło składa się z samych cyfr.',
    password_too_similar: ({ attribute }) => `To hasło jest zbyt podobne do ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'To hasło zawiera nazwę tej witryny.',
    wrong_password: () => 'Nieprawidłowe hasło.',
    differs: () => 'Hasła w obu polach nie są zgodne.',
    custom: ({ message }) => (message === undefined ? 'Niepoprawna wartość.' : `${message}`),
  },
  fields: {
    notNull: 'To pole nie może mieć wartości null.',
    notBlank: 'To pole nie może być puste.',
    minLength: (minLength) => `To pole musi mieć co najmniej ${characters(minLength)}.`,
    notAnInteger: 'Wymagana jest poprawna liczba całkowita.',
    numberTooLong: 'Ten tekst jest za długi jak na liczbę.',
    usernameTaken: 'Użytkownik o tej nazwie już istnieje.',
  },
  requests: {
    noData: 'Nie podano danych',
    invalidData: (type) => `Niepoprawne dane. Oczekiwano słownika, otrzymano ${type}.`,
    jsonParseError: (detail) => `Błąd parsowania JSON - ${detail}`,
    multipartParseError: (detail) => `Błąd parsowania formularza multipart - ${detail}`,
    malformed: 'Nieprawidłowe zapytanie.',
    unsupportedMediaType: (type) => `Nieobsługiwany typ zawartości „${type}” w zapytaniu.`,
    notAcceptable: 'Nie można spełnić wymagań nagłówka Accept zapytania.',
    methodNotAllowed: (method) => `Niedozwolona metoda „${method}”.`,
    notFound: 'Nie znaleziono.',
    noMatch: (model) => `Żaden obiekt ${model} nie pasuje do zapytania.`,
    invalidPage: 'Niepoprawna strona.',
    throttled: (wait) =>
      `Przekroczono limit zapytań.${wait === null ? '' : ` Następne będzie możliwe za ${seconds(wait)}.`}`,
    payloadTooLarge: 'Zapytanie jest za duże.',
    serverError: 'Wystąpił błąd serwera.',
    unavailable: 'Usługa jest chwilowo niedostępna.',
  },
  authentication: {
    credentialsMissing: 'Nie podano danych uwierzytelniających.',
    credentialsIncorrect: 'Błędne dane uwierzytelniające.',
    permissionDenied: 'Brak uprawnień do wykonania tej czynności.',
    invalidToken: 'Niepoprawny token.',
    userInactiveOrDeleted: 'Użytkownik nieaktywny lub usunięty.',
    tokenHeader: {
      noCredentials: 'Niepoprawny nagłówek tokena. Nie podano danych uwierzytelniających.',
      containsSpaces: 'Niepoprawny nagłówek tokena. Token nie może zawierać spacji.',
      invalidCharacters: 'Niepoprawny nagłówek tokena. Token nie może zawierać niedozwolonych znaków.',
    },
    basicHeader: {
      noCredentials: 'Niepoprawny nagłówek Basic. Nie podano danych uwierzytelniających.',
      containsSpaces: 'Niepoprawny nagłówek Basic. Dane uwierzytelniające nie mogą zawierać spacji.',
      notBase64: 'Niepoprawny nagłówek Basic. Dane uwierzytelniające nie są poprawnie zakodowane w base64.',
    },
    invalidUsernameOrPassword: 'Niepoprawna nazwa użytkownika lub hasło.',
    cannotLogIn: 'Nie można zalogować się za pomocą podanych danych.',
    userDisabled: 'Konto użytkownika jest nieaktywne.',
  },
  jwt: {
    headerNeedsTwoValues: 'Nagłówek Authorization musi zawierać dwie wartości oddzielone spacją',
    notValidForAnyType: 'Podany token nie jest poprawny dla żadnego typu tokena',
    invalid: 'Token jest niepoprawny',
    expired: 'Token wygasł',
    wrongType: 'Token ma niewłaściwy typ',
    blacklisted: 'Token znajduje się na czarnej liście',
    noType: 'Token nie ma typu',
    noId: 'Token nie ma identyfikatora',
    missingClaim: (claim) => `Token nie zawiera pola „${claim}”`,
    noUserIdentification: 'Token nie zawiera rozpoznawalnego identyfikatora użytkownika',
    userNotFound: 'Nie znaleziono użytkownika',
    userInactive: 'Użytkownik jest nieaktywny',
    noActiveAccount: 'Nie znaleziono aktywnego konta dla podanych danych',
    noActiveAccountForToken: 'Nie znaleziono aktywnego konta dla podanego tokena.',
  },
  csrf: csrfWords,
}

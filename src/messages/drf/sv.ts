import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'sv'
const seconds = counted(language, { one: 'sekund', other: 'sekunder' })

const attributes = {
  username: 'användarnamnet',
  email: 'e-postadressen',
  firstName: 'förnamnet',
  lastName: 'efternamnet',
  other: 'kontouppgifterna',
}

/** Swedish. */
export const sv: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Det här fältet är obligatoriskt.',
    unknown_field: () => 'Det här fältet finns inte.',
    not_writable: () => 'Det här fältet är skrivskyddat.',
    not_text: () => 'Inte en giltig textsträng.',
    not_number: () => 'Ett giltigt tal krävs.',
    not_boolean: () => 'Måste vara ett giltigt booleskt värde.',
    not_date: ({ format }) =>
      `Datum och tid har fel format.${format === undefined ? '' : ` Använd något av följande format: ${format}.`}`,
    not_json: () => 'Värdet måste vara giltig JSON.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Inte ett giltigt val.' : `”${input}” är inte ett giltigt val.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined ? 'Värdet är för långt.' : `Det här fältet får innehålla högst ${maxLength} tecken.`,
    too_small: ({ min }) =>
      min === undefined ? 'Värdet är för litet.' : `Värdet måste vara större än eller lika med ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'Värdet är för stort.' : `Värdet måste vara mindre än eller lika med ${max}.`,
    null_characters: () => 'Nolltecken är inte tillåtna.',
    surrogate_characters: ({ codePoint }) =>
      `Surrogattecken är inte tillåtna${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Ange en giltig e-postadress.',
    username_invalid: () =>
      'Ange ett giltigt användarnamn. Det får bara innehålla bokstäver, siffror och tecknen @/./+/-/_.',
    username_reserved: () => 'Det här användarnamnet kan inte användas. Välj ett annat.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Det här fältet måste vara unikt.'
        : `${model} med det här värdet för ${field} finns redan.`,
    password_too_short: ({ minLength }) =>
      `Lösenordet är för kort.${minLength === undefined ? '' : ` Det måste innehålla minst ${minLength} tecken.`}`,
    password_too_long: () => 'Lösenordet är för långt.',
    password_too_common: () => 'Lösenordet är för vanligt.',
    password_entirely_numeric: () => 'Lösenordet består bara av siffror.',
    password_too_similar: ({ attribute }) => `Lösenordet liknar ${attributeName(attributes, attribute)} för mycket.`,
    password_context_word: () => 'Lösenordet innehåller webbplatsens namn.',
    wrong_password: () => 'Fel lösenord.',
    differs: () => 'De två lösenorden stämmer inte överens.',
    custom: ({ message }) => (message === undefined ? 'Ogiltigt värde.' : `${message}`),
  },
  fields: {
    notNull: 'Det här fältet får inte vara null.',
    notBlank: 'Det här fältet får inte vara tomt.',
    minLength: (minLength) => `Det här fältet måste innehålla minst ${minLength} tecken.`,
    notAnInteger: 'Ett giltigt heltal krävs.',
    numberTooLong: 'Textsträngen är för lång för ett tal.',
    usernameTaken: 'Det finns redan en användare med det användarnamnet.',
  },
  requests: {
    noData: 'Inga data skickades',
    invalidData: (type) => `Ogiltiga data. En ordlista förväntades, men ${type} togs emot.`,
    jsonParseError: (detail) => `Fel vid tolkning av JSON - ${detail}`,
    multipartParseError: (detail) => `Fel vid tolkning av multipart-formuläret - ${detail}`,
    malformed: 'Felaktigt utformad begäran.',
    unsupportedMediaType: (type) => `Medietypen ”${type}” i begäran stöds inte.`,
    notAcceptable: 'Begärans Accept-huvud kunde inte tillgodoses.',
    methodNotAllowed: (method) => `Metoden ”${method}” är inte tillåten.`,
    notFound: 'Hittades inte.',
    noMatch: (model) => `Inget objekt av typen ${model} motsvarar frågan.`,
    invalidPage: 'Ogiltig sida.',
    throttled: (wait) => `För många förfrågningar.${wait === null ? '' : ` Försök igen om ${seconds(wait)}.`}`,
    payloadTooLarge: 'Begäran är för stor.',
    serverError: 'Ett serverfel inträffade.',
    unavailable: 'Tjänsten är tillfälligt otillgänglig.',
  },
  authentication: {
    credentialsMissing: 'Inloggningsuppgifter saknas.',
    credentialsIncorrect: 'Felaktiga inloggningsuppgifter.',
    permissionDenied: 'Du har inte behörighet att utföra den här åtgärden.',
    invalidToken: 'Ogiltig token.',
    userInactiveOrDeleted: 'Användaren är inaktiv eller borttagen.',
    tokenHeader: {
      noCredentials: 'Ogiltigt token-huvud. Inloggningsuppgifter saknas.',
      containsSpaces: 'Ogiltigt token-huvud. Token får inte innehålla mellanslag.',
      invalidCharacters: 'Ogiltigt token-huvud. Token får inte innehålla otillåtna tecken.',
    },
    basicHeader: {
      noCredentials: 'Ogiltigt Basic-huvud. Inloggningsuppgifter saknas.',
      containsSpaces: 'Ogiltigt Basic-huvud. Inloggningsuppgifterna får inte innehålla mellanslag.',
      notBase64: 'Ogiltigt Basic-huvud. Inloggningsuppgifterna är inte korrekt kodade i base64.',
    },
    invalidUsernameOrPassword: 'Fel användarnamn eller lösenord.',
    cannotLogIn: 'Det går inte att logga in med de angivna uppgifterna.',
    userDisabled: 'Användarkontot är inaktiverat.',
  },
  jwt: {
    headerNeedsTwoValues: 'Authorization-huvudet måste innehålla två värden åtskilda av ett mellanslag',
    notValidForAnyType: 'Angiven token är inte giltig för någon tokentyp',
    invalid: 'Token är ogiltig',
    expired: 'Token har gått ut',
    wrongType: 'Token är av fel typ',
    blacklisted: 'Token finns på spärrlistan',
    noType: 'Token saknar typ',
    noId: 'Token saknar id',
    missingClaim: (claim) => `Token saknar uppgiften ”${claim}”`,
    noUserIdentification: 'Token innehåller ingen igenkännbar användaridentitet',
    userNotFound: 'Användaren hittades inte',
    userInactive: 'Användaren är inaktiv',
    noActiveAccount: 'Inget aktivt konto hittades med de angivna uppgifterna',
    noActiveAccountForToken: 'Inget aktivt konto hittades för angiven token.',
  },
  csrf: csrfWords,
}

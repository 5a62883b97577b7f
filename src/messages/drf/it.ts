import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'it'
const characters = counted(language, { one: 'carattere', other: 'caratteri' })
const seconds = counted(language, { one: 'secondo', other: 'secondi' })

const attributes = {
  username: 'al nome utente',
  email: 'all’indirizzo email',
  firstName: 'al nome',
  lastName: 'al cognome',
  other: 'ai dati dell’account',
}

/** Italian. */
export const it: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Questo campo è obbligatorio.',
    unknown_field: () => 'Questo campo non esiste.',
    not_writable: () => 'Questo campo è di sola lettura.',
    not_text: () => 'Non è una stringa valida.',
    not_number: () => 'È richiesto un numero valido.',
    not_boolean: () => 'Deve essere un valore booleano valido.',
    not_date: ({ format }) =>
      `Il formato di data e ora è errato.${format === undefined ? '' : ` Usare uno dei seguenti formati: ${format}.`}`,
    not_json: () => 'Il valore deve essere un JSON valido.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Non è una scelta valida.' : `«${input}» non è una scelta valida.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Questo valore è troppo lungo.'
        : `Questo campo non può superare ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined ? 'Questo valore è troppo piccolo.' : `Questo valore deve essere maggiore o uguale a ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'Questo valore è troppo grande.' : `Questo valore deve essere minore o uguale a ${max}.`,
    null_characters: () => 'I caratteri nulli non sono ammessi.',
    surrogate_characters: ({ codePoint }) =>
      `I caratteri surrogati non sono ammessi${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Inserire un indirizzo email valido.',
    username_invalid: () =>
      'Inserire un nome utente valido. Può contenere solo lettere, cifre e i caratteri @/./+/-/_.',
    username_reserved: () => 'Questo nome utente non può essere usato. Sceglierne un altro.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Il valore di questo campo deve essere unico.'
        : `Esiste già ${model} con questo valore di ${field}.`,
    password_too_short: ({ minLength }) =>
      `Questa password è troppo corta.${minLength === undefined ? '' : ` Deve contenere almeno ${characters(minLength)}.`}`,
    password_too_long: () => 'Questa password è troppo lunga.',
    password_too_common: () => 'Questa password è troppo comune.',
    password_entirely_numeric: () => 'Questa password è composta solo da cifre.',
    password_too_similar: ({ attribute }) => `La password è troppo simile ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Questa password contiene il nome di questo sito.',
    wrong_password: () => 'Password errata.',
    differs: () => 'Le due password non coincidono.',
    custom: ({ message }) => (message === undefined ? 'Valore non valido.' : `${message}`),
  },
  fields: {
    notNull: 'Questo campo non può essere nullo.',
    notBlank: 'Questo campo non può essere vuoto.',
    minLength: (minLength) => `Questo campo deve contenere almeno ${characters(minLength)}.`,
    notAnInteger: 'È richiesto un numero intero valido.',
    numberTooLong: 'La stringa è troppo lunga per un numero.',
    usernameTaken: 'Esiste già un utente con questo nome.',
  },
  requests: {
    noData: 'Nessun dato fornito',
    invalidData: (type) => `Dati non validi. Era atteso un dizionario, ma è stato ricevuto ${type}.`,
    jsonParseError: (detail) => `Errore nell’analisi del JSON - ${detail}`,
    multipartParseError: (detail) => `Errore nell’analisi del modulo multipart - ${detail}`,
    malformed: 'Richiesta malformata.',
    unsupportedMediaType: (type) => `Tipo di contenuto «${type}» non supportato nella richiesta.`,
    notAcceptable: 'Impossibile soddisfare l’intestazione Accept della richiesta.',
    methodNotAllowed: (method) => `Metodo «${method}» non consentito.`,
    notFound: 'Non trovato.',
    noMatch: (model) => `Nessun oggetto ${model} corrisponde alla richiesta.`,
    invalidPage: 'Pagina non valida.',
    throttled: (wait) =>
      `La richiesta è stata limitata.${wait === null ? '' : ` Sarà di nuovo possibile tra ${seconds(wait)}.`}`,
    payloadTooLarge: 'La richiesta è troppo grande.',
    serverError: 'Si è verificato un errore del server.',
    unavailable: 'Il servizio è temporaneamente non disponibile.',
  },
  authentication: {
    credentialsMissing: 'Non sono state fornite credenziali di autenticazione.',
    credentialsIncorrect: 'Credenziali di autenticazione errate.',
    permissionDenied: 'Non si dispone dei permessi per eseguire questa azione.',
    invalidToken: 'Token non valido.',
    userInactiveOrDeleted: 'Utente non attivo o eliminato.',
    tokenHeader: {
      noCredentials: 'Intestazione del token non valida. Nessuna credenziale fornita.',
      containsSpaces: 'Intestazione del token non valida. Il token non deve contenere spazi.',
      invalidCharacters: 'Intestazione del token non valida. Il token non deve contenere caratteri non validi.',
    },
    basicHeader: {
      noCredentials: 'Intestazione Basic non valida. Nessuna credenziale fornita.',
      containsSpaces: 'Intestazione Basic non valida. Le credenziali non devono contenere spazi.',
      notBase64: 'Intestazione Basic non valida. Le credenziali non sono codificate correttamente in base64.',
    },
    invalidUsernameOrPassword: 'Nome utente o password non validi.',
    cannotLogIn: 'Impossibile accedere con le credenziali fornite.',
    userDisabled: 'L’account dell’utente è disattivato.',
  },
  jwt: {
    headerNeedsTwoValues: 'L’intestazione Authorization deve contenere due valori separati da uno spazio',
    notValidForAnyType: 'Il token fornito non è valido per alcun tipo di token',
    invalid: 'Il token non è valido',
    expired: 'Il token è scaduto',
    wrongType: 'Il token è del tipo sbagliato',
    blacklisted: 'Il token è nella lista dei token revocati',
    noType: 'Il token non ha un tipo',
    noId: 'Il token non ha un identificativo',
    missingClaim: (claim) => `Il token non ha il claim «${claim}»`,
    noUserIdentification: 'Il token non contiene alcuna identificazione riconoscibile dell’utente',
    userNotFound: 'Utente non trovato',
    userInactive: 'L’utente non è attivo',
    noActiveAccount: 'Nessun account attivo trovato con queste credenziali',
    noActiveAccountForToken: 'Nessun account attivo trovato per questo token.',
  },
  csrf: csrfWords,
}

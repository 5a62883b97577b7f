import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'ro'
// From twenty on, a count and its noun are joined by a preposition.
const characters = counted(language, { one: 'caracter', few: 'caractere', other: 'de caractere' })
const seconds = counted(language, { one: 'secundă', few: 'secunde', other: 'de secunde' })

const attributes = {
  username: 'numele de utilizator',
  email: 'adresa de e-mail',
  firstName: 'prenumele',
  lastName: 'numele de familie',
  other: 'datele contului',
}

/** Romanian. */
export const ro: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Acest câmp este obligatoriu.',
    unknown_field: () => 'Acest câmp nu există.',
    not_writable: () => 'Acest câmp poate fi doar citit.',
    not_text: () => 'Nu este un text valid.',
    not_number: () => 'Este necesar un număr valid.',
    not_boolean: () => 'Trebuie să fie o valoare booleană validă.',
    not_date: ({ format }) =>
      `Data și ora au un format greșit.${format === undefined ? '' : ` Folosiți unul dintre aceste formate: ${format}.`}`,
    not_json: () => 'Valoarea trebuie să fie JSON valid.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Nu este o opțiune validă.' : `„${input}” nu este o opțiune validă.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Această valoare este prea lungă.'
        : `Acest câmp poate avea cel mult ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined
        ? 'Această valoare este prea mică.'
        : `Această valoare trebuie să fie mai mare sau egală cu ${min}.`,
    too_large: ({ max }) =>
      max === undefined
        ? 'Această valoare este prea mare.'
        : `Această valoare trebuie să fie mai mică sau egală cu ${max}.`,
    null_characters: () => 'Caracterele nule nu sunt permise.',
    surrogate_characters: ({ codePoint }) =>
      `Caracterele surogat nu sunt permise${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Introduceți o adresă de e-mail validă.',
    username_invalid: () =>
      'Introduceți un nume de utilizator valid. Acesta poate conține doar litere, cifre și caracterele @/./+/-/_.',
    username_reserved: () => 'Acest nume de utilizator nu poate fi folosit. Vă rugăm să alegeți altul.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Valoarea acestui câmp trebuie să fie unică.'
        : `Există deja ${model} cu această valoare a câmpului ${field}.`,
    password_too_short: ({ minLength }) =>
      `Această parolă este prea scurtă.${minLength === undefined ? '' : ` Trebuie să conțină cel puțin ${characters(minLength)}.`}`,
    password_too_long: () => 'Această parolă este prea lungă.',
    password_too_common: () => 'Această parolă este prea des întâlnită.',
    password_entirely_numeric: () => 'Această parolă este formată numai din cifre.',
    password_too_similar: ({ attribute }) => `Parola seamănă prea mult cu ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Această parolă conține numele acestui site.',
    wrong_password: () => 'Parolă incorectă.',
    differs: () => 'Parolele din cele două câmpuri nu coincid.',
    custom: ({ message }) => (message === undefined ? 'Valoare nevalidă.' : `${message}`),
  },
  fields: {
    notNull: 'Acest câmp nu poate fi null.',
    notBlank: 'Acest câmp nu poate fi gol.',
    minLength: (minLength) => `Acest câmp trebuie să aibă cel puțin ${characters(minLength)}.`,
    notAnInteger: 'Este necesar un număr întreg valid.',
    numberTooLong: 'Textul este prea lung pentru un număr.',
    usernameTaken: 'Există deja un utilizator cu acest nume.',
  },
  requests: {
    noData: 'Nu au fost trimise date',
    invalidData: (type) => `Date nevalide. Se aștepta un dicționar, dar s-a primit ${type}.`,
    jsonParseError: (detail) => `Eroare la interpretarea JSON - ${detail}`,
    multipartParseError: (detail) => `Eroare la interpretarea formularului multipart - ${detail}`,
    malformed: 'Cererea are o formă greșită.',
    unsupportedMediaType: (type) => `Tipul de conținut „${type}” din cerere nu este acceptat.`,
    notAcceptable: 'Cerința din antetul Accept nu a putut fi îndeplinită.',
    methodNotAllowed: (method) => `Metoda „${method}” nu este permisă.`,
    notFound: 'Nu a fost găsit.',
    noMatch: (model) => `Niciun obiect ${model} nu corespunde interogării.`,
    invalidPage: 'Pagină nevalidă.',
    throttled: (wait) =>
      `S-a depășit limita de cereri.${wait === null ? '' : ` Următoarea va fi posibilă peste ${seconds(wait)}.`}`,
    payloadTooLarge: 'Cererea este prea mare.',
    serverError: 'A apărut o eroare pe server.',
    unavailable: 'Serviciul este temporar indisponibil.',
  },
  authentication: {
    credentialsMissing: 'Datele de autentificare lipsesc.',
    credentialsIncorrect: 'Datele de autentificare sunt incorecte.',
    permissionDenied: 'Nu aveți permisiunea de a efectua această acțiune.',
    invalidToken: 'Token nevalid.',
    userInactiveOrDeleted: 'Utilizator inactiv sau șters.',
    tokenHeader: {
      noCredentials: 'Antet de token nevalid. Datele de autentificare lipsesc.',
      containsSpaces: 'Antet de token nevalid. Tokenul nu trebuie să conțină spații.',
      invalidCharacters: 'Antet de token nevalid. Tokenul nu trebuie să conțină caractere nepermise.',
    },
    basicHeader: {
      noCredentials: 'Antet Basic nevalid. Datele de autentificare lipsesc.',
      containsSpaces: 'Antet Basic nevalid. Datele de autentificare nu trebuie să conțină spații.',
      notBase64: 'Antet Basic nevalid. Datele de autentificare nu sunt codificate corect în base64.',
    },
    invalidUsernameOrPassword: 'Numele de utilizator sau parola nu este corectă.',
    cannotLogIn: 'Autentificarea cu datele furnizate nu este posibilă.',
    userDisabled: 'Contul de utilizator este dezactivat.',
  },
  jwt: {
    headerNeedsTwoValues: 'Antetul Authorization trebuie să conțină două valori separate printr-un spațiu',
    notValidForAnyType: 'Tokenul dat nu este valid pentru niciun tip de token',
    invalid: 'Tokenul nu este valid',
    expired: 'Tokenul a expirat',
    wrongType: 'Tokenul are un tip greșit',
    blacklisted: 'Tokenul se află pe lista neagră',
    noType: 'Tokenul nu are tip',
    noId: 'Tokenul nu are identificator',
    missingClaim: (claim) => `Tokenul nu conține câmpul „${claim}”`,
    noUserIdentification: 'Tokenul nu conține niciun identificator de utilizator care să poată fi recunoscut',
    userNotFound: 'Utilizatorul nu a fost găsit',
    userInactive: 'Utilizatorul este inactiv',
    noActiveAccount: 'Nu a fost găsit niciun cont activ cu datele furnizate',
    noActiveAccountForToken: 'Nu a fost găsit niciun cont activ pentru tokenul dat.',
  },
  csrf: csrfWords,
}

import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'cs'
const characters = counted(language, { one: 'znak', few: 'znaky', many: 'znaku', other: 'znaků' })
const seconds = counted(language, { one: 'sekundu', few: 'sekundy', many: 'sekundy', other: 'sekund' })

const attributes = {
  username: 'uživatelskému jménu',
  email: 'e-mailové adrese',
  firstName: 'křestnímu jménu',
  lastName: 'příjmení',
  other: 'údajům účtu',
}

/** Czech. */
export const cs: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Toto pole je povinné.',
    unknown_field: () => 'Takové pole neexistuje.',
    not_writable: () => 'Toto pole je jen pro čtení.',
    not_text: () => 'Toto není platný text.',
    not_number: () => 'Zadejte platné číslo.',
    not_boolean: () => 'Musí to být platná logická hodnota.',
    not_date: ({ format }) =>
      `Datum a čas mají nesprávný formát.${format === undefined ? '' : ` Použijte některý z těchto formátů: ${format}.`}`,
    not_json: () => 'Hodnota musí být platný JSON.',
    not_a_choice: ({ input }) => (input === undefined ? 'Neplatná volba.' : `„${input}“ není platná volba.`),
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Tato hodnota je příliš dlouhá.'
        : `Toto pole smí obsahovat nejvýše ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined ? 'Tato hodnota je příliš malá.' : `Tato hodnota musí být větší nebo rovna ${min}.`,
    too_large: ({ max }) =>
      max === undefined ? 'Tato hodnota je příliš velká.' : `Tato hodnota musí být menší nebo rovna ${max}.`,
    null_characters: () => 'Nulové znaky nejsou povoleny.',
    surrogate_characters: ({ codePoint }) =>
      `Náhradní znaky nejsou povoleny${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Zadejte platnou e-mailovou adresu.',
    username_invalid: () => 'Zadejte platné uživatelské jméno. Smí obsahovat pouze písmena, číslice a znaky @/./+/-/_.',
    username_reserved: () => 'Toto uživatelské jméno nelze použít. Zvolte prosím jiné.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Hodnota tohoto pole musí být jedinečná.'
        : `${model} s touto hodnotou pole ${field} již existuje.`,
    password_too_short: ({ minLength }) =>
      `Toto heslo je příliš krátké.${minLength === undefined ? '' : ` Musí obsahovat alespoň ${characters(minLength)}.`}`,
    password_too_long: () => 'Toto heslo je příliš dlouhé.',
    password_too_common: () => 'Toto heslo je příliš běžné.',
    password_entirely_numeric: () => 'Toto heslo se skládá jen z číslic.',
    password_too_similar: ({ attribute }) => `Heslo se příliš podobá ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Toto heslo obsahuje název tohoto webu.',
    wrong_password: () => 'Nesprávné heslo.',
    differs: () => 'Zadaná hesla se neshodují.',
    custom: ({ message }) => (message === undefined ? 'Neplatná hodnota.' : `${message}`),
  },
  fields: {
    notNull: 'Toto pole nesmí být null.',
    notBlank: 'Toto pole nesmí být prázdné.',
    minLength: (minLength) => `Toto pole musí obsahovat alespoň ${characters(minLength)}.`,
    notAnInteger: 'Zadejte platné celé číslo.',
    numberTooLong: 'Text je na číslo příliš dlouhý.',
    usernameTaken: 'Uživatel s tímto jménem již existuje.',
  },
  requests: {
    noData: 'Nebyla zadána žádná data',
    invalidData: (type) => `Neplatná data. Očekáván byl slovník, ale přišel typ ${type}.`,
    jsonParseError: (detail) => `Chyba při čtení JSON - ${detail}`,
    multipartParseError: (detail) => `Chyba při čtení formuláře multipart - ${detail}`,
    malformed: 'Chybně sestavený požadavek.',
    unsupportedMediaType: (type) => `Nepodporovaný typ obsahu „${type}“ v požadavku.`,
    notAcceptable: 'Hlavičce Accept v požadavku nelze vyhovět.',
    methodNotAllowed: (method) => `Metoda „${method}“ není povolena.`,
    notFound: 'Nenalezeno.',
    noMatch: (model) => `Dotazu neodpovídá žádný objekt ${model}.`,
    invalidPage: 'Neplatná stránka.',
    throttled: (wait) => `Požadavek byl omezen.${wait === null ? '' : ` Znovu bude možný za ${seconds(wait)}.`}`,
    payloadTooLarge: 'Požadavek je příliš velký.',
    serverError: 'Na serveru došlo k chybě.',
    unavailable: 'Služba je dočasně nedostupná.',
  },
  authentication: {
    credentialsMissing: 'Nebyly zadány přihlašovací údaje.',
    credentialsIncorrect: 'Nesprávné přihlašovací údaje.',
    permissionDenied: 'K provedení této akce nemáte oprávnění.',
    invalidToken: 'Neplatný token.',
    userInactiveOrDeleted: 'Uživatel není aktivní nebo byl smazán.',
    tokenHeader: {
      noCredentials: 'Neplatná hlavička s tokenem. Chybí přihlašovací údaje.',
      containsSpaces: 'Neplatná hlavička s tokenem. Token nesmí obsahovat mezery.',
      invalidCharacters: 'Neplatná hlavička s tokenem. Token nesmí obsahovat neplatné znaky.',
    },
    basicHeader: {
      noCredentials: 'Neplatná hlavička Basic. Chybí přihlašovací údaje.',
      containsSpaces: 'Neplatná hlavička Basic. Přihlašovací údaje nesmí obsahovat mezery.',
      notBase64: 'Neplatná hlavička Basic. Přihlašovací údaje nejsou správně zakódovány v base64.',
    },
    invalidUsernameOrPassword: 'Neplatné uživatelské jméno nebo heslo.',
    cannotLogIn: 'Se zadanými údaji se nelze přihlásit.',
    userDisabled: 'Uživatelský účet je zablokován.',
  },
  jwt: {
    headerNeedsTwoValues: 'Hlavička Authorization musí obsahovat dvě hodnoty oddělené mezerou',
    notValidForAnyType: 'Zadaný token není platný pro žádný typ tokenu',
    invalid: 'Token je neplatný',
    expired: 'Platnost tokenu vypršela',
    wrongType: 'Token má nesprávný typ',
    blacklisted: 'Token je na seznamu zneplatněných',
    noType: 'Token nemá typ',
    noId: 'Token nemá identifikátor',
    missingClaim: (claim) => `Token neobsahuje údaj „${claim}“`,
    noUserIdentification: 'Token neobsahuje žádný rozpoznatelný identifikátor uživatele',
    userNotFound: 'Uživatel nebyl nalezen',
    userInactive: 'Uživatel není aktivní',
    noActiveAccount: 'K zadaným údajům nebyl nalezen žádný aktivní účet',
    noActiveAccountForToken: 'K zadanému tokenu nebyl nalezen žádný aktivní účet.',
  },
  csrf: csrfWords,
}

import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'ca'
const characters = counted(language, { one: 'caràcter', other: 'caràcters' })
const seconds = counted(language, { one: 'segon', other: 'segons' })

const attributes = {
  username: 'al nom d’usuari',
  email: 'a l’adreça de correu electrònic',
  firstName: 'al nom',
  lastName: 'als cognoms',
  other: 'a les dades del compte',
}

/** Catalan. */
export const ca: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Aquest camp és obligatori.',
    unknown_field: () => 'Aquest camp no existeix.',
    not_writable: () => 'Aquest camp és només de lectura.',
    not_text: () => 'No és una cadena vàlida.',
    not_number: () => 'Cal un número vàlid.',
    not_boolean: () => 'Ha de ser un booleà vàlid.',
    not_date: ({ format }) =>
      `La data i l’hora tenen un format incorrecte.${format === undefined ? '' : ` Utilitzeu un d’aquests formats: ${format}.`}`,
    not_json: () => 'El valor ha de ser JSON vàlid.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'No és una opció vàlida.' : `«${input}» no és una opció vàlida.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Aquest valor és massa llarg.'
        : `Assegureu-vos que aquest camp no té més de ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined
        ? 'Aquest valor és massa petit.'
        : `Assegureu-vos que aquest valor és més gran o igual que ${min}.`,
    too_large: ({ max }) =>
      max === undefined
        ? 'Aquest valor és massa gran.'
        : `Assegureu-vos que aquest valor és més petit o igual que ${max}.`,
    null_characters: () => 'No es permeten caràcters nuls.',
    surrogate_characters: ({ codePoint }) =>
      `No es permeten caràcters substituts${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Introduïu una adreça de correu electrònic vàlida.',
    username_invalid: () =>
      'Introduïu un nom d’usuari vàlid. Només pot contenir lletres, números i els caràcters @/./+/-/_.',
    username_reserved: () => 'Aquest nom d’usuari no es pot utilitzar. Trieu-ne un altre.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Aquest camp ha de ser únic.'
        : `Ja existeix ${model} amb aquest valor de ${field}.`,
    password_too_short: ({ minLength }) =>
      `Aquesta contrasenya és massa curta.${minLength === undefined ? '' : ` Ha de contenir almenys ${characters(minLength)}.`}`,
    password_too_long: () => 'Aquesta contrasenya és massa llarga.',
    password_too_common: () => 'Aquesta contrasenya és massa comuna.',
    password_entirely_numeric: () => 'Aquesta contrasenya és completament numèrica.',
    password_too_similar: ({ attribute }) => `La contrasenya s’assembla massa ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Aquesta contrasenya conté el nom d’aquest lloc.',
    wrong_password: () => 'Contrasenya incorrecta.',
    differs: () => 'Els dos camps de contrasenya no coincideixen.',
    custom: ({ message }) => (message === undefined ? 'Valor no vàlid.' : `${message}`),
  },
  fields: {
    notNull: 'Aquest camp no pot ser nul.',
    notBlank: 'Aquest camp no pot estar en blanc.',
    minLength: (minLength) => `Assegureu-vos que aquest camp té almenys ${characters(minLength)}.`,
    notAnInteger: 'Cal un nombre enter vàlid.',
    numberTooLong: 'La cadena és massa llarga per a un número.',
    usernameTaken: 'Ja existeix un usuari amb aquest nom.',
  },
  requests: {
    noData: 'No s’ha proporcionat cap dada',
    invalidData: (type) => `Dades no vàlides. S’esperava un diccionari, però s’ha rebut ${type}.`,
    jsonParseError: (detail) => `Error en analitzar el JSON - ${detail}`,
    multipartParseError: (detail) => `Error en analitzar el formulari multipart - ${detail}`,
    malformed: 'Sol·licitud mal formada.',
    unsupportedMediaType: (type) => `El tipus de mitjà «${type}» de la sol·licitud no és compatible.`,
    notAcceptable: 'No s’ha pogut satisfer la capçalera Accept de la sol·licitud.',
    methodNotAllowed: (method) => `El mètode «${method}» no està permès.`,
    notFound: 'No s’ha trobat.',
    noMatch: (model) => `Cap objecte ${model} coincideix amb la consulta.`,
    invalidPage: 'Pàgina no vàlida.',
    throttled: (wait) =>
      `La sol·licitud ha estat limitada.${wait === null ? '' : ` S’espera que estigui disponible d’aquí a ${seconds(wait)}.`}`,
    payloadTooLarge: 'La sol·licitud és massa gran.',
    serverError: 'S’ha produït un error al servidor.',
    unavailable: 'El servei no està disponible temporalment.',
  },
  authentication: {
    credentialsMissing: 'No s’han proporcionat credencials d’autenticació.',
    credentialsIncorrect: 'Credencials d’autenticació incorrectes.',
    permissionDenied: 'No teniu permís per dur a terme aquesta acció.',
    invalidToken: 'Testimoni no vàlid.',
    userInactiveOrDeleted: 'Usuari inactiu o esborrat.',
    tokenHeader: {
      noCredentials: 'Capçalera de testimoni no vàlida. No s’han proporcionat credencials.',
      containsSpaces: 'Capçalera de testimoni no vàlida. El testimoni no ha de contenir espais.',
      invalidCharacters: 'Capçalera de testimoni no vàlida. El testimoni no ha de contenir caràcters no vàlids.',
    },
    basicHeader: {
      noCredentials: 'Capçalera Basic no vàlida. No s’han proporcionat credencials.',
      containsSpaces: 'Capçalera Basic no vàlida. Les credencials no han de contenir espais.',
      notBase64: 'Capçalera Basic no vàlida. Les credencials no estan codificades correctament en base64.',
    },
    invalidUsernameOrPassword: 'Nom d’usuari o contrasenya no vàlids.',
    cannotLogIn: 'No es pot iniciar la sessió amb les credencials proporcionades.',
    userDisabled: 'El compte d’usuari està desactivat.',
  },
  jwt: {
    headerNeedsTwoValues: 'La capçalera Authorization ha de contenir dos valors separats per un espai',
    notValidForAnyType: 'El testimoni donat no és vàlid per a cap tipus de testimoni',
    invalid: 'El testimoni no és vàlid',
    expired: 'El testimoni ha caducat',
    wrongType: 'El testimoni és d’un tipus incorrecte',
    blacklisted: 'El testimoni és a la llista negra',
    noType: 'El testimoni no té tipus',
    noId: 'El testimoni no té identificador',
    missingClaim: (claim) => `El testimoni no té la reclamació «${claim}»`,
    noUserIdentification: 'El testimoni no conté cap identificació d’usuari recognoscible',
    userNotFound: 'No s’ha trobat l’usuari',
    userInactive: 'L’usuari està inactiu',
    noActiveAccount: 'No s’ha trobat cap compte actiu amb les credencials donades',
    noActiveAccountForToken: 'No s’ha trobat cap compte actiu per al testimoni donat.',
  },
  csrf: csrfWords,
}

import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'nl'
const characters = counted(language, { one: 'teken', other: 'tekens' })
const seconds = counted(language, { one: 'seconde', other: 'seconden' })

const attributes = {
  username: 'de gebruikersnaam',
  email: 'het e-mailadres',
  firstName: 'de voornaam',
  lastName: 'de achternaam',
  other: 'de accountgegevens',
}

/** Dutch. */
export const nl: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Dit veld is verplicht.',
    unknown_field: () => 'Dit veld bestaat niet.',
    not_writable: () => 'Dit veld kan alleen worden gelezen.',
    not_text: () => 'Dit is geen geldige tekst.',
    not_number: () => 'Een geldig getal is vereist.',
    not_boolean: () => 'Dit moet een geldige booleaanse waarde zijn.',
    not_date: ({ format }) =>
      `Datum en tijd hebben een onjuiste notatie.${format === undefined ? '' : ` Gebruik een van deze notaties: ${format}.`}`,
    not_json: () => 'De waarde moet geldige JSON zijn.',
    not_a_choice: ({ input }) => (input === undefined ? 'Ongeldige keuze.' : `‘${input}’ is geen geldige keuze.`),
    too_long: ({ maxLength }) =>
      maxLength === undefined ? 'Deze waarde is te lang.' : `Dit veld mag hoogstens ${characters(maxLength)} bevatten.`,
    too_small: ({ min }) =>
      min === undefined ? 'Deze waarde is te klein.' : `Deze waarde moet groter dan of gelijk aan ${min} zijn.`,
    too_large: ({ max }) =>
      max === undefined ? 'Deze waarde is te groot.' : `Deze waarde moet kleiner dan of gelijk aan ${max} zijn.`,
    null_characters: () => 'Nultekens zijn niet toegestaan.',
    surrogate_characters: ({ codePoint }) =>
      `Surrogaattekens zijn niet toegestaan${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Voer een geldig e-mailadres in.',
    username_invalid: () =>
      'Voer een geldige gebruikersnaam in. Deze mag alleen letters, cijfers en de tekens @/./+/-/_ bevatten.',
    username_reserved: () => 'Deze gebruikersnaam kan niet worden gebruikt. Kies een andere.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Dit veld moet uniek zijn.'
        : `${model} met deze waarde voor ${field} bestaat al.`,
    password_too_short: ({ minLength }) =>
      `Dit wachtwoord is te kort.${minLength === undefined ? '' : ` Het moet minstens ${characters(minLength)} bevatten.`}`,
    password_too_long: () => 'Dit wachtwoord is te lang.',
    password_too_common: () => 'Dit wachtwoord komt te vaak voor.',
    password_entirely_numeric: () => 'Dit wachtwoord bestaat alleen uit cijfers.',
    password_too_similar: ({ attribute }) => `Het wachtwoord lijkt te veel op ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Dit wachtwoord bevat de naam van deze website.',
    wrong_password: () => 'Onjuist wachtwoord.',
    differs: () => 'De twee wachtwoorden komen niet overeen.',
    custom: ({ message }) => (message === undefined ? 'Ongeldige waarde.' : `${message}`),
  },
  fields: {
    notNull: 'Dit veld mag niet null zijn.',
    notBlank: 'Dit veld mag niet leeg zijn.',
    minLength: (minLength) => `Dit veld moet minstens ${characters(minLength)} bevatten.`,
    notAnInteger: 'Een geldig geheel getal is vereist.',
    numberTooLong: 'De tekst is te lang voor een getal.',
    usernameTaken: 'Er bestaat al een gebruiker met deze gebruikersnaam.',
  },
  requests: {
    noData: 'Geen gegevens opgegeven',
    invalidData: (type) => `Ongeldige gegevens. Er werd een dictionary verwacht, maar ${type} ontvangen.`,
    jsonParseError: (detail) => `Fout bij het lezen van de JSON - ${detail}`,
    multipartParseError: (detail) => `Fout bij het lezen van het multipart-formulier - ${detail}`,
    malformed: 'Onjuist opgebouwd verzoek.',
    unsupportedMediaType: (type) => `Niet-ondersteund mediatype ‘${type}’ in het verzoek.`,
    notAcceptable: 'Aan de Accept-header van het verzoek kan niet worden voldaan.',
    methodNotAllowed: (method) => `Methode ‘${method}’ niet toegestaan.`,
    notFound: 'Niet gevonden.',
    noMatch: (model) => `Er is bij deze zoekopdracht geen ${model} gevonden.`,
    invalidPage: 'Ongeldige pagina.',
    throttled: (wait) =>
      `Het aantal verzoeken is begrensd.${wait === null ? '' : ` Probeer het over ${seconds(wait)} opnieuw.`}`,
    payloadTooLarge: 'Het verzoek is te groot.',
    serverError: 'Er is een serverfout opgetreden.',
    unavailable: 'De dienst is tijdelijk niet beschikbaar.',
  },
  authentication: {
    credentialsMissing: 'Er zijn geen aanmeldgegevens opgegeven.',
    credentialsIncorrect: 'Onjuiste aanmeldgegevens.',
    permissionDenied: 'U hebt geen toestemming om deze actie uit te voeren.',
    invalidToken: 'Ongeldig token.',
    userInactiveOrDeleted: 'Gebruiker inactief of verwijderd.',
    tokenHeader: {
      noCredentials: 'Ongeldige tokenheader. Geen aanmeldgegevens opgegeven.',
      containsSpaces: 'Ongeldige tokenheader. Het token mag geen spaties bevatten.',
      invalidCharacters: 'Ongeldige tokenheader. Het token mag geen ongeldige tekens bevatten.',
    },
    basicHeader: {
      noCredentials: 'Ongeldige Basic-header. Geen aanmeldgegevens opgegeven.',
      containsSpaces: 'Ongeldige Basic-header. De aanmeldgegevens mogen geen spaties bevatten.',
      notBase64: 'Ongeldige Basic-header. De aanmeldgegevens zijn niet juist in base64 gecodeerd.',
    },
    invalidUsernameOrPassword: 'Ongeldige gebruikersnaam of ongeldig wachtwoord.',
    cannotLogIn: 'Aanmelden met de opgegeven gegevens is niet mogelijk.',
    userDisabled: 'Het gebruikersaccount is uitgeschakeld.',
  },
  jwt: {
    headerNeedsTwoValues: 'De Authorization-header moet twee door een spatie gescheiden waarden bevatten',
    notValidForAnyType: 'Het opgegeven token is voor geen enkel tokentype geldig',
    invalid: 'Het token is ongeldig',
    expired: 'Het token is verlopen',
    wrongType: 'Het token heeft het verkeerde type',
    blacklisted: 'Het token staat op de blokkeerlijst',
    noType: 'Het token heeft geen type',
    noId: 'Het token heeft geen id',
    missingClaim: (claim) => `Het token heeft geen claim ‘${claim}’`,
    noUserIdentification: 'Het token bevat geen herkenbare gebruikersidentificatie',
    userNotFound: 'Gebruiker niet gevonden',
    userInactive: 'De gebruiker is inactief',
    noActiveAccount: 'Geen actief account gevonden met deze aanmeldgegevens',
    noActiveAccountForToken: 'Geen actief account gevonden voor dit token.',
  },
  csrf: csrfWords,
}

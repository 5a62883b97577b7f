import { attributeName } from './attribute-name.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const attributes = {
  username: 'dem Benutzernamen',
  email: 'der E-Mail-Adresse',
  firstName: 'dem Vornamen',
  lastName: 'dem Nachnamen',
  other: 'den Kontodaten',
}

/** German. */
export const de: DrfMessages = {
  language: 'de',
  fieldErrors: {
    required: () => 'Dieses Feld ist erforderlich.',
    unknown_field: () => 'Dieses Feld gibt es nicht.',
    not_writable: () => 'Dieses Feld kann nur gelesen werden.',
    not_text: () => 'Keine gültige Zeichenkette.',
    not_number: () => 'Eine gültige Zahl ist erforderlich.',
    not_boolean: () => 'Muss ein gültiger Wahrheitswert sein.',
    not_date: ({ format }) =>
      `Datum und Uhrzeit haben das falsche Format.${format === undefined ? '' : ` Nutzen Sie eines dieser Formate: ${format}.`}`,
    not_json: () => 'Der Wert muss gültiges JSON sein.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'Keine gültige Auswahl.' : `„${input}“ ist keine gültige Auswahl.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Dieser Wert ist zu lang.'
        : `Dieses Feld darf höchstens ${maxLength} Zeichen lang sein.`,
    too_small: ({ min }) =>
      min === undefined ? 'Dieser Wert ist zu klein.' : `Dieser Wert muss größer oder gleich ${min} sein.`,
    too_large: ({ max }) =>
      max === undefined ? 'Dieser Wert ist zu groß.' : `Dieser Wert muss kleiner oder gleich ${max} sein.`,
    null_characters: () => 'Nullzeichen sind nicht erlaubt.',
    surrogate_characters: ({ codePoint }) =>
      `Surrogatzeichen sind nicht erlaubt${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Geben Sie eine gültige E-Mail-Adresse ein.',
    username_invalid: () =>
      'Geben Sie einen gültigen Benutzernamen ein. Er darf nur Buchstaben, Ziffern und die Zeichen @/./+/-/_ enthalten.',
    username_reserved: () => 'Dieser Benutzername kann nicht verwendet werden. Bitte wählen Sie einen anderen.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Dieses Feld muss eindeutig sein.'
        : `${model} mit diesem Wert für ${field} existiert bereits.`,
    password_too_short: ({ minLength }) =>
      `Dieses Passwort ist zu kurz.${minLength === undefined ? '' : ` Es muss mindestens ${minLength} Zeichen enthalten.`}`,
    password_too_long: () => 'Dieses Passwort ist zu lang.',
    password_too_common: () => 'Dieses Passwort ist zu üblich.',
    password_entirely_numeric: () => 'Dieses Passwort besteht nur aus Ziffern.',
    password_too_similar: ({ attribute }) => `Das Passwort ist ${attributeName(attributes, attribute)} zu ähnlich.`,
    password_context_word: () => 'Dieses Passwort enthält den Namen dieser Website.',
    wrong_password: () => 'Ungültiges Passwort.',
    differs: () => 'Die beiden Passwortfelder stimmen nicht überein.',
    custom: ({ message }) => (message === undefined ? 'Ungültiger Wert.' : `${message}`),
  },
  fields: {
    notNull: 'Dieses Feld darf nicht null sein.',
    notBlank: 'Dieses Feld darf nicht leer sein.',
    minLength: (minLength) => `Dieses Feld muss mindestens ${minLength} Zeichen lang sein.`,
    notAnInteger: 'Eine gültige Ganzzahl ist erforderlich.',
    numberTooLong: 'Die Zeichenkette ist zu lang für eine Zahl.',
    usernameTaken: 'Ein Benutzer mit diesem Benutzernamen existiert bereits.',
  },
  requests: {
    noData: 'Keine Daten angegeben',
    invalidData: (type) => `Ungültige Daten. Ein Dictionary wurde erwartet, aber ${type} erhalten.`,
    jsonParseError: (detail) => `JSON-Parserfehler - ${detail}`,
    multipartParseError: (detail) => `Parserfehler im Multipart-Formular - ${detail}`,
    malformed: 'Fehlerhafte Anfrage.',
    unsupportedMediaType: (type) => `Nicht unterstützter Medientyp „${type}“ in der Anfrage.`,
    notAcceptable: 'Der Accept-Header der Anfrage konnte nicht erfüllt werden.',
    methodNotAllowed: (method) => `Methode „${method}“ nicht erlaubt.`,
    notFound: 'Nicht gefunden.',
    noMatch: (model) => `${model} wurde zu dieser Abfrage nicht gefunden.`,
    invalidPage: 'Ungültige Seite.',
    throttled: (wait) =>
      `Die Anfrage wurde gedrosselt.${wait === null ? '' : ` Wieder möglich in ${wait} ${wait === 1 ? 'Sekunde' : 'Sekunden'}.`}`,
    payloadTooLarge: 'Die Anfrage ist zu groß.',
    serverError: 'Auf dem Server ist ein Fehler aufgetreten.',
    unavailable: 'Der Dienst ist vorübergehend nicht verfügbar.',
  },
  authentication: {
    credentialsMissing: 'Anmeldedaten fehlen.',
    credentialsIncorrect: 'Falsche Anmeldedaten.',
    permissionDenied: 'Sie sind nicht berechtigt, diese Aktion durchzuführen.',
    invalidToken: 'Ungültiges Token.',
    userInactiveOrDeleted: 'Benutzer inaktiv oder gelöscht.',
    tokenHeader: {
      noCredentials: 'Ungültiger Token-Header. Keine Anmeldedaten angegeben.',
      containsSpaces: 'Ungültiger Token-Header. Das Token darf keine Leerzeichen enthalten.',
      invalidCharacters: 'Ungültiger Token-Header. Das Token darf keine ungültigen Zeichen enthalten.',
    },
    basicHeader: {
      noCredentials: 'Ungültiger Basic-Header. Keine Anmeldedaten angegeben.',
      containsSpaces: 'Ungültiger Basic-Header. Die Anmeldedaten dürfen keine Leerzeichen enthalten.',
      notBase64: 'Ungültiger Basic-Header. Die Anmeldedaten sind nicht korrekt mit Base64 kodiert.',
    },
    invalidUsernameOrPassword: 'Ungültiger Benutzername oder ungültiges Passwort.',
    cannotLogIn: 'Die Anmeldung mit den angegebenen Zugangsdaten ist nicht möglich.',
    userDisabled: 'Das Benutzerkonto ist deaktiviert.',
  },
  jwt: {
    headerNeedsTwoValues: 'Der Authorization-Header muss zwei durch Leerzeichen getrennte Werte enthalten',
    notValidForAnyType: 'Das Token ist für keinen Tokentyp gültig',
    invalid: 'Das Token ist ungültig',
    expired: 'Das Token ist abgelaufen',
    wrongType: 'Das Token hat den falschen Typ',
    blacklisted: 'Das Token steht auf der Sperrliste',
    noType: 'Das Token hat keinen Typ',
    noId: 'Das Token hat keine ID',
    missingClaim: (claim) => `Das Token hat keinen Claim „${claim}“`,
    noUserIdentification: 'Das Token enthält keine erkennbare Benutzerkennung',
    userNotFound: 'Benutzer nicht gefunden',
    userInactive: 'Der Benutzer ist inaktiv',
    noActiveAccount: 'Kein aktives Konto mit diesen Zugangsdaten gefunden',
    noActiveAccountForToken: 'Kein aktives Konto zu diesem Token gefunden.',
  },
  csrf: csrfWords,
}

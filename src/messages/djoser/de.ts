import { de as drf } from '../drf/de.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** German. */
export const de: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Ungültiges Token für diesen Benutzer.',
  userIdInvalid: 'Ungültige Benutzer-ID, oder der Benutzer existiert nicht.',
  tokenStale: 'Veraltetes Token für diesen Benutzer.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Die beiden Felder für ${field} stimmen nicht überein.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'Es gibt keinen Benutzer mit dieser E-Mail-Adresse.',
  cannotCreate: 'Das Konto konnte nicht erstellt werden.',
  mails: {
    activation: {
      subject: (siteName) => `Kontoaktivierung bei ${siteName}`,
      reason: (siteName) => `Sie erhalten diese E-Mail, weil Ihr Konto bei ${siteName} noch aktiviert werden muss.`,
      instruction: 'Öffnen Sie bitte diese Seite, um es zu aktivieren:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - Ihr Konto wurde erfolgreich erstellt und aktiviert!`,
      reason: (siteName) => `Ihr Konto bei ${siteName} wurde erstellt und ist ab sofort aktiv.`,
    },
    passwordReset: {
      subject: (siteName) => `Zurücksetzen des Passworts bei ${siteName}`,
      reason: (siteName) =>
        `Sie erhalten diese E-Mail, weil jemand, vermutlich Sie selbst, ein neues Passwort für Ihr Konto bei ${siteName} setzen möchte.`,
      instruction: 'Öffnen Sie bitte diese Seite, um ein neues Passwort zu wählen:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - Ihr Passwort wurde erfolgreich geändert!`,
      reason: (siteName) => `Das Passwort Ihres Kontos bei ${siteName} wurde geändert.`,
    },
    usernameReset: {
      subject: (siteName) => `Zurücksetzen des Benutzernamens bei ${siteName}`,
      reason: (siteName) =>
        `Sie erhalten diese E-Mail, weil jemand, vermutlich Sie selbst, einen neuen Benutzernamen für Ihr Konto bei ${siteName} setzen möchte.`,
      instruction: 'Öffnen Sie bitte diese Seite, um einen neuen Benutzernamen zu wählen:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - Ihr Benutzername wurde erfolgreich geändert!`,
      reason: (siteName) => `Der Benutzername Ihres Kontos bei ${siteName} wurde geändert.`,
    },
  },
  mail: {
    username: (username) => `Ihr Benutzername, falls Sie ihn vergessen haben: ${username}`,
    thanks: 'Vielen Dank, dass Sie bei uns sind!',
    team: (siteName) => `Das Team von ${siteName}`,
  },
}

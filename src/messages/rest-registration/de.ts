import { de as drf } from '../drf/de.ts'
import type { RestRegistrationMessages } from './rest-registration-messages.ts'

/** German. */
export const de: RestRegistrationMessages = {
  language: drf.language,
  done: {
    loggedIn: 'Anmeldung erfolgreich',
    loggedOut: 'Abmeldung erfolgreich',
    userVerified: 'Das Benutzerkonto wurde bestätigt',
    passwordChanged: 'Das Passwort wurde geändert',
    resetLinkSent: 'Der Link zum Zurücksetzen wurde versandt',
    resetLinkSentIfExists: 'Der Link zum Zurücksetzen wurde versandt, falls es dieses Benutzerkonto gibt',
    passwordReset: 'Das Passwort wurde zurückgesetzt',
    emailLinkSent: 'Die E-Mail mit dem Link zum Eintragen der Adresse wurde versandt',
    emailVerified: 'Die E-Mail-Adresse wurde bestätigt',
  },
  refused: {
    userNotFound: 'Benutzer nicht gefunden',
    loginInvalid: 'Anmeldename oder Passwort ist ungültig.',
    emailTaken: 'Diese E-Mail-Adresse ist bereits registriert.',
    userWithoutEmail: 'Ein Benutzer ohne E-Mail-Adresse kann nicht bestätigt werden',
    tokenError: 'Das Anmelde-Token konnte nicht verarbeitet werden',
    tokenNotProvided: 'Ein Anmelde-Token konnte nicht ausgestellt werden',
    tokenNotRevoked: 'Das Anmelde-Token kann nicht widerrufen werden',
    tokenNotFound: 'Das Anmelde-Token wurde nicht gefunden',
    signatureExpired: 'Die Signatur ist abgelaufen',
    signatureInvalid: 'Ungültige Signatur',
  },
  fields: {
    passwordsDiffer: 'Die Passwörter stimmen nicht überein',
    oldPasswordWrong: 'Das alte Passwort stimmt nicht',
  },
  mails: {
    register: {
      subject: 'Bitte bestätigen Sie Ihr Benutzerkonto',
      reason: (siteName, email) => `Bei ${siteName} wurde mit der Adresse ${email} ein Konto eröffnet.`,
      instruction: 'Waren Sie das? Dann geht es hier weiter; falls nicht, lassen Sie alles, wie es ist:',
    },
    resetPassword: {
      subject: 'Ihr Link zum Zurücksetzen des Passworts',
      reason: (siteName) => `Jemand hat ein neues Passwort für Ihr Konto bei ${siteName} angefordert.`,
      instruction: 'Waren Sie das? Dann wählen Sie es auf dieser Seite; falls nicht, lassen Sie alles, wie es ist:',
    },
    registerEmail: {
      subject: 'Bitte bestätigen Sie die neue E-Mail-Adresse',
      reason: (siteName, email) => `Jemand möchte ${email} künftig für ein Konto bei ${siteName} verwenden.`,
      instruction: 'Waren Sie das? Dann bestätigen Sie es hier; falls nicht, lassen Sie alles, wie es ist:',
    },
    registerEmailTaken: {
      subject: 'Ihre E-Mail-Adresse wird bereits verwendet',
      reason: (siteName, email) => `Jemand wollte ${email} für ein Konto bei ${siteName} verwenden.`,
      instruction: 'Mit dieser Adresse gibt es dort schon ein Konto; es wurde daher nichts geändert.',
    },
  },
}

import { de as drf } from '../drf/de.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** German. */
export const de: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: '„username“ und „password“ müssen angegeben werden.',
      email: '„email“ und „password“ müssen angegeben werden.',
      either: 'Entweder „username“ oder „email“ muss zusammen mit „password“ angegeben werden.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'Die E-Mail-Adresse ist nicht bestätigt.',
  },
  logout: {
    done: 'Erfolgreich abgemeldet.',
    notLoggedIn: 'Zum Abmelden müssen Sie angemeldet sein. Prüfen Sie, ob das Token mitgesendet wird.',
    tokenRemains:
      'Weder Cookies noch eine Sperrliste sind eingerichtet; auf dem Server wurde das Token daher nicht gelöscht. ' +
      'Bitte sorgen Sie dafür, dass es auf dem Client gelöscht wird.',
    noRefreshInCookie: 'Die Cookies enthalten kein Refresh-Token.',
    noRefreshInBody: 'Die Daten der Anfrage enthalten kein Refresh-Token.',
  },
  passwords: {
    saved: 'Das neue Passwort wurde gespeichert.',
    resetSent: 'Die E-Mail zum Zurücksetzen des Passworts wurde versandt.',
    resetDone: 'Das Passwort wurde zurückgesetzt; ab sofort gilt das neue.',
    oldPasswordWrong: {
      first: 'Ungültiges Passwort',
      second: 'Ihr altes Passwort stimmt nicht. Bitte geben Sie es noch einmal ein.',
    },
    invalidValue: 'Ungültiger Wert',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Die Bestätigungs-E-Mail wurde versandt.',
    ok: 'In Ordnung',
    emailTaken: bothGenerations('Mit dieser E-Mail-Adresse ist bereits ein Benutzer registriert.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Unvollständige Eingabe. access_token oder code ist erforderlich.',
    valueIncorrect: 'Falscher Wert',
    exchangeFailed: 'Der Code konnte nicht gegen ein Zugriffstoken eingetauscht werden',
    noPrivateAccess: (host) => `Kein Zugriff auf private Daten bei „${host}“.`,
    noPasswordSet: 'Für Ihr Konto ist kein Passwort eingerichtet.',
  },
  noRefreshToken: 'Kein gültiges Refresh-Token gefunden.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Zurücksetzen des Passworts bei ${siteName}`,
        second: (siteName) => `[${siteName}] Zurücksetzen des Passworts`,
      },
      reason: (siteName) => `Jemand hat ein neues Passwort für Ihr Konto bei ${siteName} angefordert.`,
      instruction: 'Waren Sie das? Dann wählen Sie es auf dieser Seite; falls nicht, lassen Sie alles, wie es ist:',
      username: (username) => `Ihr Benutzername ist ${username}.`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Bitte bestätigen Sie Ihre E-Mail-Adresse`),
      reason: (siteName) => `Diese Adresse wurde für ein Konto bei ${siteName} angegeben.`,
      instruction:
        'Bestätigen Sie auf dieser Seite, dass sie Ihnen gehört; ist das Konto nicht Ihres, lassen Sie alles, wie es ist:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Das Konto gibt es bereits`),
      reason: (siteName) =>
        `Jemand wollte bei ${siteName} mit dieser Adresse ein Konto eröffnen, zu der es dort schon eines gibt.`,
      instruction: 'Waren Sie das und haben Ihr Passwort vergessen? Dann fordern Sie hier ein neues an:',
    },
    thanks: (siteName) => `Vielen Dank, dass Sie ${siteName} nutzen!`,
  },
}

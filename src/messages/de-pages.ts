import type { PageWords } from './messages.ts'

/** What the pages say in formal German. */
export const dePages: PageWords = {
  verifyEmail: {
    title: 'E-Mail-Adresse bestätigen',
    explanation: 'Bestätigen Sie mit der Schaltfläche, dass die Adresse Ihnen gehört.',
    button: 'Adresse bestätigen',
    done: 'Ihre Adresse ist bestätigt. Sie können sich jetzt anmelden.',
  },
  resetPassword: {
    title: 'Neues Passwort festlegen',
    explanation:
      'Wählen Sie ein Passwort, das Sie sonst nirgends verwenden. Alle bestehenden Anmeldungen werden beendet.',
    newPassword: 'Neues Passwort',
    newPasswordAgain: 'Neues Passwort wiederholen',
    passwordsDiffer: 'Das ist nicht dasselbe Passwort.',
    button: 'Neues Passwort festlegen',
    done: 'Ihr neues Passwort ist festgelegt. Sie können sich jetzt damit anmelden.',
  },
  resetUsername: {
    title: 'Neuen Benutzernamen wählen',
    explanation: 'Wählen Sie den Namen, den Ihr Konto ab jetzt hat. Der alte wird für andere frei.',
    newUsername: 'Neuer Benutzername',
    button: 'Diesen Namen verwenden',
    done: 'Ihr neuer Benutzername gilt ab jetzt.',
  },
  confirmEmailChange: {
    title: 'Neue E-Mail-Adresse bestätigen',
    explanation: 'Mit der Schaltfläche legen Sie fest, dass Ihr Konto ab jetzt diese Adresse verwendet.',
    button: 'Neue Adresse bestätigen',
    done: 'Ihre neue Adresse gilt ab jetzt.',
  },
  cancelEmailChange: {
    title: 'E-Mail-Adresse behalten',
    explanation:
      'Mit der Schaltfläche behalten Sie die Adresse, an die wir geschrieben haben, oder erhalten sie zurück. Alle ' +
      'bestehenden Anmeldungen werden beendet, und das bisherige Passwort gilt nicht mehr.',
    button: 'Diese Adresse behalten',
    done: 'Ihr Konto hat diese Adresse. Wir haben Ihnen eine E-Mail gesendet, mit der Sie ein neues Passwort festlegen.',
  },
  unlock: {
    title: 'Konto entsperren',
    explanation: 'Mit der Schaltfläche können Sie sich sofort wieder anmelden.',
    button: 'Konto entsperren',
    done: 'Ihr Konto ist entsperrt. Sie können sich jetzt anmelden.',
  },
  social: {
    login: {
      title: (provider) => `Mit ${provider} anmelden`,
      explanation: (provider) => `Sie melden sich bei ${provider} an und kommen dann hierher zurück.`,
      button: (provider) => `Weiter zu ${provider}`,
    },
    connect: {
      title: (provider) => `${provider} verbinden`,
      explanation: (provider) => `Danach können Sie sich hier mit ${provider} anmelden.`,
      button: (provider) => `Weiter zu ${provider}`,
    },
    lastStep: {
      title: (provider) => `Zurück von ${provider}`,
      explanation: () => 'Es fehlt nur noch ein Schritt.',
      button: () => 'Abschließen',
    },
    done: 'Fertig. Es geht von selbst weiter.',
    goOn: 'Weiter',
    denied: (provider) => `Sie haben es bei ${provider} nicht erlaubt. Es hat sich nichts geändert.`,
    unfitLink: 'Der Link zu dieser Seite ist unvollständig oder führt an einen Ort, der nicht erlaubt ist.',
    incomplete: (provider) =>
      `${provider} teilt nicht alles mit, was ein Konto hier braucht. Bitte registrieren Sie sich zuerst und verbinden Sie ` +
      `${provider} danach.`,
  },
  codeMissing: 'Diese Seite braucht den vollständigen Link aus einer E-Mail.',
  noAnswer: 'Der Server hat nicht geantwortet. Bitte versuchen Sie es erneut.',
  backToSite: (siteName) => `Zu ${siteName}`,
  index: {
    title: (siteName) => `Konten von ${siteName}`,
    explanation: 'Die Kontenverwaltung läuft.',
    mounts: 'Sie antwortet unter diesen Adressen:',
    labels: {
      docs: 'Die Portress-Schnittstelle unter /api, zum Lesen und Ausprobieren',
      openApi: 'Die Portress-Schnittstelle unter /api als OpenAPI-Dokument',
      restAuth: 'Die Schnittstelle von dj-rest-auth als OpenAPI-Dokument',
      admin: 'Die Verwaltung, für Mitarbeitende',
      outbox: 'Die E-Mails, die hier aufbewahrt statt verschickt wurden',
      development: 'Soziale Anmeldung ohne Netz ausprobieren: als Ada hereinkommen',
    },
  },
  outbox: {
    title: 'Postausgang',
    explanation: 'Keine E-Mail verlässt diesen Server. Während der Entwicklung können Sie sie hier lesen.',
    erasing: 'E-Mails werden von hier gesendet, und ihr Inhalt wird danach gelöscht.',
    empty: 'Noch gibt es keine E-Mails.',
    to: 'An',
    subject: 'Betreff',
    createdAt: 'Verfasst',
    state: 'Zustand',
    waiting: 'wartet',
    sent: 'gesendet',
    kept: 'hier behalten',
    failed: 'fehlgeschlagen',
    lastFailure: 'Letzter Fehler',
    erased: 'Diese E-Mail ist gelöscht.',
    asText: 'Text',
    asHtml: 'HTML',
    back: 'Alle E-Mails',
  },
}

import type { DemoMessages } from './demo-messages.ts'

export const de: DemoMessages = {
  language: 'de',
  frame: {
    title: (siteName) => `Die Konten von ${siteName} ausprobieren`,
    explanation:
      'Alles auf dieser Seite ist echt: registrieren, die Adresse bestätigen, anmelden und sich um das eigene Konto kümmern.',
    needsScript: 'Diese Seite braucht JavaScript, weil sie die API so aufruft, wie es eigene Seiten täten.',
    skip: 'Zum Inhalt springen',
    loggedInAs: (name) => `Angemeldet als ${name}`,
    logOut: 'Abmelden',
    places: 'Was hier noch läuft',
    openOutbox: 'Postausgang öffnen',
  },
  fields: {
    identifier: 'Benutzername oder E-Mail-Adresse',
    username: 'Benutzername',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    currentPassword: 'Derzeitiges Passwort',
    newPassword: 'Neues Passwort',
    newEmail: 'Neue E-Mail-Adresse',
    firstName: 'Vorname',
    lastName: 'Nachname',
  },
  optional: 'freiwillig',
  register: {
    title: 'Registrieren',
    explanation: 'Solange E-Mails hierbleiben, genügt jede Adresse.',
    button: 'Konto anlegen',
    done: (email) =>
      `Wir haben an ${email} geschrieben. Bestätigen Sie die Adresse mit dem Link in dieser E-Mail und melden Sie sich dann an.`,
    doneWithoutMail: 'Ihr Konto ist bereit. Sie können sich jetzt anmelden.',
  },
  login: {
    title: 'Anmelden',
    button: 'Anmelden',
    lockHint:
      'Zuerst muss die Adresse bestätigt sein. Drei falsche Passwörter sperren ein Konto eine Zeit lang, und der nächste Versuch sagt, ' +
      'wie lange; Ihre eigene Schnittstelle behält das für sich, wenn Sie nichts anderes bestimmen.',
    tooOften: 'Das war zu oft.',
    wait: (seconds) => `Neuer Versuch in ${seconds}`,
    waitOver: 'Sie können es jetzt wieder versuchen.',
    done: (name) => `Willkommen, ${name}.`,
  },
  forgotten: {
    title: 'Passwort vergessen?',
    button: 'Link zuschicken',
    done: (email) => `Falls ${email} zu einem Konto gehört, liegt dort ein Link, um ein neues Passwort zu setzen.`,
  },
  account: {
    signedOut: 'Ihre Sitzung ist zu Ende. Bitte melden Sie sich wieder an.',
    loggedOut: 'Sie sind abgemeldet.',
  },
  profile: { title: 'Profil', button: 'Speichern', done: 'Ihr Profil ist gespeichert.' },
  password: {
    title: 'Passwort',
    explanation: 'Ein neues Passwort beendet alle Ihre anderen Sitzungen.',
    button: 'Passwort ändern',
    done: 'Ihr Passwort ist geändert.',
  },
  email: {
    title: 'E-Mail-Adresse',
    current: (email) => `Ihre Adresse ist ${email}.`,
    unproven: (email) => `Ihre Adresse ist ${email}. Sie ist noch nicht bestätigt.`,
    none: 'Sie haben keine Adresse angegeben.',
    button: 'Adresse ändern',
    done: (email) => `Wir haben an ${email} geschrieben. Ihre Adresse ändert sich, sobald Sie sie dort bestätigen.`,
  },
  sessions: {
    title: 'Sitzungen',
    explanation: 'Wo Sie angemeldet sind. Beenden Sie, was Sie nicht kennen.',
    thisOne: 'diese hier',
    lastUsed: (moment) => `Zuletzt benutzt: ${moment}`,
    unknownAgent: 'Unbekanntes Programm',
    end: 'Beenden',
    endNamed: (agent) => `Die Sitzung von ${agent} beenden`,
    endOthers: 'Alle anderen beenden',
    ended: 'Die Sitzung ist beendet.',
    othersEnded: 'Alle anderen Sitzungen sind beendet.',
  },
  deletion: {
    title: 'Konto löschen',
    explanation: 'Alles, was über Sie gespeichert ist, wird entfernt. Das lässt sich nicht rückgängig machen.',
    button: 'Mein Konto löschen',
    done: 'Ihr Konto ist gelöscht.',
  },
  problems: {
    network: 'Es besteht keine Verbindung. Bitte versuchen Sie es noch einmal.',
    unexpected: 'Der Server hat nicht wie erwartet geantwortet. Bitte versuchen Sie es noch einmal.',
  },
}

import { dePages } from './de-pages.ts'
import { formatWait } from './format-wait.ts'
import type { Messages } from './messages.ts'

const language = 'de'

/** German, formal. */
export const de: Messages = {
  language,
  fieldErrors: {
    required: () => 'Diese Angabe ist erforderlich.',
    unknown_field: () => 'Dieses Feld gibt es nicht.',
    not_writable: () => 'Diese Angabe kann hier nicht gesetzt werden.',
    not_text: () => 'Diese Angabe muss ein Text sein.',
    not_number: () => 'Diese Angabe muss eine Zahl sein.',
    not_boolean: () => 'Diese Angabe muss wahr oder falsch sein.',
    not_date: () => 'Diese Angabe muss ein Datum sein.',
    not_json: () => 'Diese Angabe muss gültiges JSON sein.',
    not_a_choice: ({ choices }) =>
      choices === undefined ? 'Wählen Sie einen der angebotenen Werte.' : `Wählen Sie einen dieser Werte: ${choices}.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined ? 'Diese Angabe ist zu lang.' : `Verwenden Sie höchstens ${maxLength} Zeichen.`,
    too_small: ({ min }) => (min === undefined ? 'Dieser Wert ist zu klein.' : `Der Wert muss mindestens ${min} sein.`),
    too_large: ({ max }) => (max === undefined ? 'Dieser Wert ist zu groß.' : `Der Wert darf höchstens ${max} sein.`),
    null_characters: () => 'Nullzeichen sind nicht erlaubt.',
    surrogate_characters: () => 'Diese Angabe enthält Zeichen, die kein gültiges Unicode sind.',
    email_invalid: () => 'Geben Sie eine gültige E-Mail-Adresse ein.',
    username_invalid: () => 'Verwenden Sie nur Buchstaben und Ziffern einer einzigen Schrift sowie die Zeichen . + - _',
    username_reserved: () => 'Dieser Name ist nicht verfügbar.',
    taken: () => 'Diese Angabe ist bereits vergeben.',
    password_too_short: ({ minLength }) =>
      minLength === undefined
        ? 'Dieses Passwort ist zu kurz.'
        : `Verwenden Sie ein Passwort mit mindestens ${minLength} Zeichen.`,
    password_too_long: () => 'Dieses Passwort ist zu lang.',
    password_too_common: () => 'Dieses Passwort gehört zu denen, die zuerst erraten werden.',
    password_entirely_numeric: () => 'Ein Passwort darf nicht nur aus Ziffern bestehen.',
    password_too_similar: () => 'Dieses Passwort ähnelt Ihrem Namen oder Ihrer Adresse zu sehr.',
    password_context_word: () => 'Dieses Passwort enthält den Namen dieser Website.',
    wrong_password: () => 'Dieses Passwort ist falsch.',
    differs: () => 'Die beiden Eingaben sind nicht gleich.',
    custom: ({ message }) => (message === undefined ? 'Diese Angabe ist nicht zulässig.' : `${message}`),
  },
  errors: {
    invalid_credentials: () => 'Der Name oder das Passwort ist falsch.',
    wrong_current_password: () => 'Das aktuelle Passwort ist falsch.',
    not_authenticated: () => 'Bitte melden Sie sich zuerst an.',
    token_invalid: () => 'Ihre Sitzung ist beendet. Bitte melden Sie sich erneut an.',
    code_invalid: () =>
      'Dieser Link funktioniert nicht: Er ist abgelaufen, wurde bereits verwendet oder ist unvollständig.',
    email_not_verified: () =>
      'Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse. Der Link steht in der E-Mail, die wir Ihnen gesendet haben.',
    user_not_active: () => 'Dieses Konto ist nicht aktiv.',
    locked_out: ({ retryAfterSeconds }) =>
      retryAfterSeconds === undefined
        ? 'Es wurden zu viele falsche Passwörter eingegeben. Mit diesem Namen ist keine Anmeldung möglich, bis er entsperrt wird.'
        : `Es wurden zu viele falsche Passwörter eingegeben. ${tryAgain(retryAfterSeconds)}`,
    rate_limited: ({ retryAfterSeconds }) => `Das wurde zu oft angefordert. ${tryAgain(retryAfterSeconds)}`,
    overloaded: ({ retryAfterSeconds }) => `Im Augenblick ist zu viel zu tun. ${tryAgain(retryAfterSeconds)}`,
    unavailable: ({ retryAfterSeconds }) =>
      `Der Dienst ist im Augenblick nicht erreichbar. ${tryAgain(retryAfterSeconds)}`,
    validation_failed: () => 'Bitte prüfen Sie Ihre Angaben.',
    malformed_request: () => 'Die Anfrage war nicht lesbar.',
    unsupported_media_type: () => 'Anfragen dieser Art können hier nicht gelesen werden.',
    payload_too_large: () => 'Die Anfrage ist zu groß.',
    registration_closed: () => 'Die Registrierung ist geschlossen.',
    forbidden: () => 'Dazu sind Sie nicht berechtigt.',
    cross_site_request: () => 'Diese Anfrage kam von einer anderen Website und wurde abgelehnt.',
    not_found: () => 'Hier gibt es nichts.',
    method_not_allowed: () => 'Das ist hier nicht möglich.',
    refused_by_hook: ({ message }) => message ?? 'Das wurde abgelehnt.',
    provider_refused: () => 'Diese Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
    provider_unavailable: () =>
      'Dieser Weg zur Anmeldung ist gerade nicht verfügbar. Bitte versuchen Sie es später noch einmal.',
    social_state_invalid: () =>
      'Diese Anmeldung ist abgelaufen oder wurde anderswo begonnen. Bitte beginnen Sie noch einmal.',
    email_in_use: () =>
      'Mit dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich an wie bisher und verbinden Sie es dann.',
    identity_taken: () => 'Das ist schon mit einem anderen Konto verbunden.',
    last_way_in: () => 'Das ist Ihr einziger Weg zur Anmeldung. Legen Sie zuerst ein Passwort fest.',
  },
  mail: {
    greeting: (name) => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
    linkExpires: (moment) => `Der Link funktioniert einmal und ist gültig bis ${moment}.`,
    linkAsText: 'Wenn die Schaltfläche nichts bewirkt, kopieren Sie diese Adresse in Ihren Browser:',
    footer: (siteName) => `Diese E-Mail wurde von ${siteName} automatisch gesendet. Antworten werden nicht gelesen.`,
    unknown: 'unbekannt',
  },
  mails: {
    'verify-email': {
      subject: ({ siteName }) => `Bestätigen Sie Ihre E-Mail-Adresse für ${siteName}`,
      before: ({ siteName }) => [
        `Jemand, vermutlich Sie, hat sich mit dieser E-Mail-Adresse bei ${siteName} registriert.`,
        'Bitte bestätigen Sie, dass die Adresse Ihnen gehört:',
      ],
      button: 'Adresse bestätigen',
      after: () => ['Falls Sie das nicht waren, ignorieren Sie diese E-Mail und öffnen Sie den Link nicht.'],
    },
    'already-registered': {
      subject: ({ siteName }) => `Sie haben bereits ein Konto bei ${siteName}`,
      before: ({ siteName }) => [
        `Jemand, vermutlich Sie, wollte diese E-Mail-Adresse bei ${siteName} für ein weiteres Konto verwenden. Sie gehört ` +
          'bereits zu einem, deshalb hat sich nichts geändert.',
        'Um Ihr Konto zu nutzen, melden Sie sich mit dieser Adresse und Ihrem Passwort an. Wenn Sie das Passwort ' +
          'vergessen haben, fordern Sie auf der Anmeldeseite ein neues an.',
      ],
      button: null,
      after: () => ['Falls Sie das nicht waren, müssen Sie nichts tun.'],
    },
    'reset-password': {
      subject: ({ siteName }) => `Neues Passwort für ${siteName}`,
      before: ({ siteName }) => [
        `Jemand, vermutlich Sie, möchte ein neues Passwort für Ihr Konto bei ${siteName} festlegen.`,
        'Das können Sie hier tun:',
      ],
      button: 'Neues Passwort festlegen',
      after: () => ['Falls Sie das nicht waren, ignorieren Sie diese E-Mail: Ihr Passwort bleibt, wie es ist.'],
    },
    invitation: {
      subject: ({ siteName }) => `Ihr Konto bei ${siteName}`,
      before: ({ siteName }) => [
        `Bei ${siteName} wurde für Sie ein Konto mit dieser E-Mail-Adresse angelegt.`,
        'Wählen Sie Ihr Passwort, um sich zum ersten Mal anzumelden:',
      ],
      button: 'Passwort wählen',
      after: () => [
        'Wenn der Link abgelaufen ist, fordern Sie auf der Anmeldeseite ein neues Passwort an.',
        'Falls Sie davon nichts wissen, ignorieren Sie diese E-Mail: Solange kein Passwort gewählt ist, kann sich dort niemand ' +
          'anmelden.',
      ],
    },
    'no-account': {
      subject: ({ siteName }) => `Kein Konto bei ${siteName} mit dieser Adresse`,
      before: ({ siteName }) => [
        `Jemand, vermutlich Sie, möchte bei ${siteName} ein neues Passwort für diese E-Mail-Adresse festlegen. Sie gehört ` +
          'jedoch zu keinem Konto.',
        'Vielleicht haben Sie sich mit einer anderen Adresse registriert oder noch gar nicht.',
      ],
      button: null,
      after: () => ['Falls Sie das nicht waren, müssen Sie nichts tun.'],
    },
    'confirm-email-change': {
      subject: ({ siteName }) => `Bestätigen Sie Ihre neue E-Mail-Adresse für ${siteName}`,
      before: ({ siteName }) => [
        `Jemand, vermutlich Sie, möchte diese E-Mail-Adresse für ein Konto bei ${siteName} verwenden.`,
        'Bitte bestätigen Sie, dass die Adresse Ihnen gehört:',
      ],
      button: 'Neue Adresse bestätigen',
      after: () => ['Falls Sie das nicht waren, ignorieren Sie diese E-Mail: Die Adresse wird dann nicht verwendet.'],
    },
    'email-change-requested': {
      subject: ({ siteName }) => `Ihre E-Mail-Adresse bei ${siteName} soll geändert werden`,
      before: ({ siteName, newEmail }) => [
        `Jemand, vermutlich Sie, möchte die E-Mail-Adresse Ihres Kontos bei ${siteName} ändern. Sie wird geändert, ` +
          'sobald die neue Adresse bestätigt ist.',
        `Neue Adresse: ${newEmail}`,
        'Falls Sie das nicht waren, verhindern Sie die Änderung hier:',
      ],
      button: 'Änderung verhindern',
      after: () => [
        'Sie erhalten dann eine weitere E-Mail, um ein neues Passwort festzulegen, denn jemand anderes kann sich an ' +
          'Ihrem Konto anmelden.',
        'Falls Sie es waren, müssen Sie nichts tun.',
      ],
    },
    'email-changed': {
      subject: ({ siteName }) => `Ihre E-Mail-Adresse bei ${siteName} wurde geändert`,
      before: ({ siteName, newEmail }) => [
        `Die E-Mail-Adresse Ihres Kontos bei ${siteName} wurde geändert. Ab jetzt gehen E-Mails nur noch an die neue ` +
          'Adresse.',
        `Neue Adresse: ${newEmail}`,
        'Falls Sie das nicht waren, machen Sie die Änderung hier rückgängig:',
      ],
      button: 'Änderung rückgängig machen',
      after: () => [
        'Sie erhalten dann eine weitere E-Mail, um ein neues Passwort festzulegen, denn jemand anderes kann sich an ' +
          'Ihrem Konto anmelden.',
        'Falls Sie es waren, müssen Sie nichts tun.',
      ],
    },
    'password-changed': {
      subject: ({ siteName }) => `Ihr Passwort bei ${siteName} wurde geändert`,
      before: ({ siteName }) => [
        `Das Passwort Ihres Kontos bei ${siteName} wurde geändert. Alle anderen Anmeldungen wurden beendet.`,
      ],
      button: null,
      after: () => [
        'Falls Sie das nicht waren, legen Sie sofort ein neues Passwort fest: Fordern Sie es auf der Anmeldeseite an.',
      ],
    },
    'locked-out': {
      subject: ({ siteName }) => `Ihr Konto bei ${siteName} ist gesperrt`,
      before: ({ siteName, until }) => [
        `Jemand hat für Ihr Konto bei ${siteName} mehrmals ein falsches Passwort eingegeben. Damit es niemand errät, ` +
          `ist die Anmeldung von neuen Geräten ${until === null ? 'bis zur Entsperrung' : 'vorübergehend'} gesperrt.`,
        ...(until === null ? [] : [`Gesperrt bis: ${until}`]),
        'Falls Sie das waren, entsperren Sie das Konto hier:',
      ],
      button: 'Konto entsperren',
      after: () => ['Falls Sie das nicht waren, müssen Sie nichts tun: Die eingegebenen Passwörter waren falsch.'],
    },
    'new-device': {
      subject: ({ siteName }) => `Neue Anmeldung an Ihrem Konto bei ${siteName}`,
      before: ({ siteName, agent, address, at }) => [
        `Jemand, vermutlich Sie, hat sich an Ihrem Konto bei ${siteName} mit einem Gerät angemeldet, das wir noch nicht ` +
          'kannten.',
        `Gerät: ${agent}\nNetzwerkadresse: ${address}\nZeit: ${at}`,
      ],
      button: null,
      after: () => [
        'Falls Sie das nicht waren, legen Sie sofort ein neues Passwort fest: Fordern Sie es auf der Anmeldeseite an.',
      ],
    },
    'reset-username': {
      subject: ({ siteName }) => `Neuer Benutzername für ${siteName}`,
      before: ({ siteName }) => [
        `Jemand, vermutlich Sie, möchte einen neuen Benutzernamen für Ihr Konto bei ${siteName} wählen.`,
        'Das können Sie hier tun:',
      ],
      button: 'Neuen Benutzernamen wählen',
      after: () => ['Falls Sie das nicht waren, ignorieren Sie diese E-Mail: Ihr Benutzername bleibt, wie er ist.'],
    },
    'identity-connected': {
      subject: ({ siteName }) => `Ein neuer Weg zur Anmeldung an Ihrem Konto bei ${siteName}`,
      before: ({ siteName, provider, agent, address, at }) => [
        `Jemand, vermutlich Sie, hat ${provider} mit Ihrem Konto bei ${siteName} verbunden. Wer sich bei ${provider} ` +
          'anmeldet, kommt ab jetzt ohne Ihr Passwort hinein.',
        `Gerät: ${agent}\nNetzwerkadresse: ${address}\nZeit: ${at}`,
      ],
      button: null,
      after: () => [
        'Falls Sie das nicht waren, legen Sie sofort ein neues Passwort fest: Fordern Sie es auf der Anmeldeseite an. ' +
          'Trennen Sie danach, was Sie nicht kennen.',
      ],
    },
    'username-changed': {
      subject: ({ siteName }) => `Ihr Benutzername bei ${siteName} wurde geändert`,
      before: ({ siteName }) => [
        `Der Benutzername Ihres Kontos bei ${siteName} wurde geändert. Der alte gehört nicht mehr Ihnen.`,
      ],
      button: null,
      after: () => [
        'Falls Sie das nicht waren, legen Sie sofort ein neues Passwort fest: Fordern Sie es auf der Anmeldeseite an.',
      ],
    },
  },
  pages: dePages,
}

function tryAgain(retryAfterSeconds: number | undefined): string {
  if (retryAfterSeconds === undefined) return 'Bitte versuchen Sie es später erneut.'
  return `Bitte versuchen Sie es ${formatWait(retryAfterSeconds, language)} erneut.`
}

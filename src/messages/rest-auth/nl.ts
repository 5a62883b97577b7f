import { nl as drf } from '../drf/nl.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Dutch. */
export const nl: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: '‘username’ en ‘password’ zijn verplicht.',
      email: '‘email’ en ‘password’ zijn verplicht.',
      either: 'Naast ‘password’ is ‘username’ of ‘email’ verplicht.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'Het e-mailadres is niet bevestigd.',
  },
  logout: {
    done: 'U bent afgemeld.',
    notLoggedIn: 'U moet aangemeld zijn om u te kunnen afmelden. Controleer of het token wordt meegestuurd.',
    tokenRemains:
      'Cookies en de blokkeerlijst zijn beide uitgeschakeld; het token is daarom niet van de server verwijderd. ' +
      'Zorg ervoor dat het op de client wordt verwijderd.',
    noRefreshInCookie: 'De cookies bevatten geen vernieuwingstoken.',
    noRefreshInBody: 'De gegevens van het verzoek bevatten geen vernieuwingstoken.',
  },
  passwords: {
    saved: 'Het nieuwe wachtwoord is opgeslagen.',
    resetSent: 'De e-mail om het wachtwoord opnieuw in te stellen is verzonden.',
    resetDone: 'Het wachtwoord is opnieuw ingesteld; vanaf nu geldt het nieuwe.',
    oldPasswordWrong: {
      first: 'Ongeldig wachtwoord',
      second: 'Uw oude wachtwoord is onjuist. Voer het opnieuw in.',
    },
    invalidValue: 'Ongeldige waarde',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'De bevestigingsmail is verzonden.',
    ok: 'In orde',
    emailTaken: bothGenerations('Er is al een gebruiker geregistreerd met dit e-mailadres.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Onvolledige invoer. access_token of code is vereist.',
    valueIncorrect: 'Onjuiste waarde',
    exchangeFailed: 'De code kon niet worden ingewisseld voor een toegangstoken',
    noPrivateAccess: (host) => `Geen toegang tot privégegevens bij ‘${host}’.`,
    noPasswordSet: 'Voor uw account is geen wachtwoord ingesteld.',
  },
  noRefreshToken: 'Geen geldig vernieuwingstoken gevonden.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Wachtwoord opnieuw instellen bij ${siteName}`,
        second: (siteName) => `[${siteName}] Wachtwoord opnieuw instellen`,
      },
      reason: (siteName) => `Iemand heeft een nieuw wachtwoord aangevraagd voor uw account bij ${siteName}.`,
      instruction: 'Was u dat? Kies het dan op deze pagina; zo niet, dan hoeft u niets te doen:',
      username: (username) => `Uw gebruikersnaam is ${username}.`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Bevestig uw e-mailadres`),
      reason: (siteName) => `Dit adres is opgegeven voor een account bij ${siteName}.`,
      instruction: 'Bevestig op deze pagina dat het van u is; als het account niet van u is, hoeft u niets te doen:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Het account bestaat al`),
      reason: (siteName) =>
        `Iemand heeft geprobeerd bij ${siteName} een account te openen met dit adres, dat er al een heeft.`,
      instruction: 'Was u dat en bent u uw wachtwoord vergeten? Vraag dan hier een nieuw aan:',
    },
    thanks: (siteName) => `Bedankt voor het gebruik van ${siteName}!`,
  },
}

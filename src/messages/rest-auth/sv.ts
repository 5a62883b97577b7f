import { sv as drf } from '../drf/sv.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Swedish. */
export const sv: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'Både ”username” och ”password” måste anges.',
      email: 'Både ”email” och ”password” måste anges.',
      either: 'Antingen ”username” eller ”email” måste anges, tillsammans med ”password”.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'E-postadressen är inte verifierad.',
  },
  logout: {
    done: 'Du har loggats ut.',
    notLoggedIn: 'Du måste vara inloggad för att kunna logga ut. Kontrollera att token skickas med.',
    tokenRemains:
      'Varken cookies eller spärrlistan är aktiverade, så token har inte tagits bort på servern. ' +
      'Se till att den tas bort på klienten.',
    noRefreshInCookie: 'Ingen uppdateringstoken skickades med i någon cookie.',
    noRefreshInBody: 'Ingen uppdateringstoken skickades med i begäran.',
  },
  passwords: {
    saved: 'Det nya lösenordet har sparats.',
    resetSent: 'Ett mejl för att återställa lösenordet har skickats.',
    resetDone: 'Lösenordet har återställts och ersatts med det nya.',
    oldPasswordWrong: {
      first: 'Fel lösenord',
      second: 'Det gamla lösenordet stämmer inte. Ange det en gång till.',
    },
    invalidValue: 'Ogiltigt värde',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Ett verifieringsmejl har skickats.',
    ok: 'OK',
    emailTaken: bothGenerations('Det finns redan en användare registrerad med den här e-postadressen.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Felaktiga indata. access_token eller code krävs.',
    valueIncorrect: 'Felaktigt värde',
    exchangeFailed: 'Koden kunde inte bytas mot en åtkomsttoken',
    noPrivateAccess: (host) => `Ingen åtkomst till privata resurser på ”${host}”.`,
    noPasswordSet: 'Ditt konto har inget lösenord.',
  },
  noRefreshToken: 'Ingen giltig uppdateringstoken hittades.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Återställning av lösenord på ${siteName}`,
        second: (siteName) => `[${siteName}] Återställning av lösenord`,
      },
      reason: (siteName) => `Någon har begärt ett nytt lösenord till ditt konto på ${siteName}.`,
      instruction:
        'Om det inte var du behöver du inte göra något. Om det var du väljer du ett nytt lösenord på den här sidan:',
      username: (username) => `Ditt användarnamn: ${username}`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Bekräfta din e-postadress`),
      reason: (siteName) => `Den här adressen har angetts för ett konto på ${siteName}.`,
      instruction:
        'Om kontot inte är ditt behöver du inte göra något. Annars bekräftar du på den här sidan att adressen är din:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Kontot finns redan`),
      reason: (siteName) =>
        `Någon försökte skapa ett konto på ${siteName} med den här adressen, men det finns redan ett.`,
      instruction: 'Om det var du och du har glömt lösenordet kan du begära ett nytt här:',
    },
    thanks: (siteName) => `Tack för att du använder ${siteName}!`,
  },
}

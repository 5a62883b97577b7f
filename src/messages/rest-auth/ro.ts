import { ro as drf } from '../drf/ro.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Romanian. */
export const ro: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'Trebuie trimise „username” și „password”.',
      email: 'Trebuie trimise „email” și „password”.',
      either: 'Trebuie trimise fie „username”, fie „email”, împreună cu „password”.',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'Adresa de e-mail nu este verificată.',
  },
  logout: {
    done: 'V-ați deconectat cu succes.',
    notLoggedIn: 'Vă puteți deconecta numai după ce v-ați autentificat. Verificați dacă tokenul este transmis.',
    tokenRemains:
      'Nici modulele cookie, nici lista neagră nu sunt activate, așa că tokenul nu a fost șters pe server. ' +
      'Asigurați-vă că este șters în client.',
    noRefreshInCookie: 'Tokenul de reîmprospătare lipsește din modulele cookie.',
    noRefreshInBody: 'Tokenul de reîmprospătare lipsește din datele cererii.',
  },
  passwords: {
    saved: 'Noua parolă a fost salvată.',
    resetSent: 'E-mailul pentru resetarea parolei a fost trimis.',
    resetDone: 'Parola a fost resetată și înlocuită cu cea nouă.',
    oldPasswordWrong: {
      first: 'Parolă incorectă',
      second: 'Parola veche a fost introdusă greșit. Vă rugăm să o introduceți din nou.',
    },
    invalidValue: 'Valoare nevalidă',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'E-mailul de verificare a fost trimis.',
    ok: 'OK',
    emailTaken: bothGenerations('Există deja un utilizator înregistrat cu această adresă de e-mail.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Date de intrare incorecte. Este necesar access_token sau code.',
    valueIncorrect: 'Valoare incorectă',
    exchangeFailed: 'Codul nu a putut fi schimbat cu un token de acces',
    noPrivateAccess: (host) => `Nu există acces la resursele private de la „${host}”.`,
    noPasswordSet: 'Contul dumneavoastră nu are o parolă setată.',
  },
  noRefreshToken: 'Nu a fost găsit niciun token de reîmprospătare valid.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Resetarea parolei pe ${siteName}`,
        second: (siteName) => `[${siteName}] Resetarea parolei`,
      },
      reason: (siteName) => `Cineva a cerut o parolă nouă pentru contul dumneavoastră de pe ${siteName}.`,
      instruction:
        'Dacă nu ați fost dumneavoastră, nu este nevoie să faceți nimic. Dacă da, alegeți noua parolă pe această pagină:',
      username: (username) => `Numele dumneavoastră de utilizator: ${username}`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Confirmați adresa de e-mail`),
      reason: (siteName) => `Această adresă a fost indicată pentru un cont pe ${siteName}.`,
      instruction:
        'Dacă nu este contul dumneavoastră, nu este nevoie să faceți nimic. Dacă este, confirmați pe această pagină că adresa vă aparține:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] Contul există deja`),
      reason: (siteName) =>
        `Cineva a încercat să creeze un cont pe ${siteName} cu această adresă, însă un asemenea cont există deja.`,
      instruction: 'Dacă ați fost dumneavoastră și ați uitat parola, cereți una nouă aici:',
    },
    thanks: (siteName) => `Vă mulțumim că folosiți ${siteName}!`,
  },
}

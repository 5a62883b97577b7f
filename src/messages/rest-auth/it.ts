import { it as drf } from '../drf/it.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Italian. */
export const it: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'È necessario indicare «username» e «password».',
      email: 'È necessario indicare «email» e «password».',
      either: 'È necessario indicare «username» oppure «email», insieme a «password».',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'L’indirizzo email non è verificato.',
  },
  logout: {
    done: 'Disconnessione riuscita.',
    notLoggedIn: 'Per disconnettersi occorre aver effettuato l’accesso. Controllare che il token venga inviato.',
    tokenRemains:
      'Non sono attivi né i cookie né la lista dei token revocati, quindi il token non è stato eliminato dal server. ' +
      'Assicurarsi che venga eliminato dal client.',
    noRefreshInCookie: 'I cookie non contengono alcun token di aggiornamento.',
    noRefreshInBody: 'I dati della richiesta non contengono alcun token di aggiornamento.',
  },
  passwords: {
    saved: 'La nuova password è stata salvata.',
    resetSent: 'L’email per reimpostare la password è stata inviata.',
    resetDone: 'La password è stata reimpostata; da ora vale quella nuova.',
    oldPasswordWrong: {
      first: 'Password non valida',
      second: 'La vecchia password inserita non è corretta. Inserirla di nuovo.',
    },
    invalidValue: 'Valore non valido',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'L’email di verifica è stata inviata.',
    ok: 'Fatto',
    emailTaken: bothGenerations('Un utente è già registrato con questo indirizzo email.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Dati incompleti. È richiesto access_token oppure code.',
    valueIncorrect: 'Valore errato',
    exchangeFailed: 'Impossibile scambiare il codice con un token di accesso',
    noPrivateAccess: (host) => `Nessun accesso ai dati privati di «${host}».`,
    noPasswordSet: 'Per questo account non è impostata alcuna password.',
  },
  noRefreshToken: 'Nessun token di aggiornamento valido trovato.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Reimpostazione della password su ${siteName}`,
        second: (siteName) => `[${siteName}] Reimpostazione della password`,
      },
      reason: (siteName) => `Qualcuno ha chiesto una nuova password per il Suo account su ${siteName}.`,
      instruction: 'Se è stato Lei, la scelga in questa pagina; altrimenti non occorre fare nulla:',
      username: (username) => `Il Suo nome utente è ${username}.`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Conferma dell’indirizzo email`),
      reason: (siteName) => `Questo indirizzo è stato indicato per un account su ${siteName}.`,
      instruction:
        'Confermi in questa pagina che è Suo; se invece l’account non Le appartiene, non occorre fare nulla:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] L’account esiste già`),
      reason: (siteName) =>
        `Qualcuno ha cercato di aprire un account su ${siteName} con questo indirizzo, che ne ha già uno.`,
      instruction: 'È stato Lei e ha dimenticato la password? Ne chieda qui una nuova:',
    },
    thanks: (siteName) => `Grazie per aver scelto ${siteName}!`,
  },
}

import { me as drf } from '../drf/me.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Montenegrin. */
export const me: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Neispravan token za ovog korisnika.',
  userIdInvalid: 'Neispravan identifikator korisnika ili korisnik ne postoji.',
  tokenStale: 'Zastario token za ovog korisnika.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Dva polja ${field} se ne podudaraju.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'Ne postoji korisnik sa tom adresom e-pošte.',
  cannotCreate: 'Nije moguće otvoriti nalog.',
  mails: {
    activation: {
      subject: (siteName) => `Aktivacija naloga na ${siteName}`,
      reason: (siteName) => `Ovu poruku ste dobili jer Vaš nalog na ${siteName} čeka aktivaciju.`,
      instruction: 'Da biste ga aktivirali, otvorite ovu stranicu:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - Vaš nalog je uspješno otvoren i aktiviran!`,
      reason: (siteName) => `Vaš nalog na ${siteName} je otvoren i od sada je aktivan.`,
    },
    passwordReset: {
      subject: (siteName) => `Promjena zaboravljene lozinke na ${siteName}`,
      reason: (siteName) =>
        `Ovu poruku ste dobili jer je neko, vjerovatno Vi, zatražio novu lozinku za Vaš nalog na ${siteName}.`,
      instruction: 'Da biste izabrali novu lozinku, otvorite ovu stranicu:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - Vaša lozinka je uspješno promijenjena!`,
      reason: (siteName) => `Lozinka Vašeg naloga na ${siteName} je promijenjena.`,
    },
    usernameReset: {
      subject: (siteName) => `Promjena zaboravljenog korisničkog imena na ${siteName}`,
      reason: (siteName) =>
        `Ovu poruku ste dobili jer je neko, vjerovatno Vi, zatražio novo korisničko ime za Vaš nalog na ${siteName}.`,
      instruction: 'Da biste izabrali novo korisničko ime, otvorite ovu stranicu:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - Vaše korisničko ime je uspješno promijenjeno!`,
      reason: (siteName) => `Korisničko ime Vašeg naloga na ${siteName} je promijenjeno.`,
    },
  },
  mail: {
    username: (username) => `Vaše korisničko ime, ako ste ga zaboravili: ${username}`,
    thanks: 'Hvala Vam što ste sa nama!',
    team: (siteName) => `Tim ${siteName}`,
  },
}

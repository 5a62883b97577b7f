import { ca as drf } from '../drf/ca.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Catalan. */
export const ca: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Testimoni no vàlid per a aquest usuari.',
  userIdInvalid: 'Identificador d’usuari no vàlid o usuari inexistent.',
  tokenStale: 'Testimoni obsolet per a aquest usuari.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Els dos camps ${field} no coincideixen.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'No existeix cap usuari amb aquest correu electrònic.',
  cannotCreate: 'No s’ha pogut crear el compte.',
  mails: {
    activation: {
      subject: (siteName) => `Activació del compte a ${siteName}`,
      reason: (siteName) => `Rebeu aquest correu perquè el vostre compte a ${siteName} està pendent d’activació.`,
      instruction: 'Per activar-lo, obriu aquesta pàgina:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - El vostre compte s’ha creat i activat correctament!`,
      reason: (siteName) => `El vostre compte a ${siteName} s’ha creat i ja està actiu.`,
    },
    passwordReset: {
      subject: (siteName) => `Restabliment de la contrasenya a ${siteName}`,
      reason: (siteName) =>
        `Rebeu aquest correu perquè algú, probablement vós, ha demanat una contrasenya nova per al vostre compte a ${siteName}.`,
      instruction: 'Per triar una contrasenya nova, obriu aquesta pàgina:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - La vostra contrasenya s’ha canviat correctament!`,
      reason: (siteName) => `La contrasenya del vostre compte a ${siteName} s’ha canviat.`,
    },
    usernameReset: {
      subject: (siteName) => `Restabliment del nom d’usuari a ${siteName}`,
      reason: (siteName) =>
        `Rebeu aquest correu perquè algú, probablement vós, ha demanat un nom d’usuari nou per al vostre compte a ${siteName}.`,
      instruction: 'Per triar un nom d’usuari nou, obriu aquesta pàgina:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - El vostre nom d’usuari s’ha canviat correctament!`,
      reason: (siteName) => `El nom d’usuari del vostre compte a ${siteName} s’ha canviat.`,
    },
  },
  mail: {
    username: (username) => `El vostre nom d’usuari, per si l’heu oblidat: ${username}`,
    thanks: 'Gràcies per ser amb nosaltres!',
    team: (siteName) => `L’equip de ${siteName}`,
  },
}

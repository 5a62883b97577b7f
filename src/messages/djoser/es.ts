import { es as drf } from '../drf/es.ts'
import type { DjoserMessages } from './djoser-messages.ts'

/** Spanish. */
export const es: DjoserMessages = {
  language: drf.language,
  cannotLogIn: drf.authentication.cannotLogIn,
  tokenInvalid: 'Token no válido para este usuario.',
  userIdInvalid: 'Identificador de usuario no válido o usuario inexistente.',
  tokenStale: 'Token obsoleto para este usuario.',
  passwordsDiffer: drf.fieldErrors.differs({}),
  fieldsDiffer: (field) => `Los dos campos ${field} no coinciden.`,
  passwordInvalid: drf.fieldErrors.wrong_password({}),
  emailUnknown: 'No existe ningún usuario con este correo electrónico.',
  cannotCreate: 'No se pudo crear la cuenta.',
  mails: {
    activation: {
      subject: (siteName) => `Activación de la cuenta en ${siteName}`,
      reason: (siteName) => `Recibe este correo porque su cuenta en ${siteName} está pendiente de activación.`,
      instruction: 'Para activarla, abra esta página:',
    },
    confirmation: {
      subject: (siteName) => `${siteName} - ¡Su cuenta se ha creado y activado correctamente!`,
      reason: (siteName) => `Su cuenta en ${siteName} se ha creado y ya está activa.`,
    },
    passwordReset: {
      subject: (siteName) => `Restablecimiento de la contraseña en ${siteName}`,
      reason: (siteName) =>
        `Recibe este correo porque alguien, probablemente usted, ha pedido una contraseña nueva para su cuenta en ${siteName}.`,
      instruction: 'Para elegir una contraseña nueva, abra esta página:',
    },
    passwordChanged: {
      subject: (siteName) => `${siteName} - ¡Su contraseña se ha cambiado correctamente!`,
      reason: (siteName) => `La contraseña de su cuenta en ${siteName} se ha cambiado.`,
    },
    usernameReset: {
      subject: (siteName) => `Restablecimiento del nombre de usuario en ${siteName}`,
      reason: (siteName) =>
        `Recibe este correo porque alguien, probablemente usted, ha pedido un nombre de usuario nuevo para su cuenta en ${siteName}.`,
      instruction: 'Para elegir un nombre de usuario nuevo, abra esta página:',
    },
    usernameChanged: {
      subject: (siteName) => `${siteName} - ¡Su nombre de usuario se ha cambiado correctamente!`,
      reason: (siteName) => `El nombre de usuario de su cuenta en ${siteName} se ha cambiado.`,
    },
  },
  mail: {
    username: (username) => `Su nombre de usuario, por si lo ha olvidado: ${username}`,
    thanks: '¡Gracias por estar con nosotros!',
    team: (siteName) => `El equipo de ${siteName}`,
  },
}

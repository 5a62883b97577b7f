import { es as drf } from '../drf/es.ts'
import { bothGenerations } from './both-generations.ts'
import type { RestAuthMessages } from './rest-auth-messages.ts'

/** Spanish. */
export const es: RestAuthMessages = {
  language: drf.language,
  login: {
    mustInclude: {
      username: 'Debe incluir «username» y «password».',
      email: 'Debe incluir «email» y «password».',
      either: 'Debe incluir «username» o «email», además de «password».',
    },
    cannotLogIn: drf.authentication.cannotLogIn,
    emailNotVerified: 'La dirección de correo electrónico no está verificada.',
  },
  logout: {
    done: 'Se ha cerrado la sesión correctamente.',
    notLoggedIn: 'Para cerrar la sesión debe haberla iniciado. Compruebe que se envía el token.',
    tokenRemains:
      'No están habilitadas ni las cookies ni la lista negra, por lo que el token no se ha eliminado en el servidor. ' +
      'Asegúrese de que se elimine en el cliente.',
    noRefreshInCookie: 'Las cookies no contienen ningún token de actualización.',
    noRefreshInBody: 'Los datos de la solicitud no contienen ningún token de actualización.',
  },
  passwords: {
    saved: 'Se ha guardado la contraseña nueva.',
    resetSent: 'Se ha enviado el correo para restablecer la contraseña.',
    resetDone: 'La contraseña se ha restablecido y ya puede usar la nueva.',
    oldPasswordWrong: {
      first: 'Contraseña no válida',
      second: 'La contraseña anterior no es correcta. Vuelva a introducirla.',
    },
    invalidValue: 'Valor no válido',
    differ: bothGenerations(drf.fieldErrors.differs({})),
  },
  registration: {
    verificationSent: 'Se ha enviado el correo de verificación.',
    ok: 'Correcto',
    emailTaken: bothGenerations('Ya hay un usuario registrado con esta dirección de correo electrónico.'),
    passwordsDiffer: drf.fieldErrors.differs({}),
    usernameRefused: drf.fieldErrors.username_reserved({}),
    passwordTooShort: bothGenerations((minLength) => drf.fieldErrors.password_too_short({ minLength })),
  },
  social: {
    inputMissing: 'Datos incompletos. Se requiere access_token o code.',
    valueIncorrect: 'Valor incorrecto',
    exchangeFailed: 'No se pudo canjear el código por un token de acceso',
    noPrivateAccess: (host) => `Sin acceso a los datos privados de «${host}».`,
    noPasswordSet: 'Su cuenta no tiene ninguna contraseña establecida.',
  },
  noRefreshToken: 'No se encontró ningún token de actualización válido.',
  mails: {
    passwordReset: {
      subject: {
        first: (siteName) => `Restablecimiento de la contraseña en ${siteName}`,
        second: (siteName) => `[${siteName}] Restablecimiento de la contraseña`,
      },
      reason: (siteName) => `Alguien ha pedido una contraseña nueva para su cuenta en ${siteName}.`,
      instruction: 'Si ha sido usted, elíjala en esta página; si no, no tiene que hacer nada:',
      username: (username) => `Su nombre de usuario es ${username}.`,
    },
    confirmEmail: {
      subject: bothGenerations((siteName) => `[${siteName}] Confirme su dirección de correo electrónico`),
      reason: (siteName) => `Se ha indicado esta dirección para una cuenta en ${siteName}.`,
      instruction: 'Confirme en esta página que es suya; si la cuenta no lo es, no tiene que hacer nada:',
    },
    accountExists: {
      subject: bothGenerations((siteName) => `[${siteName}] La cuenta ya existe`),
      reason: (siteName) =>
        `Alguien ha intentado abrir en ${siteName} una cuenta con esta dirección, que ya tiene una.`,
      instruction: '¿Ha sido usted y ha olvidado la contraseña? Pida una nueva aquí:',
    },
    thanks: (siteName) => `¡Gracias por usar ${siteName}!`,
  },
}

import { attributeName } from './attribute-name.ts'
import { counted } from './counted.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfMessages } from './drf-messages.ts'

const language = 'es'
const characters = counted(language, { one: 'carácter', other: 'caracteres' })
const seconds = counted(language, { one: 'segundo', other: 'segundos' })

const attributes = {
  username: 'al nombre de usuario',
  email: 'a la dirección de correo electrónico',
  firstName: 'al nombre',
  lastName: 'a los apellidos',
  other: 'a los datos de la cuenta',
}

/** Spanish. */
export const es: DrfMessages = {
  language,
  fieldErrors: {
    required: () => 'Este campo es obligatorio.',
    unknown_field: () => 'Este campo no existe.',
    not_writable: () => 'Este campo es de solo lectura.',
    not_text: () => 'No es una cadena válida.',
    not_number: () => 'Se requiere un número válido.',
    not_boolean: () => 'Debe ser un booleano válido.',
    not_date: ({ format }) =>
      `La fecha y la hora tienen un formato incorrecto.${format === undefined ? '' : ` Use uno de los siguientes formatos: ${format}.`}`,
    not_json: () => 'El valor debe ser JSON válido.',
    not_a_choice: ({ input }) =>
      input === undefined ? 'No es una opción válida.' : `«${input}» no es una opción válida.`,
    too_long: ({ maxLength }) =>
      maxLength === undefined
        ? 'Este valor es demasiado largo.'
        : `Asegúrese de que este campo no tenga más de ${characters(maxLength)}.`,
    too_small: ({ min }) =>
      min === undefined
        ? 'Este valor es demasiado pequeño.'
        : `Asegúrese de que este valor sea mayor o igual que ${min}.`,
    too_large: ({ max }) =>
      max === undefined
        ? 'Este valor es demasiado grande.'
        : `Asegúrese de que este valor sea menor o igual que ${max}.`,
    null_characters: () => 'No se permiten caracteres nulos.',
    surrogate_characters: ({ codePoint }) =>
      `No se permiten caracteres sustitutos${codePoint === undefined ? '' : `: ${codePoint}`}.`,
    email_invalid: () => 'Introduzca una dirección de correo electrónico válida.',
    username_invalid: () =>
      'Introduzca un nombre de usuario válido. Solo puede contener letras, números y los caracteres @/./+/-/_.',
    username_reserved: () => 'Este nombre de usuario no se puede usar. Elija otro, por favor.',
    taken: ({ model, field }) =>
      model === undefined || field === undefined
        ? 'Este campo debe ser único.'
        : `Ya existe ${model} con este valor de ${field}.`,
    password_too_short: ({ minLength }) =>
      `Esta contraseña es demasiado corta.${minLength === undefined ? '' : ` Debe contener al menos ${characters(minLength)}.`}`,
    password_too_long: () => 'Esta contraseña es demasiado larga.',
    password_too_common: () => 'Esta contraseña es demasiado común.',
    password_entirely_numeric: () => 'Esta contraseña es completamente numérica.',
    password_too_similar: ({ attribute }) =>
      `La contraseña es demasiado similar ${attributeName(attributes, attribute)}.`,
    password_context_word: () => 'Esta contraseña contiene el nombre de este sitio.',
    wrong_password: () => 'Contraseña incorrecta.',
    differs: () => 'Los dos campos de contraseña no coinciden.',
    custom: ({ message }) => (message === undefined ? 'Valor no válido.' : `${message}`),
  },
  fields: {
    notNull: 'Este campo no puede ser nulo.',
    notBlank: 'Este campo no puede estar en blanco.',
    minLength: (minLength) => `Asegúrese de que este campo tenga al menos ${characters(minLength)}.`,
    notAnInteger: 'Se requiere un número entero válido.',
    numberTooLong: 'La cadena es demasiado larga para un número.',
    usernameTaken: 'Ya existe un usuario con ese nombre.',
  },
  requests: {
    noData: 'No se proporcionaron datos',
    invalidData: (type) => `Datos no válidos. Se esperaba un diccionario, pero se recibió ${type}.`,
    jsonParseError: (detail) => `Error al analizar el JSON - ${detail}`,
    multipartParseError: (detail) => `Error al analizar el formulario multiparte - ${detail}`,
    malformed: 'Solicitud con formato incorrecto.',
    unsupportedMediaType: (type) => `Tipo de medio «${type}» no admitido en la solicitud.`,
    notAcceptable: 'No se ha podido satisfacer la cabecera Accept de la solicitud.',
    methodNotAllowed: (method) => `Método «${method}» no permitido.`,
    notFound: 'No encontrado.',
    noMatch: (model) => `Ningún objeto ${model} coincide con la consulta.`,
    invalidPage: 'Página no válida.',
    throttled: (wait) =>
      `La solicitud fue limitada.${wait === null ? '' : ` Se espera que esté disponible en ${seconds(wait)}.`}`,
    payloadTooLarge: 'La solicitud es demasiado grande.',
    serverError: 'Se ha producido un error en el servidor.',
    unavailable: 'El servicio no está disponible temporalmente.',
  },
  authentication: {
    credentialsMissing: 'No se proporcionaron credenciales de autenticación.',
    credentialsIncorrect: 'Credenciales de autenticación incorrectas.',
    permissionDenied: 'No tiene permiso para realizar esta acción.',
    invalidToken: 'Token no válido.',
    userInactiveOrDeleted: 'Usuario inactivo o eliminado.',
    tokenHeader: {
      noCredentials: 'Cabecera de token no válida. No se proporcionaron credenciales.',
      containsSpaces: 'Cabecera de token no válida. El token no debe contener espacios.',
      invalidCharacters: 'Cabecera de token no válida. El token no debe contener caracteres no válidos.',
    },
    basicHeader: {
      noCredentials: 'Cabecera Basic no válida. No se proporcionaron credenciales.',
      containsSpaces: 'Cabecera Basic no válida. Las credenciales no deben contener espacios.',
      notBase64: 'Cabecera Basic no válida. Las credenciales no están codificadas correctamente en base64.',
    },
    invalidUsernameOrPassword: 'Nombre de usuario o contraseña no válidos.',
    cannotLogIn: 'No es posible iniciar sesión con las credenciales proporcionadas.',
    userDisabled: 'La cuenta de usuario está desactivada.',
  },
  jwt: {
    headerNeedsTwoValues: 'La cabecera Authorization debe contener dos valores separados por un espacio',
    notValidForAnyType: 'El token dado no es válido para ningún tipo de token',
    invalid: 'El token no es válido',
    expired: 'El token ha caducado',
    wrongType: 'El token es de un tipo incorrecto',
    blacklisted: 'El token está en la lista negra',
    noType: 'El token no tiene tipo',
    noId: 'El token no tiene identificador',
    missingClaim: (claim) => `El token no tiene la reclamación «${claim}»`,
    noUserIdentification: 'El token no contiene ninguna identificación de usuario reconocible',
    userNotFound: 'Usuario no encontrado',
    userInactive: 'El usuario está inactivo',
    noActiveAccount: 'No se encontró ninguna cuenta activa con las credenciales dadas',
    noActiveAccountForToken: 'No se encontró ninguna cuenta activa para el token dado.',
  },
  csrf: csrfWords,
}

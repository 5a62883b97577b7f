import type { DrfMessages } from '../drf/drf-messages.ts'
import { en as drf } from '../drf/en.ts'
import type { DjoserMessages } from './djoser-messages.ts'
import { en as djoser } from './en.ts'

const tokenWrong = 'CSRF token missing or incorrect.'
const cannotLogIn = 'Unable to login with provided credentials.'

/**
 * The words of the first generation (0.1) where they are others than today's. There were no translations then, so
 * these are answered in every language.
 */
export const firstGeneration: { readonly drf: DrfMessages; readonly djoser: DjoserMessages } = {
  drf: {
    ...drf,
    fieldErrors: {
      ...drf.fieldErrors,
      username_invalid: () => 'Enter a valid username.',
      taken: ({ model, field }) =>
        model === undefined || field === undefined
          ? drf.fieldErrors.taken({})
          : `${capitalised(model)} with this ${capitalised(field)} already exists.`,
      too_long: ({ maxLength, length }) =>
        maxLength === undefined ? drf.fieldErrors.too_long({}) : tooLong(maxLength, length),
    },
    fields: {
      ...drf.fields,
      // It did not tell an empty value from none.
      notNull: drf.fieldErrors.required({}),
      notBlank: drf.fieldErrors.required({}),
      usernameTaken: 'User with this Username already exists.',
    },
    requests: {
      ...drf.requests,
      noData: 'No input provided',
      invalidData: () => 'Invalid data',
      unsupportedMediaType: (type) => `Unsupported media type '${type}' in request.`,
      notAcceptable: "Could not satisfy the request's Accept header",
      methodNotAllowed: (method) => `Method '${method}' not allowed.`,
      notFound: 'Not found',
    },
    authentication: {
      ...drf.authentication,
      invalidToken: 'Invalid token',
      userInactiveOrDeleted: 'User inactive or deleted',
      cannotLogIn,
    },
    csrf: {
      ...drf.csrf,
      tokenMissing: tokenWrong,
      tokenIncorrect: () => tokenWrong,
      tokenLength: () => tokenWrong,
      tokenCharacters: () => tokenWrong,
    },
  },
  djoser: { ...djoser, cannotLogIn },
}

function tooLong(maxLength: string | number, length: string | number | undefined): string {
  const noun = Number(maxLength) === 1 ? 'character' : 'characters'
  const has = length === undefined ? '' : ` (it has ${length})`
  return `Ensure this value has at most ${maxLength} ${noun}${has}.`
}

function capitalised(label: string | number): string {
  const [first = '', ...rest] = `${label}`
  return first.toUpperCase() + rest.join('')
}

import type { RestAuthGeneration, RestAuthOptions } from '../../../../src/dialects/rest-auth/options.ts'
import { restAuth } from '../../../../src/dialects/rest-auth/rest-auth.ts'
import type { FieldDefinitions } from '../../../../src/model/field.ts'
import { type Browser, newBrowser } from '../../drf/support/browser.ts'
import { closedAfterEach, type DrfWorld, drfWorld, type EngineOptions } from '../../drf/support/drf-world.ts'
import { PASSWORD } from '../../drf/support/passwords.ts'
import type { Ask } from '../../drf/support/request.ts'

/** For tests of what both have in common. */
export const GENERATIONS: readonly RestAuthGeneration[] = ['0.9', '7']

/** Where the pages of the front end lie that mails lead to. */
const LINKS = {
  passwordResetConfirmUrl: 'password-reset/confirm/{uid}/{token}/',
  accountConfirmEmailUrl: 'confirm-email/{key}/',
} as const

/** An account system with the rest-auth door at `/rest-auth` for generation 0.9, at `/dj-rest-auth` for 7. */
export interface RestAuthWorld<F extends FieldDefinitions = FieldDefinitions> extends DrfWorld<F> {
  /** A browser of its own: keeps cookies, and sends the CSRF token that it was given. */
  browser(): Browser
}

type NewWorld = <const F extends FieldDefinitions = Record<never, never>>(
  options?: RestAuthOptions,
  engineOptions?: EngineOptions<F>,
) => RestAuthWorld<F>

/** Makes worlds for the tests of a file, and closes them after each test. */
export function restAuthWorlds(): NewWorld {
  const closed = closedAfterEach()
  return (options, engineOptions) => closed(restAuthWorld(options, engineOptions))
}

/**
 * One world, still open.
 *
 * Users log in by name, and an address may be unproven, as at a fresh site of the original.
 */
export function restAuthWorld<const F extends FieldDefinitions = Record<never, never>>(
  options: RestAuthOptions = {},
  engine: EngineOptions<F> = {},
): RestAuthWorld<F> {
  const isOld = options.generation === '0.9'
  const door = {
    mount: isOld ? '/rest-auth' : '/dj-rest-auth',
    jwtKeyword: isOld ? 'JWT' : 'Bearer',
    dialect: restAuth({ ...LINKS, ...options }),
    login: loginOf,
    tokenIn: (body: unknown) => {
      const { key, token, access } = Object(body)
      return key ?? token ?? access
    },
  } as const
  const world = drfWorld<F>(door, { ...engine, login: { identifiers: ['username'], ...engine.login } })
  return { ...world, browser: () => newBrowser(world, loginOf) }
}

const loginOf = (username: string, password: string = PASSWORD): Ask => [
  'POST login/',
  { json: { username, password } },
]

import type { RestRegistrationOptions } from '../../../../src/dialects/rest-registration/options.ts'
import { restRegistration } from '../../../../src/dialects/rest-registration/rest-registration.ts'
import type { FieldDefinitions } from '../../../../src/model/field.ts'
import { type Browser, newBrowser } from '../../drf/support/browser.ts'
import { closedAfterEach, type DrfWorld, drfWorld, type EngineOptions } from '../../drf/support/drf-world.ts'
import { PASSWORD } from '../../drf/support/passwords.ts'
import type { Ask } from '../../drf/support/request.ts'

/** Where the pages of the front end lie that mails lead to. */
const PAGES = {
  registerVerificationUrl: 'https://app.acme.test/verify-user/',
  resetPasswordVerificationUrl: 'https://app.acme.test/reset-password/',
  registerEmailVerificationUrl: 'https://app.acme.test/verify-email/',
} as const

/** What of `REST_FRAMEWORK` the original's own documents begin with: sessions first, and no tokens. */
export const SESSIONS_ONLY = { authentication: ['session', 'basic'] } as const satisfies RestRegistrationOptions

export const TOKENS_ONLY = { authentication: ['token'] } as const satisfies RestRegistrationOptions

/** An account system with the rest-registration door at `/accounts`. */
export interface RestRegistrationWorld<F extends FieldDefinitions = FieldDefinitions> extends DrfWorld<F> {
  /** A browser of its own: keeps cookies, and sends the CSRF token that it was given. */
  browser(): Browser
}

type NewWorld = <const F extends FieldDefinitions = Record<never, never>>(
  options?: RestRegistrationOptions,
  engineOptions?: EngineOptions<F>,
) => RestRegistrationWorld<F>

/** Makes worlds for the tests of a file, and closes them after each test. */
export function restRegistrationWorlds(): NewWorld {
  const closed = closedAfterEach()
  return (options, engineOptions) => closed(restRegistrationWorld(options, engineOptions))
}

/**
 * One world, still open.
 *
 * What logs in are `userLoginFields`, which is the name unless a test says otherwise, and an address may be unproven, as
 * at a fresh site of the original. Tokens are given and taken beside sessions, because `authentication` has both.
 */
export function restRegistrationWorld<const F extends FieldDefinitions = Record<never, never>>(
  options: RestRegistrationOptions = {},
  engine: EngineOptions<F> = {},
): RestRegistrationWorld<F> {
  const byEmail = engine.user?.username === 'none'
  const identifiers = options.userLoginFields ?? [byEmail ? 'email' : 'username']
  const door = {
    mount: '/accounts',
    dialect: restRegistration({ ...PAGES, ...options }),
    login: loginOf,
    tokenIn: (body: unknown) => Object(body).token,
  }
  const world = drfWorld<F>(door, { ...engine, login: { identifiers, ...engine.login } })
  return { ...world, browser: () => newBrowser(world, loginOf) }
}

const loginOf = (login: string, password: string = PASSWORD): Ask => ['POST login/', { json: { login, password } }]

import { type DjoserOptions, djoser } from '../../../../src/dialects/djoser/index.ts'
import type { FieldDefinitions } from '../../../../src/model/field.ts'
import { closedAfterEach, type DrfWorld, drfWorld, type EngineOptions } from '../../drf/support/drf-world.ts'

/** Where the pages of the front end lie that mails lead to. */
const LINKS = {
  activationUrl: '#/activate/{uid}/{token}',
  passwordResetConfirmUrl: '#/password/reset/confirm/{uid}/{token}',
  usernameResetConfirmUrl: '#/username/reset/confirm/{uid}/{token}',
} as const

export interface SiteOptions<F extends FieldDefinitions = FieldDefinitions> extends EngineOptions<F> {
  /** Settings of the door. */
  readonly djoser?: DjoserOptions
}

/** An account system with the djoser door at `/auth`. */
export type DjoserSite<F extends FieldDefinitions = FieldDefinitions> = DrfWorld<F>

/** Makes sites for the tests of a file, and closes them after each test. */
export function djoserSites(): <const F extends FieldDefinitions = Record<never, never>>(
  options?: SiteOptions<F>,
) => DjoserSite<F> {
  const closed = closedAfterEach()
  return (options) => closed(djoserSite(options))
}

/** One site, still open. */
export function djoserSite<const F extends FieldDefinitions = Record<never, never>>({
  djoser: settings = {},
  ...engine
}: SiteOptions<F> = {}): DjoserSite<F> {
  const door = {
    mount: '/auth',
    dialect: djoser({ ...LINKS, ...settings }),
    login: (username: string, password: string) => ['POST token/login/', { json: { username, password } }] as const,
    tokenIn: (body: unknown) => Object(body).auth_token,
  }
  return drfWorld<F>(door, engine as EngineOptions<F>)
}

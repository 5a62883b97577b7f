import type { RestRegistrationOptions } from '../../../../src/dialects/rest-registration/options.ts'
import { type Answer, readAnswer } from '../../../security/support/answer.ts'
import { type CallOptions, requestFor } from './request.ts'
import { OTHER_PASSWORD, type RestRegistrationWorld } from './world.ts'

/** A way to present the password of somebody, which nobody may use to guess it. */
export interface Door {
  readonly name: string
  /** What is sent for this password. */
  readonly request: (username: string, password: string) => readonly [row: string, options: CallOptions]
}

/** A site where each of these doors is open: by name, by address, and by Basic. */
export const EVERY_DOOR = {
  authentication: ['token', 'basic'],
  userLoginFields: ['username', 'email'],
} as const satisfies RestRegistrationOptions

const login = (name: string, identifier: (username: string) => string): Door => ({
  name,
  request: (username, password) => ['POST login/', { json: { login: identifier(username), password } }],
})

/** Where people log in. */
export const LOGIN_DOORS: readonly [Door, Door, ...Door[]] = [
  login('login/ by name', (username) => username),
  login('login/ by address', (username) => `${username}@example.org`),
  login('login/ by another spelling of the address', (username) => ` ${username.toUpperCase()}@Example.ORG `),
  { name: 'basic', request: (username, password) => ['GET profile/', { basic: `${username}:${password}` }] },
]

/** Where somebody who is logged in must confirm who they are; the second of them is refused for another reason as well. */
const confirmingDoors = (token: string): readonly Door[] =>
  [OTHER_PASSWORD, null].map((again) => ({
    name: `change-password/ with ${again === null ? 'half of' : ''} a new one`,
    request: (_, password) => [
      'POST change-password/',
      { token, json: { old_password: password, password: OTHER_PASSWORD, password_confirm: again } },
    ],
  }))

/** Makes the user `victim`, and every door to the account. */
export async function doorsTo(world: RestRegistrationWorld): Promise<readonly [Door, ...Door[]]> {
  const { token } = await world.member('victim')
  return [...LOGIN_DOORS, ...confirmingDoors(token)]
}

export interface Knock {
  /** @default 'victim' */
  readonly username?: string
  readonly password: string
  /** @default a stranger's */
  readonly address?: string
}

/** Presents a password at a door, and gives everything of the answer that a client can see. */
export async function knock(
  world: Pick<RestRegistrationWorld, 'auth'>,
  { request }: Door,
  { username = 'victim', password, address = '203.0.113.66' }: Knock,
): Promise<Answer> {
  return ask(world, request(username, password), address)
}

/** Sends a request as a stranger. */
export async function ask(
  { auth }: Pick<RestRegistrationWorld, 'auth'>,
  [row, options]: readonly [row: string, options: CallOptions],
  address = '203.0.113.66',
): Promise<Answer> {
  return readAnswer(await auth.fetch(requestFor(row, options), { address }))
}

import type { RestAuthOptions } from '../../../../src/dialects/rest-auth/options.ts'
import { type Answer, readAnswer } from '../../../security/support/answer.ts'
import { type CallOptions, requestFor } from './request.ts'
import { OTHER_PASSWORD, type RestAuthWorld } from './world.ts'

/** A way to present the password of somebody, which nobody may use to guess it. */
export interface Door {
  readonly name: string
  /** What is sent for this password. */
  readonly request: (username: string, password: string) => readonly [row: string, options: CallOptions]
}

/** A site where each of these doors is open: by name, by address, by what may be either, and by Basic. */
export const EVERY_DOOR = {
  authentication: ['token', 'basic'],
  loginMethods: ['username', 'email'],
  oldPasswordFieldEnabled: true,
} as const satisfies RestAuthOptions

/** The engine of such a site. */
export const BOTH_IDENTIFIERS = { identifiers: ['username', 'email'], emailMustBeVerified: false } as const

const login = (name: string, body: (username: string) => object): Door => ({
  name,
  request: (username, password) => ['POST login/', { json: { ...body(username), password } }],
})

/** Where people log in. */
export const LOGIN_DOORS: readonly [Door, ...Door[]] = [
  login('login/ by name', (username) => ({ username })),
  login('login/ by address', (username) => ({ email: `${username}@example.org` })),
  login('login/ by address in the field of names', (username) => ({
    username: `${username.toUpperCase()}@Example.org`,
  })),
  {
    name: 'basic',
    request(username, password) {
      const pair = Buffer.from(`${username}:${password}`).toString('base64')
      return ['GET user/', { headers: { authorization: `Basic ${pair}` } }]
    },
  },
]

/** Where somebody who is logged in must confirm who they are; the second of them only looks whether they can. */
const confirmingDoors = (token: string): readonly Door[] =>
  [OTHER_PASSWORD, null].map((again) => ({
    name: `password/change/ with ${again === null ? 'half of' : ''} a new one`,
    request: (_, password) => [
      'POST password/change/',
      { token, json: { old_password: password, new_password1: OTHER_PASSWORD, new_password2: again } },
    ],
  }))

/** Makes the user `victim`, and every door to the account. */
export async function doorsTo(world: RestAuthWorld): Promise<readonly [Door, ...Door[]]> {
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
  { auth, mount }: Pick<RestAuthWorld, 'auth' | 'mount'>,
  { request }: Door,
  { username = 'victim', password, address = '203.0.113.66' }: Knock,
): Promise<Answer> {
  const [row, options] = request(username, password)
  return readAnswer(await auth.fetch(requestFor({ mount }, row, options), { address }))
}

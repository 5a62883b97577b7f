import { type Answer, readAnswer } from '../../../security/support/answer.ts'
import type { DrfWorld } from './drf-world.ts'
import { OTHER_PASSWORD } from './passwords.ts'
import type { Ask, CallOptions } from './request.ts'

/** A way to present the password of somebody, which nobody may use to guess it. */
export interface Door {
  readonly name: string
  /** What is sent for this password. */
  readonly request: (username: string, password: string) => Ask
}

export type Doors = readonly [Door, Door, ...Door[]]

/** By HTTP Basic, at a row that shows one's own account. */
export const basicDoor = (row: string): Door => ({
  name: 'basic',
  request: (username, password) => [row, { basic: `${username}:${password}` }],
})

/** A row that asks somebody who is logged in for the password, too. */
export const confirmingDoor = (
  { row, credential, name = row }: { readonly row: string; readonly credential: CallOptions; readonly name?: string },
  body: (password: string) => object,
): Door => ({ name, request: (_, password) => [row, { ...credential, json: body(password) }] })

/** What is typed for a new password and its repetition; the second time it is refused for another reason as well. */
export const NEW_PASSWORDS: readonly { readonly how: string; readonly again: string | null }[] = [
  { how: 'a new one', again: OTHER_PASSWORD },
  { how: 'half of a new one', again: null },
]

export interface Knock {
  /** @default 'victim' */
  readonly username?: string
  readonly password: string
  /** @default a stranger's */
  readonly address?: string
}

type Asked = Pick<DrfWorld, 'auth' | 'request'>

/** Presents a password at a door, and gives everything of the answer that a client can see. */
export async function knock(
  world: Asked,
  { request }: Door,
  { username = 'victim', password, address }: Knock,
): Promise<Answer> {
  return ask(world, request(username, password), address)
}

/** Sends a request as a stranger. */
export async function ask({ auth, request }: Asked, sent: Ask, address = '203.0.113.66'): Promise<Answer> {
  return readAnswer(await auth.fetch(request(...sent), { address }))
}

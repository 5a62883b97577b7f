import { type Answer, readAnswer } from '../../../security/support/answer.ts'
import { textIn } from './answer.ts'
import { type CallOptions, type DjoserSite, OTHER_PASSWORD, PASSWORD, requestFor } from './djoser-site.ts'

/** A way to present the password of somebody, which nobody may use to guess it. */
export interface Door {
  readonly name: string
  /** What is sent for this password. */
  readonly request: (username: string, password: string) => readonly [row: string, options: CallOptions]
}

/** Where people log in. */
export const LOGIN_DOORS: readonly Door[] = [
  {
    name: 'token/login/',
    request: (username, password) => ['POST token/login/', { json: { username, password } }],
  },
  {
    name: 'jwt/create/',
    request: (username, password) => ['POST jwt/create/', { json: { username, password } }],
  },
  {
    name: 'login of the first generation',
    request: (username, password) => ['POST login', { json: { username, password } }],
  },
  {
    name: 'basic',
    request(username, password) {
      const pair = Buffer.from(`${username}:${password}`).toString('base64')
      return ['GET users/me/', { headers: { authorization: `Basic ${pair}` } }]
    },
  },
]

/** Where somebody who is logged in must confirm who they are. */
function confirmingDoors({ token, jwt }: { readonly token: string; readonly jwt: string }): readonly Door[] {
  const own = (row: string, credential: CallOptions, body: object = {}): Door => ({
    name: row,
    request: (_, password) => [row, { ...credential, json: { current_password: password, ...body } }],
  })
  return [
    own('POST users/set_password/', { token }, { new_password: OTHER_PASSWORD }),
    own('POST users/set_username/', { jwt }, { new_username: 'other' }),
    own('DELETE users/me/', { token }),
    own('DELETE users/1/', { jwt }),
  ]
}

/** A site where each of these doors is open. */
export const EVERY_DOOR = { authentication: ['token', 'jwt', 'basic'] } as const

/** Makes the first user, `victim`, and every door to the account. */
export async function doorsTo(site: DjoserSite): Promise<readonly Door[]> {
  const { id, token } = await site.member('victim')
  if (id !== 1) throw new Error('the victim must be the first user')
  const pair = await site.call('POST jwt/create/', { json: { username: 'victim', password: PASSWORD } })
  return [...LOGIN_DOORS, ...confirmingDoors({ token, jwt: textIn(pair, 'access') })]
}

/** Presents a password at a door, and gives everything of the answer that a client can see. */
export async function knock(
  site: Pick<DjoserSite, 'auth'>,
  { request }: Door,
  { username = 'victim', password, address = '203.0.113.66' }: Knock,
): Promise<Answer> {
  const [row, options] = request(username, password)
  return readAnswer(await site.auth.fetch(requestFor(row, options), { address }))
}

export interface Knock {
  /** @default 'victim' */
  readonly username?: string
  readonly password: string
  /** @default a stranger's */
  readonly address?: string
}

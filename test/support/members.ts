import type { Caller, UserOf } from '../../src/auth.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import type { Carrier, IssuedToken } from '../../src/model/session.ts'
import { GOOD_PASSWORD } from './accounts.ts'
import { TEST_ORIGIN, type TestAuth } from './test-auth.ts'

/** A user who is logged in. */
export interface Member {
  readonly user: UserOf<FieldDefinitions>
  readonly issued: IssuedToken
  /** For commands that the member calls. */
  readonly caller: Caller
}

/** Makes an active user with a proven address, and logs them in. */
export async function newMember(
  site: TestAuth,
  name: string,
  marks: { readonly isStaff?: boolean; readonly isSuperuser?: boolean } = {},
): Promise<Member> {
  const email = `${name}@example.org`
  const password = GOOD_PASSWORD
  const user = await site.auth.createUser({ username: name, email, password, passwordCheck: 'bypassed', ...marks })
  return { user, ...(await newSession(site, name)) }
}

/** One more log-in of somebody. */
export async function newSession(
  { auth }: TestAuth,
  identifier: string,
  carrier: Carrier = 'token',
): Promise<Pick<Member, 'issued' | 'caller'>> {
  const { issued } = await auth.login({ identifier, password: GOOD_PASSWORD, carrier })
  return { issued, caller: { actor: issued } }
}

/** A request of the application's own with this token. */
export function bearer({ token }: Pick<IssuedToken, 'token'>): Request {
  return new Request(`${TEST_ORIGIN}/`, { headers: { authorization: `Bearer ${token}` } })
}

/** What a client may send where a text or an id belongs. */
export const HOSTILE_VALUES: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1.5,
  Number.NaN,
  Number.MAX_VALUE,
  true,
  [],
  ['1'],
  {},
  { toString: () => '1' },
  'x'.repeat(100_000),
  '\0',
  '1\0',
  '\ud800',
  ' 1',
  '01',
  '1e0',
  '0x1',
  '１',
  "1' OR 1=1 --",
  '__proto__',
]

import type { FieldValues } from '../../../src/model/field.ts'
import type { User, UserStatus } from '../../../src/model/user.ts'
import { PASSWORD, type Site } from '../../security/support/open-site.ts'

/** Somebody in whatever state a test is about. */
export interface Person {
  readonly username?: string | null
  /** @default the user name at example.org; `null` for nobody's */
  readonly email?: string | null
  readonly password?: string | null
  readonly status?: UserStatus
  /** @default true */
  readonly isProven?: boolean
  readonly fields?: FieldValues
  readonly profiles?: Readonly<Record<string, FieldValues>>
}

/** Puts somebody into the store as they are, past every rule about registering. */
export async function addPerson(site: Site, person: Person): Promise<User> {
  const { username = null, password = PASSWORD, isProven = true } = person
  const { email = username === null ? null : `${username}@example.org` } = person
  const now = site.clock.now()
  const passwordHash = password === null ? null : await site.hasher.hash({ password, fairnessKey: 'set-up' })
  const inserted = await site.store.users.insert(
    {
      id: null,
      username,
      email,
      passwordHash,
      firstName: '',
      lastName: '',
      status: person.status ?? 'active',
      isStaff: false,
      isSuperuser: false,
      emailVerifiedAt: isProven && email !== null ? now : null,
      dateJoined: now,
      fields: person.fields ?? {},
      profiles: person.profiles ?? {},
    },
    { replacePendingBefore: new Date(0) },
  )
  if (inserted.outcome !== 'inserted') throw new Error(`${username ?? email} is stored already`)
  return inserted.user
}

/** Who came in, and what the session says by whom: `ann by password`. Or the code of the refusal. */
export async function enter(site: Site, identifier: string, password: string = PASSWORD): Promise<string> {
  try {
    const { user, issued } = await site.auth.login({ identifier, password })
    return `${user.username ?? user.email} by ${issued.session.backend}`
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error)
  }
}

export const REFUSED = 'invalid_credentials'

/** How many passwords are evaluated in the course of something. */
export async function evaluationsOf(site: Site, work: () => Promise<unknown>): Promise<number> {
  site.hasher.forget()
  await work()
  return site.hasher.calls.filter(({ kind }) => kind === 'verify').length
}

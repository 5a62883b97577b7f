import type { Attempt } from '../../model/attempt.ts'
import type { FieldDefinitions, FieldValues } from '../../model/field.ts'
import type { IdentityInfo } from '../../model/identity.ts'
import { isEndless, type Session } from '../../model/session.ts'
import type { User } from '../../model/user.ts'
import { isoText } from '../../util/iso-text.ts'

/** A JSON object as it is sent. Moments may be `Date`s, which JSON writes as ISO 8601. */
export type WireObject = Readonly<Record<string, unknown>>

/** What a user shows of themselves: a list of what may be told, never the row without some of its columns. */
export function userWriter(model: {
  readonly fields: FieldDefinitions
  readonly profiles: Readonly<Record<string, FieldDefinitions>>
}): (user: User) => WireObject {
  const fields = shownNames(model.fields)
  const profiles = Object.entries(model.profiles).map(([name, definitions]) => [name, shownNames(definitions)] as const)
  return (user) => {
    const wire: Record<string, unknown> = {
      id: user.id,
      username: user.username,
      email: user.email,
      emailVerified: user.emailVerifiedAt !== null,
      firstName: user.firstName,
      lastName: user.lastName,
      // Text already: `JSON.stringify` takes three times as long over an object with a `Date` in it.
      dateJoined: isoText(user.dateJoined),
      lastLoginAt: user.lastLoginAt && isoText(user.lastLoginAt),
      isStaff: user.isStaff,
      isSuperuser: user.isSuperuser,
    }
    for (const name of fields) wire[name] = user.fields[name] ?? null
    for (const [name, shown] of profiles) wire[name] = pick(user.profiles[name] ?? null, shown)
    return wire
  }
}

export function writeSession(session: Session, isCurrent: boolean): WireObject {
  const { id, carrier, createdAt, lastUsedAt, address, userAgent } = session
  const expiresAt = isEndless(session) ? null : session.expiresAt
  return { id, carrier, createdAt, lastUsedAt, expiresAt, address, userAgent, isCurrent }
}

/** An identity as its user sees it. */
export function writeIdentity({ id, provider, subject, email, extraData, ...moments }: IdentityInfo): WireObject {
  const { createdAt, lastLoginAt } = moments
  return { id, provider, subject, email, extraData, createdAt, lastLoginAt }
}

/** An attempt as its user sees it. */
export function writeAttempt(attempt: Attempt): WireObject {
  const { id, at, identifier, address, userAgent, door, action, outcome, sessionId, loggedOutAt } = attempt
  return { id, at, identifier, address, userAgent, door, action, outcome, sessionId, loggedOutAt }
}

function shownNames(definitions: FieldDefinitions): readonly string[] {
  return Object.keys(definitions).filter((name) => definitions[name]?.public)
}

function pick(values: FieldValues | null, names: readonly string[]): WireObject | null {
  return values && Object.fromEntries(names.map((name) => [name, values[name] ?? null]))
}

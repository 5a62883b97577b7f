import type { AuditChange } from '../../model/audit.ts'
import type { FieldDefinitions, FieldValues, JsonValue } from '../../model/field.ts'
import type { Group } from '../../model/group.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { maskEmail, maskField, maskText } from './mask-value.ts'

/** What an operator's change made of a user, field by field, as the audit log has it. */
export function userChanges(
  { config }: Pick<CommandContext, 'config'>,
  before: User,
  after: User,
): readonly AuditChange[] {
  const builtIn = (Object.keys(SHOWN) as (keyof typeof SHOWN)[]).map((field) => {
    const show = SHOWN[field]
    return { field, from: show(before), to: show(after), isSame: same(before[field], after[field]) }
  })
  const ofProfiles = Object.entries(config.user.profiles).flatMap(([name, definitions]) =>
    fieldChanges(definitions, [before.profiles[name] ?? {}, after.profiles[name] ?? {}], `${name}.`),
  )
  const own = fieldChanges(config.user.fields, [before.fields, after.fields], '')
  return [...builtIn, ...own, ...ofProfiles].flatMap(({ isSame, ...change }) => (isSame ? [] : [change]))
}

/** What became of a group: of a new one before was none, of a deleted one there is none after. */
export function groupChanges(before: Group | null, after: Group | null): readonly AuditChange[] {
  const changes = (['name', 'permissions'] as const).map((field) => ({
    field,
    from: before?.[field] ?? null,
    to: after?.[field] ?? null,
  }))
  return changes.filter(({ from, to }) => !same(from, to))
}

/** What a user is who is not there yet. */
export const NOBODY_YET = {
  username: null,
  email: null,
  passwordHash: null,
  firstName: '',
  lastName: '',
  isStaff: false,
  isSuperuser: false,
  emailVerifiedAt: null,
  fields: {},
  profiles: {},
} as const

type Shown = (user: User) => JsonValue

/** What of the built-in columns is shown. Of a password only that it is another one. */
const SHOWN = {
  username: ({ username }) => username,
  email: ({ email }) => email && maskEmail(email),
  passwordHash: ({ passwordHash }) => (passwordHash === null ? null : '***'),
  firstName: ({ firstName }) => maskText(firstName),
  lastName: ({ lastName }) => maskText(lastName),
  status: ({ status }) => status,
  isStaff: ({ isStaff }) => isStaff,
  isSuperuser: ({ isSuperuser }) => isSuperuser,
  emailVerifiedAt: ({ emailVerifiedAt }) => emailVerifiedAt?.toISOString() ?? null,
} as const satisfies { readonly [K in keyof User]?: Shown }

function fieldChanges(
  definitions: FieldDefinitions,
  [before, after]: readonly [FieldValues, FieldValues],
  path: string,
) {
  return Object.entries(definitions).map(([name, definition]) => ({
    field: `${path}${name}`,
    from: maskField(definition, before[name]),
    to: maskField(definition, after[name]),
    isSame: same(before[name] ?? null, after[name] ?? null),
  }))
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

import type { UserForOperator } from '../../commands/admin-read-user.ts'
import type { DeclaredField } from '../parts/user-fields.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

/** The declared fields of users, or of one of their profiles. */
export function declaredFields(
  { exchange }: Pick<AdminCall, 'exchange'>,
  profile: string | null,
): readonly DeclaredField[] {
  const { fields, profiles } = exchange.engine.config.user
  if (profile === null) return Object.entries(fields).map(([path, definition]) => ({ path, definition }))
  return Object.entries(profiles[profile] ?? {}).map(([name, definition]) => ({
    path: `${profile}.${name}`,
    definition,
  }))
}

/** Those of them that this operator's form lets change. */
export function editableFields(
  call: AdminCall,
  found: UserForOperator,
  profile: string | null,
): readonly DeclaredField[] {
  return declaredFields(call, profile).filter((field) => isEditable(call, found, field))
}

/** Nobody but a superuser sets of themselves what users may not set of themselves. */
export function isEditable(
  { operator, setup }: AdminCall,
  { user, may }: UserForOperator,
  field: DeclaredField,
): boolean {
  const { actor } = operator
  const isOwn = actor.user.id === user.id && !actor.user.isSuperuser
  const isShownOnly = setup.users.widgets?.[field.path]?.as === 'readonly'
  return may.change && !isShownOnly && (field.definition.writable || !isOwn)
}

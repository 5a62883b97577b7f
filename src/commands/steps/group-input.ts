import { AuthError } from '../../errors.ts'
import { type GroupId, groupNameProblems, normalizeGroupName } from '../../model/group.ts'
import { isDeclared } from '../../model/permission.ts'
import { readUserId } from '../../model/user-id.ts'
import type { CommandContext } from '../context.ts'
import { type FieldErrors, refuseField } from './input.ts'

/** What an input was read as, with all complaints; use `value` only where there are none. */
export interface ReadInput<T> {
  readonly value: T
  readonly errors: FieldErrors
}

export function readGroupName(name: unknown): ReadInput<string> {
  const problems = groupNameProblems(name)
  if (problems.length > 0) return { value: '', errors: { name: problems } }
  return { value: normalizeGroupName(String(name)), errors: {} }
}

/** A list of declared permissions. Whoever could give another one would give what a later release makes of it. */
export function readPermissions(
  { config }: Pick<CommandContext, 'config'>,
  list: unknown,
): ReadInput<readonly string[]> {
  if (list === undefined || list === null) return { value: [], errors: { permissions: [{ code: 'required' }] } }
  const declared = config.permissions
  // As a set: `every` would pass over the holes of a list.
  const names = Array.isArray(list) ? [...new Set<unknown>(list)] : null
  return names?.every((name) => isDeclared(declared, name))
    ? { value: names, errors: {} }
    : { value: [], errors: { permissions: [{ code: 'not_a_choice' }] } }
}

/**
 * The ids of groups. Which there are only the store knows.
 *
 * @throws {AuthError} `validation_failed`
 */
export function readGroupIds({ config }: Pick<CommandContext, 'config'>, list: unknown): readonly GroupId[] {
  if (list === undefined || list === null) throw refuseField('groupIds', 'required')
  if (!Array.isArray(list)) throw noSuchGroup()
  return [...new Set<unknown>(list)].map((given) => {
    const id = readUserId(given, config.ids)
    if (id === null) throw noSuchGroup()
    return id
  })
}

export const noSuchGroup = (): AuthError => refuseField('groupIds', 'not_a_choice')

/** The id of one group as it came in, or what it would be if there were none. @throws {AuthError} `not_found` */
export function readGroupId({ config }: Pick<CommandContext, 'config'>, given: unknown): GroupId {
  const id = readUserId(given, config.ids)
  if (id === null) throw new AuthError('not_found')
  return id
}

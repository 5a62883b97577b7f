import { readUserId } from '../../model/user-id.ts'
import type { UserConditions } from '../../model/user-list.ts'
import type { CommandContext } from '../context.ts'
import { refuseField } from './input.ts'

type Conditions = Omit<UserConditions, 'search'>

/** What each condition must be; code without types may hold anything. */
type Check = (value: unknown, ids: 'integer' | 'uuid') => boolean

const isBoolean: Check = (value) => typeof value === 'boolean'
const isMoment: Check = (value) => value instanceof Date && !Number.isNaN(value.getTime())
const isId: Check = (value, ids) => readUserId(value, ids) !== null

const CHECKS: Readonly<Record<keyof Conditions, Check>> = {
  status: (value) => value === 'pending' || value === 'active' || value === 'disabled',
  isStaff: isBoolean,
  isSuperuser: isBoolean,
  isEmailVerified: isBoolean,
  groupId: isId,
  joinedSince: isMoment,
  joinedUntil: isMoment,
  lastLoginSince: isMoment,
  lastLoginUntil: isMoment,
  hasLoggedIn: isBoolean,
  ids: (value, ids) => Array.isArray(value) && value.length <= MAX_IDS && value.every((id) => isId(id, ids)),
}

const MAX_IDS = 1000

/**
 * The conditions as stores take them, with ids as they are stored. A condition that is unknown or cannot be meant is refused,
 * never left out: the list would have everybody.
 *
 * @throws {AuthError} `validation_failed`
 */
export function checkConditions({ config }: Pick<CommandContext, 'config'>, given: Conditions): Conditions {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  for (const [name, value] of entries) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Conditions] : undefined
    if (check === undefined) throw refuseField(name, 'unknown_field')
    if (!check(value, config.ids)) throw refuseField(name, 'not_a_choice')
  }
  const conditions: Conditions = Object.fromEntries(entries)
  const { groupId, ids } = conditions
  const idOf = (id: unknown) => readUserId(id, config.ids) ?? 0
  return {
    ...conditions,
    ...(groupId === undefined ? {} : { groupId: idOf(groupId) }),
    ...(ids === undefined ? {} : { ids: ids.map(idOf) }),
  }
}

import type { UserId } from '../../model/user.ts'
import { readUserId } from '../../model/user-id.ts'
import type { CommandContext } from '../context.ts'
import { refuseField } from './input.ts'

/** Users of one call at most: each is a few statements, and a request must end. */
const MAX_USER_IDS = 200

/** @throws {AuthError} `validation_failed` */
export function readUserIds({ config }: Pick<CommandContext, 'config'>, given: unknown): readonly UserId[] {
  if (!Array.isArray(given) || given.length === 0) throw refuseField('userIds', 'required')
  if (given.length > MAX_USER_IDS) throw refuseField('userIds', 'too_large', { max: MAX_USER_IDS })
  const ids = given.map((one) => readUserId(one, config.ids))
  return [...new Set(ids)].map((id) => {
    if (id === null) throw refuseField('userIds', 'not_a_choice')
    return id
  })
}

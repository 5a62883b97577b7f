import { AuthError, type ErrorCode, type RefusalReason } from '../errors.ts'
import type { User, UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { assertLeavesSuperuser } from './steps/assert-leaves-superuser.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { refuseField } from './steps/input.ts'
import { assertMayTouch, assertNotSelf } from './steps/may-touch.ts'
import { readUserIds } from './steps/read-user-ids.ts'
import { requireOperator } from './steps/require-operator.ts'
import { USER_ACTIONS, type UserActionName } from './steps/user-actions.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface AdminActOnUsersInput extends FreshnessInput {
  readonly action: UserActionName
  /** From 1 to 200. */
  readonly userIds: readonly UserId[]
}

/** What became of one of them. */
export type ActedOnUser = { readonly userId: UserId; readonly name: string | null } & (
  | { readonly outcome: 'done' }
  /** There was nothing to do. */
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'refused'; readonly code: ErrorCode; readonly reason: RefusalReason | null }
)

/**
 * Does one thing to several users, and says of each what became of it: a user for whom it is refused keeps nobody else from
 * it. `activate`, `deactivate`, `unlock`, `end-sessions`, `verify-email`, `send-reset`, `delete`.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, for what is dangerous with the reason `proof_too_old`;
 * `validation_failed`
 */
export async function adminActOnUsers(
  ctx: CommandContext,
  input: AdminActOnUsersInput,
): Promise<readonly ActedOnUser[]> {
  const { action } = input
  if (!Object.hasOwn(USER_ACTIONS, action)) throw refuseField('action', 'not_a_choice')
  const { right, isDangerous } = USER_ACTIONS[action]
  const operator = await requireOperator(ctx, right)
  // Once for all of them, and before any is judged: what may be done to whom is told of each one.
  if (isDangerous) await assertFresh(ctx, input)
  const results: ActedOnUser[] = []
  for (const userId of readUserIds(ctx, input.userIds)) results.push(await actOn(ctx, operator, { action, userId }))
  return results
}

async function actOn(
  ctx: CommandContext,
  operator: User,
  { action, userId }: { readonly action: UserActionName; readonly userId: UserId },
): Promise<ActedOnUser> {
  const { touch, isForOthersOnly, changes, run, audited } = USER_ACTIONS[action]
  let name: string | null = null
  try {
    const subject = await requireUserById(ctx, userId)
    const object = auditedUser(subject)
    name = object.name
    if (isForOthersOnly) assertNotSelf(operator, subject)
    await assertMayTouch(ctx, operator, { subject, touch })
    if (changes !== undefined) await assertLeavesSuperuser(ctx, { operator, subject, changes })
    const { outcome, tell } = await run(ctx, subject)
    if (outcome === 'done') await writeAudit(ctx, { action: audited, object })
    tell()
    return { userId, name, outcome }
  } catch (error) {
    // Without a store there is nothing to go on with.
    if (!(error instanceof AuthError) || error.code === 'unavailable') throw error
    return { userId, name, outcome: 'refused', code: error.code, reason: error.details.reason ?? null }
  }
}

import { type Account, toAccount } from '../model/account.ts'
import type { GroupId } from '../model/group.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import type { FreshnessInput } from './steps/assert-fresh.ts'
import { assertLeavesSuperuser } from './steps/assert-leaves-superuser.ts'
import { assertMayChange } from './steps/assert-may-change.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { changeByOperator, readOperatorChange } from './steps/operator-change.ts'
import { requireOperator } from './steps/require-operator.ts'

/** Absent parts stay as they are. */
export interface AdminUpdateUserInput extends FreshnessInput {
  /** A number or a text, as it stands in an address. */
  readonly userId: UserId
  readonly username?: unknown
  /** Another address counts as unproven, unless `isEmailVerified` says otherwise. */
  readonly email?: unknown
  readonly isEmailVerified?: boolean
  readonly firstName?: unknown
  readonly lastName?: unknown
  /** `disabled` ends every session and every mailed code. */
  readonly status?: 'active' | 'disabled'
  /** Only superusers say so, and not of themselves. */
  readonly isStaff?: boolean
  /** Only superusers say so, and not of themselves. */
  readonly isSuperuser?: boolean
  /** In place of all groups that the user is in; only superusers say so. */
  readonly groupIds?: readonly GroupId[]
  /** In place of all that is given beside the groups; only superusers say so. */
  readonly permissions?: readonly string[]
  /** Declared fields, also those that are not writable for the users themselves. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly profiles?: Readonly<Record<string, unknown>>
}

/**
 * Changes whatever an operator may change about a user, and writes down what it was.
 *
 * Only superusers touch staff and superusers, and nobody gives rights to themselves, takes them from themselves, or changes
 * their own name or address here. No password and no hash of one is ever set by this.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`; `forbidden`, with the reason `own_account` or `proof_too_old`;
 * `validation_failed`
 */
export async function adminUpdateUser(ctx: CommandContext, input: AdminUpdateUserInput): Promise<Account> {
  const operator = await requireOperator(ctx, 'change_user')
  const user = await requireUserById(ctx, input.userId)
  await assertMayChange(ctx, operator, { user, input })
  const change = await readOperatorChange(ctx, operator, { user, input })
  await assertLeavesSuperuser(ctx, { operator, subject: user, changes: change.changes })
  return toAccount(await changeByOperator(ctx, user, change))
}

import { type Account, toAccount } from '../model/account.ts'
import type { Group } from '../model/group.ts'
import type { UserId } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { requireUserById } from './steps/find-user-by-id.ts'
import { isAllowed } from './steps/is-allowed.ts'
import { assertMayTouch, type Touch } from './steps/may-touch.ts'
import { hasRight, requireOperator } from './steps/require-operator.ts'

export interface AdminReadUserInput {
  /** A number or a text, as it stands in an address. */
  readonly userId: UserId
}

/** A user, and what the operator who asks may do about them. */
export interface UserForOperator {
  readonly user: Account
  /** What is told of a password: how it is hashed. `null` where the user has none. */
  readonly password: { readonly algorithm: string } | null
  readonly groups: readonly Group[]
  /** Given beside the groups. */
  readonly permissions: readonly string[]
  readonly may: {
    readonly change: boolean
    /** User name, address and password: not of oneself, for that there are other pages. */
    readonly changeWayIn: boolean
    /** Marks, groups and permissions. */
    readonly changePrivileges: boolean
    readonly delete: boolean
  }
}

/**
 * One user for operators, with groups and permissions. Nothing of the password but the name of its algorithm.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `not_found`
 */
export async function adminReadUser(ctx: CommandContext, input: AdminReadUserInput): Promise<UserForOperator> {
  const operator = await requireOperator(ctx, 'view_user')
  const user = await requireUserById(ctx, input.userId)
  const mayTouch = (touch: Touch): Promise<boolean> =>
    isAllowed(() => assertMayTouch(ctx, operator, { subject: user, touch }))
  const isSelf = operator.id === user.id
  const change = (await hasRight(ctx, operator, 'change_user')) && (await mayTouch('data'))
  return {
    user: toAccount(user),
    password: user.passwordHash === null ? null : { algorithm: algorithmOf(user.passwordHash) },
    groups: await ctx.store.groups.groupsOf(user.id),
    permissions: (await ctx.store.groups.permissionsOf(user.id)).own,
    may: {
      change,
      changeWayIn: change && !isSelf && (await mayTouch('way-in')),
      changePrivileges: operator.isSuperuser && !isSelf,
      delete: !isSelf && (await hasRight(ctx, operator, 'delete_user')) && (await mayTouch('way-in')),
    },
  }
}

const algorithmOf = (passwordHash: string): string => passwordHash.slice(0, Math.max(0, passwordHash.indexOf('$')))

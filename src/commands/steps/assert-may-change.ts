import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { assertFresh } from './assert-fresh.ts'
import { assertMayTouch, assertNotSelf, assertSuperuser } from './may-touch.ts'
import type { OperatorChangeInput } from './operator-change.ts'

interface WantedChange {
  readonly user: User
  readonly input: OperatorChangeInput
}

/**
 * Whether an operator may change this of a user. What a form sends although it is not another one now is judged as well:
 * whoever may not set a mark may not name it either.
 *
 * @throws {AuthError} `forbidden`
 */
export async function assertMayChange(ctx: CommandContext, operator: User, wanted: WantedChange): Promise<void> {
  const { user: subject, input } = wanted
  const changesWayIn = isAnother(subject, input)
  await assertMayTouch(ctx, operator, { subject, touch: changesWayIn ? 'way-in' : 'data' })
  if (PRIVILEGES.some((name) => input[name] !== undefined)) assertSuperuser(operator)
  const changesPrivileges = await isPrivilegeChange(ctx, wanted)
  const changesStatus = input.status !== undefined && input.status !== subject.status
  if (changesWayIn || changesPrivileges || changesStatus) assertNotSelf(operator, subject)
  if (changesWayIn || changesPrivileges) await assertFresh(ctx, input)
}

const PRIVILEGES = ['isStaff', 'isSuperuser', 'groupIds', 'permissions'] as const

/** By name and address somebody comes in, and a proven address opens the account to whoever reads its mails. */
function isAnother(user: User, { username, email, isEmailVerified }: OperatorChangeInput): boolean {
  const differs = (given: unknown, present: string | null) =>
    given !== undefined && (given === '' ? null : given) !== present
  const isVerified = user.emailVerifiedAt !== null
  const changesProof = isEmailVerified !== undefined && isEmailVerified !== isVerified
  return differs(username, user.username) || differs(email, user.email) || changesProof
}

async function isPrivilegeChange(ctx: CommandContext, { user, input }: WantedChange): Promise<boolean> {
  const { isStaff = user.isStaff, isSuperuser = user.isSuperuser, groupIds, permissions } = input
  if (isStaff !== user.isStaff || isSuperuser !== user.isSuperuser) return true
  const { groups } = ctx.store
  const isSame = (given: readonly unknown[], present: readonly unknown[]): boolean =>
    given.length === present.length && new Set([...given, ...present].map(String)).size === present.length
  if (
    groupIds !== undefined &&
    !isSame(
      listOf(groupIds),
      (await groups.groupsOf(user.id)).map(({ id }) => id),
    )
  ) {
    return true
  }
  return permissions !== undefined && !isSame(listOf(permissions), (await groups.permissionsOf(user.id)).own)
}

/** Code without types may hold anything; what is no list is refused when it is read. */
const listOf = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given : [given])

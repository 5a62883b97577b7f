import { AuthError } from '../../errors.ts'
import { canonicalEmail } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { freeUsernames } from './free-usernames.ts'
import { insertUser, type NewUserState, refuseTaken } from './insert-user.ts'
import type { CheckedNewUser } from './read-new-user.ts'
import { insertStandIn } from './stand-in.ts'

export interface AddedUser {
  readonly user: User
  /** The address was taken: nobody can ever log in as this user. */
  readonly isStandIn: boolean
}

interface Adding {
  readonly state: NewUserState
  /** The names that do as well where one was made up and somebody else gets it first; `null`: it was typed. */
  readonly inventedNames: ((username: string) => boolean) | null
  /** An address that somebody has is refused instead of being kept quiet about. */
  readonly tellsTaken: boolean
}

/**
 * Adds somebody who registers, or the stand-in of one whose address somebody has: after the same work, and with the same
 * mails but to others.
 *
 * @throws {AuthError} `validation_failed` where a value is taken that may be told
 */
export async function addRegisteredUser(
  ctx: CommandContext,
  checked: CheckedNewUser,
  adding: Adding,
): Promise<AddedUser> {
  const added = await tryToAddUser(ctx, checked, adding)
  if (!('taken' in added)) return added
  const { inventedNames: accepts } = adding
  if (added.taken !== 'username' || accepts === null) throw refuseLate(added.taken)
  for await (const username of freeUsernames(ctx, { address: checked.email, accepts })) {
    const again = await tryToAddUser(ctx, { ...checked, username }, adding)
    if (!('taken' in again)) return again
    if (again.taken !== 'username') throw refuseLate(again.taken)
  }
  throw refuseLate('username')
}

async function tryToAddUser(
  ctx: CommandContext,
  checked: CheckedNewUser,
  { state, tellsTaken }: Adding,
): Promise<AddedUser | { readonly taken: string }> {
  const inserted = await insertUser(ctx, checked, state)
  if ('user' in inserted) {
    const { user } = inserted
    await enqueueMail(ctx, { kind: 'verify-email', user })
    await tellActivated(ctx, user, state)
    ctx.emit('userRegistered', { user }, ctx.request)
    return { user, isStandIn: false }
  }
  const isHidden = inserted.taken === 'email' && !tellsTaken
  return isHidden ? addStandIn(ctx, checked, state) : inserted
}

/** A name was free when it was looked up: somebody was faster. */
function refuseLate(field: string): AuthError {
  const { details, code } = refuseTaken(field)
  return field === 'username'
    ? new AuthError(code, { ...details, reason: 'taken_meanwhile' })
    : new AuthError(code, details)
}

async function addStandIn(
  ctx: CommandContext,
  checked: CheckedNewUser,
  state: NewUserState,
): Promise<AddedUser | { readonly taken: string }> {
  const standIn = await insertStandIn(ctx, checked, state)
  if ('taken' in standIn) return standIn
  const [owner] = await ctx.store.users.findByIdentifier(canonicalEmail(checked.email ?? ''), ['email'], 1)
  if (owner !== undefined) await enqueueMail(ctx, { kind: 'already-registered', user: owner })
  await tellActivated(ctx, standIn.user, state)
  return { user: { ...standIn.user, email: checked.email, status: state.status }, isStandIn: true }
}

/** The same work for a stand-in: the outbox finds out that it is not active. */
async function tellActivated(ctx: CommandContext, user: User, { status }: NewUserState): Promise<void> {
  if (status === 'active') await enqueueMail(ctx, { kind: 'account-activated', user })
}

import { AuthError } from '../../errors.ts'
import type { User } from '../../model/user.ts'
import { readUserId } from '../../model/user-id.ts'
import type { CommandContext } from '../context.ts'
import { assertMayTouch } from './may-touch.ts'
import { requireActor } from './require-actor.ts'

/**
 * The user that a command changes or deletes. Nobody gets further through somebody else than by themselves: only superusers
 * touch other staff and superusers, and staff nobody who may do what they may not.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`, `forbidden`
 */
export async function findSubjectToChange(ctx: CommandContext, userId: unknown): Promise<User> {
  const { user: actor } = requireActor(ctx)
  const subject = await findSubject(ctx, userId)
  // Whoever sets an address can have a link for a new password sent to it.
  await assertMayTouch(ctx, actor, { subject, touch: 'way-in' })
  return subject
}

/**
 * The user that a command is about: the caller, or for staff also somebody else. `undefined` means the caller.
 *
 * Anybody who is logged in learns which ids there are: an unknown one is `not_found`, another user's `forbidden`. A door
 * that hides users says the same for both.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`, `forbidden`
 */
async function findSubject(ctx: CommandContext, userId: unknown): Promise<User> {
  const { user: actor } = requireActor(ctx)
  const id = userId === undefined ? actor.id : readUserId(userId, ctx.config.ids)
  if (id === actor.id) return actor
  const subject = id === null ? null : await ctx.store.users.findById(id)
  if (subject === null) throw new AuthError('not_found')
  if (!actor.isStaff) throw new AuthError('forbidden')
  return subject
}

/** Why a change of the subject came to nothing: the caller is not let in any more, or somebody else is gone. */
export function subjectMissed(ctx: CommandContext, subject: User): AuthError {
  return new AuthError(ctx.actor?.user.id === subject.id ? 'token_invalid' : 'not_found')
}

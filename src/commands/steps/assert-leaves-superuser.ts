import { AuthError } from '../../errors.ts'
import { isActive, type User, type UserChanges, type UserId } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'

/** Longer than the change of a user takes that follows. */
const REMEMBERED_MILLISECONDS = 60_000

/** Who is about to be no superuser any more, and by whom. */
export interface TakenSuperuser {
  readonly operator: User
  readonly subject: User
  /** What the subject becomes; `null`: the subject is deleted. */
  readonly changes: UserChanges | null
}

/**
 * Asked before somebody else is changed: whoever takes a superuser away must be one who stays, so there is always one left who
 * may do everything here.
 *
 * Two who take it from each other at once are both superusers when they are judged. Here one of them is first: in one atomic step it is
 * looked whether somebody takes it from the operator, and written down whom the operator takes it from. Whoever comes
 * second within a minute is refused, and whoever comes later is read as what they are by then. The step is the throttle
 * store's, because not every store can change one user while it holds another.
 *
 * @throws {AuthError} `forbidden`
 */
export async function assertLeavesSuperuser(
  ctx: CommandContext,
  { operator, subject, changes }: TakenSuperuser,
): Promise<void> {
  const isTaken = isMighty(subject) && (changes === null || !isMighty({ ...subject, ...changes }))
  if (!isTaken) return
  const isLosing = await noteTaken(ctx, operator.id, subject.id)
  const present = isLosing ? null : await ctx.store.users.findById(operator.id)
  if (present === null || !isMighty(present)) throw new AuthError('forbidden')
}

/** Whether somebody takes it from the operator; if not, it is written down that the operator takes it from the subject. */
function noteTaken({ throttles, clock }: CommandContext, operator: UserId, subject: UserId): Promise<boolean> {
  const now = clock.now()
  const taken = { state: '', expiresAt: new Date(now.getTime() + REMEMBERED_MILLISECONDS), lockedUntil: null }
  return throttles.update([keyOf(operator), keyOf(subject)], ([own = null, other = null]) => {
    const isLosing = own !== null && own.expiresAt > now
    return { entries: [own, isLosing ? other : taken], result: isLosing }
  })
}

/** Let in here, and may do everything. */
const isMighty = (user: Pick<User, 'status' | 'isStaff' | 'isSuperuser'>): boolean =>
  user.isSuperuser && user.isStaff && isActive(user)

const keyOf = (id: UserId): string => `superuser-taken:${id}`

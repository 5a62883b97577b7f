import type { UpdateUserOptions } from '../../contracts/store.ts'
import type { User, UserChanges } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { assertLeavesSuperuser } from './assert-leaves-superuser.ts'
import { ALL_BUT_UNDO } from './conditions.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { assertWithinLimit, limitByAddress } from './limit-rate.ts'
import { requireActor } from './require-actor.ts'

/** An address that is set without asking it first. */
export interface NewAddress {
  readonly email: string | null
  /** `mailed`: whoever has another address now must confirm it before they can go on. `none`: nobody is asked. */
  readonly activation: 'mailed' | 'none'
}

/** What belongs to one update of the user, and what follows from it. */
export interface AddressChange {
  readonly isChanged: boolean
  /** The user gets a mail, and waits for its link. */
  readonly mustConfirm: boolean
  readonly changes: UserChanges
  readonly options: UpdateUserOptions
}

/**
 * Says what an update must do to set the address.
 *
 * The new one counts as unproven, and every mailed code of the user but an undo dies. Users who must confirm become
 * pending: their other sessions end, and the caller's own is refused meanwhile. Disabled users stay so.
 *
 * @throws {AuthError} `rate_limited`
 */
export async function planAddressChange(
  ctx: CommandContext,
  user: User,
  { email, activation }: NewAddress,
): Promise<AddressChange> {
  const isChanged = email !== user.email
  const isOpen = user.status === 'pending' || (user.status === 'active' && isChanged)
  const mustConfirm = activation === 'mailed' && email !== null && isOpen
  if (mustConfirm) await limitByAddress(ctx, 'mailsPerAddress')
  if (!isChanged) return { isChanged, mustConfirm, changes: {}, options: {} }
  // Whether an address is taken is told, so how often one may ask is limited.
  await assertWithinLimit(ctx, 'changesPerUser', `email:${requireActor(ctx).user.id}`)
  const { status, email: oldEmail, sessionEpoch } = user
  const { user: actor } = requireActor(ctx)
  // Whoever must confirm the new address is not let in before that.
  if (mustConfirm && actor.id !== user.id) {
    await assertLeavesSuperuser(ctx, { operator: actor, subject: user, changes: { status: 'pending' } })
  }
  return {
    isChanged,
    mustConfirm,
    changes: { email, emailVerifiedAt: null, status: mustConfirm ? 'pending' : status },
    options: {
      when: { status, email: oldEmail, sessionEpoch },
      removeCodes: ALL_BUT_UNDO,
      ...(mustConfirm && status === 'active' ? { endSessions: endedSessions(ctx, user) } : {}),
    },
  }
}

/**
 * Whoever becomes pending was let in before, and the epoch that is counted up here says so: a registration that was
 * never confirmed may be replaced or cleaned up, this user must not.
 */
function endedSessions(ctx: CommandContext, user: User): NonNullable<UpdateUserOptions['endSessions']> {
  const { user: actor, session } = requireActor(ctx)
  return actor.id === user.id ? { except: session.id } : 'all'
}

/** Mails whom it concerns, once the update is done. The old address, if it was proven, can take the change back. */
export async function tellAddressChange(
  ctx: CommandContext,
  { isChanged, mustConfirm }: AddressChange,
  { before, after }: { readonly before: User; readonly after: User },
): Promise<void> {
  if (isChanged) {
    const { email: oldEmail, emailVerifiedAt } = before
    // A stranger whose address was never proven must not get a link that hands the account over.
    if (oldEmail !== null && emailVerifiedAt !== null) {
      const data = { newEmail: after.email ?? '' }
      await enqueueMail(ctx, { kind: 'email-changed', user: before, to: oldEmail, data })
    }
    ctx.emit('emailChanged', { user: after, oldEmail }, ctx.request)
  }
  if (mustConfirm) await enqueueMail(ctx, { kind: 'verify-email', user: after })
}

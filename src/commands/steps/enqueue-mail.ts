import type { JsonValue } from '../../model/field.ts'
import type { MailJob, MailKind } from '../../model/mail.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { sealMail } from './sealed-mail.ts'

interface MailToUser {
  readonly kind: MailKind
  readonly user: User
  /** Another address than the user's own, such as the one being confirmed. */
  readonly to?: string
  readonly data?: Readonly<Record<string, JsonValue>>
  readonly isOwed?: boolean
}

/** Asks for a mail to a user. Nothing happens where the user has no address. */
export async function enqueueMail(
  ctx: CommandContext,
  { kind, user, to, data = {}, isOwed = false }: MailToUser,
): Promise<void> {
  const recipient = to ?? user.email
  if (recipient === null) return
  const { id: userId, sessionEpoch } = user
  const { language } = ctx.request
  await enqueueMailJob(ctx, { kind, to: recipient, userId, sessionEpoch, isOwed, language, data })
}

/** A mail as it is asked for; the door adds its style. */
type NewMailJob = Omit<MailJob, 'style' | 'onlyFor'> & Partial<Pick<MailJob, 'onlyFor'>>

/**
 * Puts a mail into the outbox, sealed. What it says, whether it goes out at all, and its live code are settled by the
 * background, so that a caller can tell nothing from the answer or its time.
 */
export async function enqueueMailJob(ctx: CommandContext, asked: NewMailJob): Promise<void> {
  const job: MailJob = { onlyFor: null, ...asked, style: ctx.mailStyle }
  await ctx.store.outbox.insert({ createdAt: ctx.clock.now(), body: sealMail(ctx, { job }) })
  ctx.mailWaiting()
}

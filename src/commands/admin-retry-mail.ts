import { AuthError } from '../errors.ts'
import type { OutboxRow } from '../model/mail.ts'
import type { CommandContext } from './context.ts'
import { requireOperator } from './steps/require-operator.ts'
import { writeAudit } from './steps/write-audit.ts'

export interface AdminRetryMailInput {
  readonly mailId: OutboxRow['id']
}

/**
 * Sends a mail that waits for its next try at once. One that was given up is erased: ask for a new one.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `not_found`
 */
export async function adminRetryMail(ctx: CommandContext, { mailId }: AdminRetryMailInput): Promise<void> {
  await requireOperator(ctx, 'retry_mail')
  if (!isMailId(mailId) || !(await ctx.store.outbox.retry(mailId, ctx.clock.now()))) throw new AuthError('not_found')
  await writeAudit(ctx, { action: 'mail.retried', object: { kind: 'mail', id: String(mailId), name: null } })
  ctx.mailWaiting()
}

/** Numbers, or the words that a store has for rows. */
const isMailId = (id: unknown): id is OutboxRow['id'] =>
  (typeof id === 'number' && Number.isSafeInteger(id)) || (typeof id === 'string' && /^[\w-]{1,64}$/.test(id))

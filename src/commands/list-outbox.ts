import type { MailKind, OutboxRow } from '../model/mail.ts'
import type { CommandContext } from './context.ts'
import { openSealedMail } from './steps/sealed-mail.ts'

/** Mails that are listed at most. */
const LIMIT = 200

/** One mail of the outbox, as far as it can still be read. */
export interface OutboxEntry {
  readonly id: OutboxRow['id']
  readonly createdAt: Date
  readonly sentAt: Date | null
  /** `failed` is final: it was given up. A mail that failed and is tried again is `waiting`. */
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly lastError: string | null
  /** `null` once it was erased. */
  readonly kind: MailKind | null
  /** `null` once it was erased. */
  readonly to: string | null
  /** `null` until it was written, and once it was erased. */
  readonly mail: { readonly subject: string; readonly text: string; readonly html: string } | null
}

/**
 * The mails of the outbox with their live links, newest first. Only for development: nobody's proof is asked, so
 * whoever offers this sees to it that no stranger comes in.
 */
export async function listOutbox(ctx: Pick<CommandContext, 'store' | 'keys'>): Promise<readonly OutboxEntry[]> {
  const rows = await ctx.store.outbox.list(LIMIT)
  return rows.map((row) => {
    const sealed = openSealedMail(ctx, row)
    const mail = sealed?.mail
    return {
      id: row.id,
      createdAt: row.createdAt,
      sentAt: row.sentAt,
      state: stateOf(row),
      lastError: row.sentAt === null ? row.lastError : null,
      kind: sealed?.job.kind ?? null,
      to: mail?.to ?? sealed?.job.to ?? null,
      mail: mail === undefined ? null : { subject: mail.subject, text: mail.text, html: mail.html },
    }
  })
}

/** A mail that was given up is erased, one that waits never is. */
function stateOf({ sentAt, body }: OutboxRow): OutboxEntry['state'] {
  if (sentAt !== null) return 'sent'
  return body === null ? 'failed' : 'waiting'
}

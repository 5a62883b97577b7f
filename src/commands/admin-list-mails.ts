import type { OutboxFilter } from '../contracts/store.ts'
import type { MailKind, OutboxRow } from '../model/mail.ts'
import type { CommandContext } from './context.ts'
import { refuseField } from './steps/input.ts'
import { maskEmail } from './steps/mask-value.ts'
import { readPageLimit } from './steps/read-page.ts'
import { requireOperator } from './steps/require-operator.ts'
import { openSealedMail } from './steps/sealed-mail.ts'

export interface AdminListMailsInput {
  /** `failed`: given up. A mail that failed and is tried again is `waiting`. @default all */
  readonly state?: OutboxFilter['state']
  /** The last mail of the page before. @default the first page */
  readonly before?: OutboxFilter['before']
  /** From 1 to 1000. @default 100 */
  readonly limit?: number
}

/** A mail as operators see it: to whom and what about, never what it says. */
export interface ListedMail {
  readonly id: OutboxRow['id']
  readonly createdAt: Date
  readonly state: 'waiting' | 'sent' | 'failed'
  readonly sentAt: Date | null
  /** When it is tried next; `null` for what is sent or given up. */
  readonly dueAt: Date | null
  readonly tries: number
  readonly lastError: string | null
  /** `null` once it was erased. */
  readonly kind: MailKind | null
  /** Masked, `a***@example.org`; `null` once it was erased. */
  readonly to: string | null
}

/**
 * The outbox, newest first. What a mail says is not told: it carries a link that opens an account.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`, `validation_failed`
 */
export async function adminListMails(ctx: CommandContext, input: AdminListMailsInput): Promise<readonly ListedMail[]> {
  await requireOperator(ctx, 'view_mail')
  const { state, before } = input
  if (state !== undefined && !['waiting', 'sent', 'failed'].includes(state)) throw refuseField('state', 'not_a_choice')
  const wanted = { ...(state === undefined ? {} : { state }), ...(before === undefined ? {} : { before }) }
  const rows = await ctx.store.outbox.list(readPageLimit(input.limit ?? 100), wanted)
  return rows.map((row) => listed(ctx, row))
}

function listed(ctx: CommandContext, row: OutboxRow): ListedMail {
  const sealed = openSealedMail(ctx, row)
  const to = sealed?.mail?.to ?? sealed?.job.to ?? null
  const state = stateOf(row)
  return {
    id: row.id,
    createdAt: row.createdAt,
    state,
    sentAt: row.sentAt,
    dueAt: state === 'waiting' ? row.dueAt : null,
    tries: row.tries,
    lastError: row.lastError,
    kind: sealed?.job.kind ?? null,
    to: to === null ? null : maskEmail(to),
  }
}

/** A mail that was given up is erased, one that waits never is. */
function stateOf({ sentAt, body }: OutboxRow): ListedMail['state'] {
  if (sentAt !== null) return 'sent'
  return body === null ? 'failed' : 'waiting'
}

import type { OutboxResult } from '../contracts/store.ts'
import type { Mail, MailJob, OutboxRow } from '../model/mail.ts'
import type { Engine } from './context.ts'
import { completeMail } from './steps/complete-mail.ts'
import { findAddressees } from './steps/find-addressees.ts'
import { openSealedMail, sealMail } from './steps/sealed-mail.ts'

/** Mails under way at once. */
const BATCH = 10

/** A claimed mail is claimed by nobody else for so long; a process that dies loses no more time than that. */
const LEASE_MILLISECONDS = 120_000

/** After the n-th failure a mail waits `30 s · 2^(n-1)`, at most six hours; after the last one it is given up. */
const FIRST_RETRY_MILLISECONDS = 30_000
const MAX_RETRY_MILLISECONDS = 6 * 3_600_000
const MAX_TRIES = 12

/** Sends what is due, one batch after the other, and tells when the next mail falls due. Never throws for a mail. */
export async function deliverMails(engine: Engine): Promise<Date | null> {
  for (;;) {
    const now = engine.clock.now()
    const rows = await engine.store.outbox.claim(now, new Date(now.getTime() + LEASE_MILLISECONDS), BATCH)
    if (rows.length === 0) return engine.store.outbox.nextDue()
    await Promise.all(rows.map((row) => deliver(engine, row)))
  }
}

async function deliver(engine: Engine, row: OutboxRow): Promise<void> {
  const sealed = openSealedMail(engine, row)
  if (sealed === null) {
    await engine.store.outbox.settle(row.id, { ...abandoned(engine), error: 'no configured secret opens this mail' })
    return
  }
  try {
    const mail = sealed.mail ?? (await writeMail(engine, row, sealed.job))
    if (mail === null) {
      await engine.store.outbox.settle(row.id, { outcome: 'dropped' })
      return
    }
    const body = sealMail(engine, { job: sealed.job, mail })
    // Written down before it is sent: a second try must carry the same code and the same Message-ID.
    if (sealed.mail === undefined) await engine.store.outbox.settle(row.id, { outcome: 'rendered', body })
    await engine.mailer.send(mail)
    const kept = engine.mailer.sentMails === 'keep' ? body : null
    await engine.store.outbox.settle(row.id, { outcome: 'sent', at: engine.clock.now(), body: kept })
  } catch (error) {
    await settleFailure(engine, { row, kind: sealed.job.kind, error })
  }
}

/** The mail of the job, or `null` where there is nothing to send: also where each of several gets one of their own instead. */
async function writeMail(engine: Engine, row: OutboxRow, job: MailJob): Promise<Mail | null> {
  const addressees = await findAddressees(engine, job)
  const [addressee] = addressees
  if (addressee === undefined) return null
  if (addressees.length === 1) return completeMail(engine, job, { addressee, messageId: messageIdOf(engine, row) })
  for (const user of addressees.map((one) => one.user).filter((one) => one !== null)) {
    const body = sealMail(engine, { job: { ...job, userId: user.id } })
    await engine.store.outbox.insert({ createdAt: engine.clock.now(), body })
  }
  return null
}

async function settleFailure(
  engine: Engine,
  { row, kind, error }: { readonly row: OutboxRow; readonly kind: string; readonly error: unknown },
): Promise<void> {
  const reason = reasonOf(error)
  if (row.tries >= MAX_TRIES) {
    engine.logger.error({ kind, tries: row.tries, reason }, 'a mail was given up')
    engine.emit('mailAbandoned', { kind, error: reason }, null)
    await engine.store.outbox.settle(row.id, { ...abandoned(engine), error: reason })
    return
  }
  const wait = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** (row.tries - 1), MAX_RETRY_MILLISECONDS)
  engine.logger.warn({ kind, tries: row.tries, reason, retryInSeconds: wait / 1000 }, 'a mail could not be sent')
  const dueAt = new Date(engine.clock.now().getTime() + wait)
  await engine.store.outbox.settle(row.id, { outcome: 'retry', dueAt, error: reason })
}

const abandoned = (engine: Engine): Omit<OutboxResult & { readonly outcome: 'abandoned' }, 'error'> => ({
  outcome: 'abandoned',
  at: engine.clock.now(),
})

/** Same for every try of one mail, and telling nothing but the site. */
function messageIdOf(engine: Engine, row: OutboxRow): string {
  return `<${row.createdAt.getTime().toString(36)}.${row.id}@${new URL(engine.config.site.origin).hostname}>`
}

/**
 * A peer's answer often repeats the address, and a filter's the link it dislikes; what is kept and logged has neither,
 * nor any word as long as a code.
 */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text
    .slice(0, 2000)
    .split(/[\s\p{Cc}]+/u)
    .map((word) => (/@|:\/\//.test(word) || word.length > 32 ? '…' : word))
    .join(' ')
    .slice(0, 200)
}

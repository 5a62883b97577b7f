import type { Mail, MailJob, OutboxRow } from '../../model/mail.ts'
import { seal, unseal } from '../../util/secrets.ts'
import type { Engine } from '../context.ts'

/** What the sealed body of an outbox row holds: what was asked for, and once it was written, the mail. */
export interface SealedMail {
  readonly job: MailJob
  readonly mail?: Mail
}

/** What the outbox row holds, or `null` when it was erased or sealed with a secret that is gone. */
export function openSealedMail(engine: Pick<Engine, 'keys'>, row: Pick<OutboxRow, 'body'>): SealedMail | null {
  if (row.body === null) return null
  for (const key of engine.keys.keysFor('outbox')) {
    const text = unseal(key, row.body)
    if (text !== null) return withDefaults(JSON.parse(text) as SealedMail)
  }
  return null
}

/** Mails that an earlier release left in the outbox lack what was added since. */
function withDefaults(sealed: SealedMail): SealedMail {
  return { ...sealed, job: { ...LATER_PARTS, ...sealed.job } }
}

const LATER_PARTS: Pick<MailJob, 'onlyFor' | 'style'> = { onlyFor: null, style: null }

/** A mail carries a live code, so the store never sees its text. */
export function sealMail(engine: Pick<Engine, 'keys' | 'random'>, mail: SealedMail): Uint8Array {
  const [key] = engine.keys.keysFor('outbox')
  return seal(key, engine.random.bytes(12), JSON.stringify(mail))
}

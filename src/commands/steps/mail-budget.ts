import { canonicalEmail } from '../../model/identifier.ts'
import type { MailKind } from '../../model/mail.ts'
import type { Engine } from '../context.ts'
import { passLimit } from './limit-rate.ts'

/** Mails that a stranger can cause and that help nobody to get in. */
const NOTICES: ReadonlySet<MailKind> = new Set(['already-registered', 'no-account', 'account-activated'])

/** How many of the mails of a period may be such notices. */
const MAX_NOTICES = 2

/** Mails that carry the link somebody asked for. */
const ASKED_FOR: ReadonlySet<MailKind> = new Set([
  'verify-email',
  'reset-password',
  'reset-username',
  'confirm-email-change',
])

/**
 * Tells whether one more mail of this kind may go to the address, and counts it.
 *
 * Counted when it is written, not when it is asked for: otherwise requests that lead to nothing would use the budget
 * up, and the owner's own reset with it. Notices have a small share of it, for the same reason. News that an owner must
 * get is never held back: that the password was replaced, or that somebody is locked out, which doubling locks keep rare.
 */
export async function isWithinMailBudget(engine: Engine, kind: MailKind, to: string): Promise<boolean> {
  const limit = engine.config.rateLimits.mailsPerRecipient
  if (limit === null) return true
  const recipient = canonicalEmail(to)
  if (NOTICES.has(kind)) {
    const share = { ...limit, count: Math.min(MAX_NOTICES, limit.count) }
    const wait = await passLimit(engine, `rate:noticesPerRecipient:${recipient}`, share)
    if (wait > 0) return false
  } else if (!ASKED_FOR.has(kind)) return true
  return (await passLimit(engine, `rate:mailsPerRecipient:${recipient}`, limit)) === 0
}

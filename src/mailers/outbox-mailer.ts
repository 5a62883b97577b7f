import type { Mailer } from '../contracts/mailer.ts'
import { addressedMail } from './addressed-mail.ts'

/**
 * Sends nothing anywhere: mails stay in the outbox, where its page shows them during development.
 *
 * Refuses what a real mailer would refuse, so that it does not first come up in production, which does not start with
 * this mailer.
 */
export function outboxMailer(): Mailer {
  return {
    description: 'kept in the outbox, not sent',
    sentMails: 'keep',
    async send(mail) {
      addressedMail(mail)
    },
    async close() {},
  }
}

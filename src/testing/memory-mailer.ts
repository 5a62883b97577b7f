import type { Mailer } from '../contracts/mailer.ts'
import { addressedMail } from '../mailers/addressed-mail.ts'
import type { Mail } from '../model/mail.ts'

/** A mailer that keeps what it is given, and that fails or hangs when a test says so. */
export interface MemoryMailer extends Mailer {
  /** What was sent, oldest first. */
  readonly sent: readonly Mail[]
  /** Lets every later `send` reject with `error`; `null` lets them succeed again. */
  failWith(error: Error | null): void
  /** Lets every later `send` wait until the function returned is called, or the mailer is closed. */
  hang(): () => void
  /** Forgets what was sent. */
  clear(): void
}

/**
 * Makes a mailer for tests. It refuses what a real one refuses.
 *
 * @example
 * const mailer = memoryMailer()
 * const auth = createAuth({ ...options, mailer })
 * await auth.requestPasswordReset({ email: 'ann@example.org' })
 * expect(mailer.sent.at(-1)?.to).toBe('ann@example.org')
 */
export function memoryMailer(): MemoryMailer {
  const sent: Mail[] = []
  let failure: Error | null = null
  let gate: PromiseWithResolvers<void> | null = null
  let isClosed = false

  function release(): void {
    gate?.resolve()
    gate = null
  }

  return {
    description: 'memory',
    sentMails: 'erase',
    sent,
    failWith(error) {
      failure = error
    },
    hang() {
      gate ??= Promise.withResolvers<void>()
      return release
    },
    clear() {
      sent.length = 0
    },
    async send(mail) {
      if (isClosed) throw new Error('The mailer is closed')
      addressedMail(mail)
      await gate?.promise
      if (failure !== null) throw failure
      sent.push(mail)
    },
    async close() {
      isClosed = true
      release()
    },
  }
}

import type { Mail } from '../model/mail.ts'

/** Hands mails to the outside. */
export interface Mailer {
  /** Where mails go, for the start banner and logs: never with credentials. */
  readonly description: string
  /**
   * `'keep'`: sent mails stay readable in the outbox, for development; production refuses to start with it.
   * `'erase'`: a body goes as soon as it was sent.
   */
  readonly sentMails: 'erase' | 'keep'
  /** Resolves once the peer has taken responsibility. Rejects otherwise; the outbox tries again. */
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}

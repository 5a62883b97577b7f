import type { MailMessage, SendMailOptions, SMTPPoolOptions, SMTPPoolSentMessageInfo, Transporter } from 'nodemailer'
import type { Mailer } from '../contracts/mailer.ts'
import type { Mail } from '../model/mail.ts'
import { type AddressedMail, addressedMail } from './addressed-mail.ts'
import { smtpFailure } from './smtp-failure.ts'

export interface SmtpMailerOptions {
  /**
   * `smtp://` (STARTTLS where the server offers it) or `smtps://` (TLS from the start), with user and password where
   * the server wants them, percent-encoded. Options of nodemailer may follow as a query, such as `?requireTLS=true`.
   *
   * With a password, TLS is required unless the server is this machine; `?requireTLS=false` takes that back.
   */
  readonly url: string
  /** How long to wait for the connection and for each answer. @default 10000 */
  readonly answerTimeoutMilliseconds?: number
  /** How long one mail may take in all, however busy the server seems. @default 60000 */
  readonly sendTimeoutMilliseconds?: number
}

/**
 * Sends mails through an SMTP server, over a few connections that are kept open between mails.
 *
 * Nothing is connected, and the library is not even loaded, before the first mail. Each mail is tried once; trying
 * again is the outbox's. `send` rejects with an `Error` whose message has no address and no secret.
 *
 * @example
 * createAuth({ ...options, mailer: smtpMailer('smtps://user:password@mail.example.org') })
 *
 * @throws {TypeError} when the URL is none
 */
export function smtpMailer(options: string | SmtpMailerOptions): Mailer {
  const settings = typeof options === 'string' ? { url: options } : options
  const server = readServer(settings.url)
  const underWay = new Set<Promise<void>>()
  let transport: Promise<SmtpTransport> | null = null
  let isClosed = false

  async function deliver(mail: Mail): Promise<void> {
    const addressed = addressedMail(mail)
    const signal = AbortSignal.timeout(settings.sendTimeoutMilliseconds ?? 60_000)
    try {
      transport ??= openTransport(settings, server)
      const opened = await transport
      await opened.sendMail({ ...mimeOptions(mail, addressed), signal })
    } catch (error) {
      throw smtpFailure(error)
    }
  }

  return {
    description: `${server.protocol}//${server.host}`,
    sentMails: 'erase',
    async send(mail) {
      if (isClosed) throw new Error('The mailer is closed')
      const delivery = deliver(mail)
      underWay.add(delivery)
      try {
        await delivery
      } finally {
        underWay.delete(delivery)
      }
    },
    async close() {
      isClosed = true
      await Promise.allSettled(underWay)
      const opened = await transport?.catch(() => null)
      opened?.close()
    },
  }
}

type SmtpTransport = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>

// The message never shows the URL, and no error of the parser is attached: both would carry the password.
function readServer(url: string): URL {
  const server = URL.parse(url)
  if (server === null || !/^smtps?:$/.test(server.protocol) || server.hostname === '') {
    throw new TypeError('The SMTP URL must be smtp://host or smtps://host, with user and password percent-encoded')
  }
  // A slash inside a password ends the host early, and the rest of the password would stand where a path does.
  if (!['', '/'].includes(server.pathname)) throw new TypeError('The SMTP URL must have no path')
  return server
}

async function openTransport(settings: SmtpMailerOptions, server: URL): Promise<SmtpTransport> {
  const { createTransport } = await import('nodemailer')
  const timeout = settings.answerTimeoutMilliseconds ?? 10_000
  const transport = createTransport({
    pool: true,
    // What the URL's query says wins over everything below.
    url: settings.url,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    // RFC 3207 §6: whoever can take STARTTLS out of the server's greeting could read the password.
    requireTLS: server.password !== '' && !isLoopback(server.hostname),
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  transport.use('stream', refuseOtherRecipients)
  return transport
}

/** Compares the envelope that the library made with what it was given, before anything leaves. */
function refuseOtherRecipients({ data, message }: MailMessage, done: (error?: Error) => void): void {
  const given = typeof data.to === 'object' && 'address' in data.to ? data.to.address : undefined
  const { to } = message.getEnvelope()
  done(to.length === 1 && to[0] === given ? undefined : new Error('The library reads the recipient differently'))
}

function mimeOptions(mail: Mail, { from, replyTo, to }: AddressedMail): SendMailOptions {
  return {
    from,
    ...(replyTo === null ? {} : { replyTo }),
    to: { name: '', address: to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    headers: {
      'Content-Language': mail.language,
      // RFC 3834 §5: keeps holiday notices from being sent back.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    xMailer: false,
  }
}

function isLoopback(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(hostname)
}

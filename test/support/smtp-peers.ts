import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach } from 'vitest'
import type { Mailer } from '../../src/contracts/mailer.ts'
import { type SmtpMailerOptions, smtpMailer } from '../../src/mailers/smtp-mailer.ts'
import type { Mail } from '../../src/model/mail.ts'

/** A mail as it came over the wire. */
export interface Arrived {
  /** The arguments of RCPT TO, before any program interpreted them. */
  readonly recipients: readonly string[]
  readonly raw: string
  readonly parsed: Email
}

/** Servers that speak SMTP, and mailers that speak to them, for the tests of a file; they are closed after each test. */
export interface SmtpPeers {
  /** What the real servers were sent in this test. */
  readonly arrived: Arrived[]
  newMailer(options: SmtpMailerOptions): Mailer
  /** A real SMTP server on loopback that accepts everything, except what `options` refuses. Gives its host and port. */
  startServer(options?: SMTPServerOptions): Promise<string>
  /** A server that says what it is told to say, line by line, and nothing else. Gives its host and port. */
  startScript(script: (socket: Socket) => void): Promise<string>
}

export function smtpPeers(): SmtpPeers {
  const closers: (() => unknown)[] = []
  const arrived: Arrived[] = []

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
    arrived.length = 0
  })

  return {
    arrived,
    newMailer(options) {
      const mailer = smtpMailer(options)
      closers.push(() => mailer.close())
      return mailer
    },
    async startServer(options = {}) {
      const server = acceptingServer(arrived, options)
      server.listen(0, '127.0.0.1')
      await once(server.server, 'listening')
      closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
      return hostOf(server.server.address())
    },
    async startScript(script) {
      const sockets = new Set<Socket>()
      const server: Server = createServer((socket) => {
        sockets.add(socket)
        socket.on('error', () => undefined)
        script(socket)
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      closers.push(() => {
        for (const socket of sockets) socket.destroy()
        return new Promise((resolve) => server.close(resolve))
      })
      return hostOf(server.address())
    },
  }
}

const hostOf = (address: ReturnType<Server['address']>): string => `127.0.0.1:${(address as AddressInfo).port}`

function acceptingServer(arrived: Arrived[], options: SMTPServerOptions): SMTPServer {
  let recipients: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: commandLog((command) => {
      const argument = /^RCPT TO:<(.*)>/i.exec(command)?.[1]
      if (argument !== undefined) recipients.push(argument)
    }),
    onData(stream, _session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        const envelope = recipients
        recipients = []
        PostalMime.parse(raw).then((parsed) => {
          arrived.push({ recipients: envelope, raw: raw.toString('latin1'), parsed })
          done()
        }, done)
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  return server
}

/** The server's logger, reduced to the lines that the client sent. */
export function commandLog(onCommand: (command: string) => unknown): NonNullable<SMTPServerOptions['logger']> {
  const ignore = (): void => undefined
  const debug = (...entry: unknown[]): void => {
    if (entry[1] === 'C:') onCommand(String(entry[2]))
  }
  return { trace: ignore, debug, info: ignore, warn: ignore, error: ignore, fatal: ignore, level: ignore }
}

/** A mail that nothing is wrong with. */
export const mail: Mail = {
  from: '"Acme, Inc." <no-reply@acme.example>',
  to: 'ann@example.org',
  subject: 'Hello',
  text: 'Hello\n',
  html: '<p>Hello</p>\n',
  language: 'en',
  messageId: '<1.abc@acme.example>',
}

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as it came over the wire. */
export interface Arrived {
  /** The arguments of RCPT TO, before any program interpreted them. */
  readonly recipients: readonly string[]
  readonly raw: string
  readonly parsed: Email
}

export interface SmtpSink {
  readonly url: string
  readonly arrived: readonly Arrived[]
  close(): Promise<void>
}

/** A real SMTP server on loopback that takes everything. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const arrived: Arrived[] = []
  const envelopes = new Map<string, string[]>()
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    // The server's own reading of an address is one more program's; what counts is what went over the wire.
    logger: commandLog((connection, command) => {
      const recipient = /^RCPT TO:<(.*)>/i.exec(command)?.[1]
      if (recipient !== undefined) envelopes.set(connection, [...(envelopes.get(connection) ?? []), recipient])
    }),
    onData(stream, { id }, done) {
      const recipients = envelopes.get(id) ?? []
      envelopes.delete(id)
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        PostalMime.parse(raw).then((parsed) => {
          arrived.push({ recipients, raw: raw.toString('latin1'), parsed })
          done()
        }, done)
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    arrived,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** A logger that hears every command of a client, with the connection it came over. */
function commandLog(
  onCommand: (connection: string, command: string) => unknown,
): NonNullable<SMTPServerOptions['logger']> {
  const ignore = (): void => undefined
  const debug = (...[facts, direction, command]: unknown[]): void => {
    if (direction === 'C:') onCommand((facts as { readonly cid: string }).cid, String(command))
  }
  return { trace: ignore, debug, info: ignore, warn: ignore, error: ignore, fatal: ignore, level: ignore }
}

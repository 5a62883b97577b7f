import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { createTransport } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Mailer } from '../contracts/mailer.ts'
import { renderMail } from '../mails/render-mail.ts'
import { messagesFor } from '../messages/catalogues.ts'
import type { Mail } from '../model/mail.ts'
import { mailerConformance } from '../testing/mailer-conformance.ts'
import { type SmtpMailerOptions, smtpMailer } from './smtp-mailer.ts'

/** A mail as it came over the wire. */
interface Arrived {
  /** The arguments of RCPT TO, before any program interpreted them. */
  readonly recipients: readonly string[]
  readonly raw: string
  readonly parsed: Email
}

describe('smtpMailer', () => {
  const closers: (() => unknown)[] = []
  let arrived: Arrived[]

  beforeEach(() => {
    arrived = []
  })

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })

  function newMailer(options: SmtpMailerOptions): Mailer {
    const mailer = smtpMailer(options)
    closers.push(() => mailer.close())
    return mailer
  }

  /** A real SMTP server on loopback that accepts everything, except what `options` refuses. */
  async function startServer(options: SMTPServerOptions = {}): Promise<string> {
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
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
    return `127.0.0.1:${(server.server.address() as AddressInfo).port}`
  }

  /** A server that says what it is told to say, line by line, and nothing else. */
  async function startScript(script: (socket: Socket) => void): Promise<string> {
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
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  describe('over one connection', () => {
    // The recipients of parallel connections could not be told apart in the command log.
    mailerConformance({
      newMailer: async () => newMailer({ url: `smtp://${await startServer()}?maxConnections=1` }),
      received: () =>
        arrived.map(({ recipients, parsed }) => ({
          recipients,
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: parsed.html ?? '',
          messageId: parsed.messageId ?? '',
        })),
    })
  })

  it('sends a rendered mail so that both parts can be read and the headers are one each', async () => {
    const mailer = newMailer({ url: `smtp://${await startServer()}` })
    const input = { siteName: 'Bücher & Söhne', language: 'de', userName: 'Jürgen', data: {} }
    const link = 'https://app.example/reset?code=abc_-123'
    const expiresAt = new Date('2026-11-21T23:33:00Z')
    const rendered = renderMail('reset-password', { ...input, link, expiresAt }, messagesFor('de'))
    await mailer.send({ ...mail, ...rendered, language: 'de' })

    const [{ raw, parsed } = missing()] = arrived
    expect(parsed).toMatchObject({ subject: 'Neues Passwort für Bücher & Söhne', messageId: mail.messageId })
    expect(parsed.text?.trimEnd()).toBe(rendered.text.trimEnd())
    expect(parsed.html?.trimEnd()).toBe(rendered.html.trimEnd())
    expect(parsed.from).toEqual({ name: 'Acme, Inc.', address: 'no-reply@acme.example' })
    expect(parsed.to).toEqual([{ name: '', address: 'ann@example.org' }])
    const [head = ''] = raw.split('\r\n\r\n', 1)
    const names = [...head.matchAll(/^([A-Za-z-]+):/gm)].map(([, name = '']) => name.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(expect.arrayContaining(['auto-submitted', 'content-language', 'date', 'message-id']))
    expect(names).not.toContain('bcc')
    expect(names).not.toContain('reply-to')
    expect(names).not.toContain('x-mailer')
    expect(raw).toContain('Content-Type: multipart/alternative')
  })

  it('says where answers go, where the mail says it', async () => {
    const mailer = newMailer({ url: `smtp://${await startServer()}` })
    await mailer.send({ ...mail, replyTo: '"Acme, Help" <help@acme.example>' })
    expect(arrived[0]?.parsed.replyTo).toEqual([{ name: 'Acme, Help', address: 'help@acme.example' }])
  })

  it.each(HOSTILE_ADDRESSES)('refuses %j or delivers to exactly that (attacks 10 and 11)', async (to) => {
    const mailer = newMailer({ url: `smtp://${await startServer({ lenientAddressParsing: true })}` })
    const outcome = await mailer.send({ ...mail, to }).then(
      () => 'sent',
      () => 'refused',
    )
    expect(arrived.map(({ recipients }) => recipients)).toEqual(outcome === 'sent' ? [[to]] : [])
  })

  it('has to: the library alone delivers some of them to somebody else', async () => {
    const host = await startServer({ lenientAddressParsing: true })
    const transport = createTransport({ url: `smtp://${host}`, pool: true, maxConnections: 1 })
    closers.push(() => transport.close())
    const strays: string[] = []
    for (const to of HOSTILE_ADDRESSES) {
      arrived = []
      await transport.sendMail({ ...mail, to }).catch(() => undefined)
      if (arrived.some(({ recipients }) => recipients.length !== 1 || recipients[0] !== to)) strays.push(to)
    }
    expect(strays).toContain('a@evil.example,v@corp.example')
    expect(strays.length).toBeGreaterThan(10)
  })

  it.each(PLAIN_ADDRESSES)('delivers to %j as it is stored', async (to) => {
    const mailer = newMailer({ url: `smtp://${await startServer()}` })
    await mailer.send({ ...mail, to })
    expect(arrived.map(({ recipients }) => recipients)).toEqual([[to]])
  })

  it('writes the domain of an address in lower-case ASCII, and leaves the rest alone', async () => {
    const mailer = newMailer({ url: `smtp://${await startServer()}` })
    await mailer.send({ ...mail, to: 'Ann@BÜCHER.example' })
    expect(arrived.map(({ recipients }) => recipients)).toEqual([['Ann@xn--bcher-kva.example']])
  })

  it('rejects when the server refuses the recipient, without saying who it was', async () => {
    const host = await startServer({
      onRcptTo(address, _session, done) {
        done(Object.assign(new Error(`no such user ${address.address}`), { responseCode: 550 }))
      },
    })
    const failure = await newMailer({ url: `smtp://${host}` })
      .send(mail)
      .catch((error: Error) => error)
    expect(failure).toBeInstanceOf(Error)
    expect(`${failure}`).toMatch(/SMTP 550 at RCPT TO: .*no such user \[…\]/)
    expect(`${failure}`).not.toContain('ann')
    expect(arrived).toEqual([])
  })

  it('rejects when the server refuses the content, without repeating the link in it', async () => {
    const secret = 'https://app.example/reset?code=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1Njc4OTA'
    const host = await startServer({
      onData(stream, _session, done) {
        stream.resume()
        stream.on('end', () =>
          done(Object.assign(new Error(`spam: ${secret} and ${secret.slice(31)}`), { responseCode: 554 })),
        )
      },
    })
    const failure = await newMailer({ url: `smtp://${host}` })
      .send(mail)
      .catch((error: Error) => error)
    expect(`${failure}`).toMatch(/SMTP 554 at DATA/)
    expect(`${failure}`).not.toMatch(/Zm9v|app\.example/)
  })

  it('rejects when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    await expect(newMailer({ url: `smtp://127.0.0.1:${port}` }).send(mail)).rejects.toThrow(
      /SMTP delivery failed.*ECONNREFUSED/,
    )
  })

  it.each([
    { moment: 'before it greets', script: (socket: Socket) => void socket.end() },
    { moment: 'after it was greeted', script: (socket: Socket) => answerUntil(/^EHLO/m, socket, () => socket.end()) },
    {
      moment: 'in the middle of a mail',
      script: (socket: Socket) => answerUntil(/^DATA/m, socket, () => socket.destroy()),
    },
  ])('rejects when the server hangs up $moment, and does not try again by itself', async ({ script }) => {
    let connections = 0
    const host = await startScript((socket) => {
      connections += 1
      script(socket)
    })
    await expect(newMailer({ url: `smtp://${host}` }).send(mail)).rejects.toThrow('SMTP delivery failed')
    expect(connections).toBe(1)
  })

  it('rejects when the server answers too slowly', async () => {
    const host = await startScript((socket) => answerUntil(/^DATA/m, socket, () => undefined))
    const mailer = newMailer({ url: `smtp://${host}`, answerTimeoutMilliseconds: 200 })
    await expect(mailer.send(mail)).rejects.toThrow(/ETIMEDOUT/)
  })

  it('rejects when the server never greets', async () => {
    const host = await startScript(() => undefined)
    const mailer = newMailer({ url: `smtp://${host}`, answerTimeoutMilliseconds: 200 })
    await expect(mailer.send(mail)).rejects.toThrow(/ETIMEDOUT/)
  })

  it('rejects when the server keeps it waiting with drops of an answer', async () => {
    const host = await startScript((socket) => {
      const timer = setInterval(() => socket.write('220-wait\r\n'), 50)
      socket.on('close', () => clearInterval(timer))
    })
    const mailer = newMailer({ url: `smtp://${host}`, answerTimeoutMilliseconds: 5000, sendTimeoutMilliseconds: 300 })
    await expect(mailer.send(mail)).rejects.toThrow(/EABORT/)
  })

  it('sends again after the server was gone for one mail', async () => {
    let connections = 0
    const host = await startServer({
      onConnect(_session, done) {
        connections += 1
        done(connections === 1 ? Object.assign(new Error('later'), { responseCode: 421 }) : null)
      },
    })
    const mailer = newMailer({ url: `smtp://${host}` })
    await expect(mailer.send(mail)).rejects.toThrow('SMTP 421')
    await mailer.send(mail)
    expect(arrived).toHaveLength(1)
  })

  it('keeps the connection between mails', async () => {
    let connections = 0
    const host = await startServer({
      onConnect(_session, done) {
        connections += 1
        done()
      },
    })
    const mailer = newMailer({ url: `smtp://${host}` })
    await mailer.send(mail)
    await mailer.send(mail)
    expect(connections).toBe(1)
  })

  it('finishes what is under way when it is closed, and takes nothing more', async () => {
    const host = await startServer()
    const mailer = newMailer({ url: `smtp://${host}` })
    const sending = mailer.send(mail)
    await mailer.close()
    await sending
    expect(arrived).toHaveLength(1)
    await expect(mailer.send(mail)).rejects.toThrow('closed')
  })

  describe('with a password', () => {
    it('logs in with the decoded user and password of the URL', async () => {
      const seen: unknown[] = []
      const host = await startServer({
        authOptional: false,
        allowInsecureAuth: true,
        onAuth({ username, password }, _session, done) {
          seen.push([username, password])
          done(null, { user: username })
        },
      })
      await newMailer({ url: `smtp://ann%40acme:p%2Fs%3As%20%C3%BC@${host}` }).send(mail)
      expect(seen).toEqual([['ann@acme', 'p/s:s ü']])
    })

    it('rejects when the server refuses them, and repeats neither', async () => {
      const host = await startServer({
        authOptional: false,
        allowInsecureAuth: true,
        onAuth: ({ username, password }, _session, done) => done(new Error(`wrong: ${username}@acme ${password}`)),
      })
      const failure = await newMailer({ url: `smtp://ann:sesam-oeffne-dich-sesam-oeffne-dich@${host}` })
        .send(mail)
        .catch((error: Error) => error)
      expect(`${failure}`).toMatch(/SMTP 535/)
      expect(`${failure}`).not.toMatch(/ann@|sesam/)
    })

    it('sends nothing over a connection that requires TLS and cannot get it', async () => {
      const host = await startServer()
      await expect(newMailer({ url: `smtp://${host}?requireTLS=true` }).send(mail)).rejects.toThrow(/STARTTLS|TLS/)
      expect(arrived).toEqual([])
    })

    it('requires TLS from every other machine, unless the URL takes that back', async () => {
      const commands: string[] = []
      const host = await startServer({
        logger: commandLog((command) => commands.push(command)),
        allowInsecureAuth: true,
      })
      const elsewhere = host.replace('127.0.0.1', '0.0.0.0')
      await expect(newMailer({ url: `smtp://ann:secret@${elsewhere}` }).send(mail)).rejects.toThrow(/TLS/)
      expect(commands.filter((command) => /^AUTH|^MAIL/.test(command))).toEqual([])

      await newMailer({ url: `smtp://ann:secret@${elsewhere}?requireTLS=false` })
        .send(mail)
        .catch(() => undefined)
      expect(commands.filter((command) => /^AUTH/.test(command))).toHaveLength(1)
    })

    it('shows neither when the library cannot use the URL, and can be closed all the same', async () => {
      const mailer = newMailer({ url: 'smtp://ann:secret@mail%00.example.org' })
      const failure = await mailer.send(mail).catch((error: Error) => error)
      expect(failure).toBeInstanceOf(Error)
      expect(inspect(failure)).not.toMatch(/ann:|secret/)
      await mailer.close()
    })

    it('never shows user or password in its description or in a complaint about the URL', () => {
      expect(smtpMailer('smtps://ann:secret@mail.example.org:465?pool=true').description).toBe(
        'smtps://mail.example.org:465',
      )
      for (const url of [
        'smtp://ann:se/cret@mail.example.org',
        'http://ann:secret@mail.example.org',
        'smtp://',
        'secret',
      ]) {
        const error = caught(() => smtpMailer(url))
        expect(error, url).toBeInstanceOf(TypeError)
        expect(JSON.stringify([`${error}`, error]), url).not.toContain('cret')
      }
    })
  })
})

const HOSTILE_ADDRESSES = [
  'a@evil.example,v@corp.example',
  'v@x.example;a@y.example',
  'v@x.example a@y.example',
  'V <v@x.example>',
  '<v@x.example>',
  'v@x.example>',
  '<v@x.example',
  'v@x.example, claim your prize',
  'V <v@x.example>, a@evil.example',
  'group: v@x.example, a@evil.example;',
  'undisclosed-recipients:;',
  '"e@evil.example"@v.example',
  '"e@evil.example "@v.example',
  '"e\\"@evil.example"@v.example',
  '"quoted"@v.example',
  'xclow3n@gmail.example"@v.example',
  '"evil@attacker.example x"@internal.example',
  'u@v.example(x)evil.example',
  'u(comment)@v.example',
  '(comment)u@v.example',
  'u@(comment)v.example',
  'u@v.example (comment',
  'a@evil@corp.example',
  'a@corp.example@evil.example',
  '@relay.example:a@v.example',
  'a%evil.example@v.example',
  'evil.example!a@v.example',
  'a@[127.0.0.1]',
  'a@[x@evil.example]',
  'a@v.example\r\n b@evil.example',
  'a@v.example\r\nBcc: e@evil.example',
  'a@v.example\nRCPT TO:<e@evil.example>',
  'a@v.example> NOTIFY=NEVER',
  'a\0@v.example',
  'a@v\u3002example',
  'a@v\uff0eexample',
  'a\uff20evil.example@v.example',
  'a@v.example\u200b',
  'a@v.example\u2028',
  'a@\u202ev.example',
  ' a@v.example',
  'a@v.example ',
  'a @v.example',
  'a@ v.example',
  '.a@v.example',
  'a..b@v.example',
  'a.@v.example',
  'a@v..example',
  'a@-v.example',
  'a@v.example.',
  'a@',
  '@v.example',
  'a@xn--\u00fc.example',
  'a@xn--a.example',
  '=?utf-8?q?a=40evil.example?=@v.example',
  '=?utf-8?q?e=40evil.example=3e=00?=foo@v.example',
  `${'a'.repeat(300)}@v.example`,
  '\ud800@v.example',
]

const PLAIN_ADDRESSES = [
  'ann@example.org',
  'Ann.O-Neill+news@example.org',
  "!#$%&'*+/=?^_`{|}~-@example.org",
  'ann@xn--bcher-kva.example',
  'ann@a.b.c.d.example.org',
  'ann@localhost',
]

const mail: Mail = {
  from: '"Acme, Inc." <no-reply@acme.example>',
  to: 'ann@example.org',
  subject: 'Hello',
  text: 'Hello\n',
  html: '<p>Hello</p>\n',
  language: 'en',
  messageId: '<1.abc@acme.example>',
}

/** The server's logger, reduced to the lines that the client sent. */
function commandLog(onCommand: (command: string) => unknown): NonNullable<SMTPServerOptions['logger']> {
  const ignore = (): void => undefined
  const debug = (...entry: unknown[]): void => {
    if (entry[1] === 'C:') onCommand(String(entry[2]))
  }
  return { trace: ignore, debug, info: ignore, warn: ignore, error: ignore, fatal: ignore, level: ignore }
}

/** Accepts every command up to the one that matches `last`. */
function answerUntil(last: RegExp, socket: Socket, onLast: () => void): void {
  socket.write('220 ready\r\n')
  socket.on('data', (chunk) => {
    if (last.test(chunk.toString())) return onLast()
    socket.write('250 fine\r\n')
  })
}

function caught(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}

function missing(): never {
  throw new Error('No mail arrived')
}

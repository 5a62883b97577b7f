import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { commandLog, mail, smtpPeers } from '../../test/support/smtp-peers.ts'
import { smtpMailer } from './smtp-mailer.ts'

describe('smtpMailer with a password', () => {
  const { arrived, newMailer, startServer } = smtpPeers()

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

function caught(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return undefined
}

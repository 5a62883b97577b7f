import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { mail, smtpPeers } from '../../test/support/smtp-peers.ts'

describe('smtpMailer, where something fails', () => {
  const { arrived, newMailer, startScript, startServer } = smtpPeers()

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
})

/** Accepts every command up to the one that matches `last`. */
function answerUntil(last: RegExp, socket: Socket, onLast: () => void): void {
  socket.write('220 ready\r\n')
  socket.on('data', (chunk) => {
    if (last.test(chunk.toString())) return onLast()
    socket.write('250 fine\r\n')
  })
}

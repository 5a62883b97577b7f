/**
 * A lock for one user from one source, with tiers, and a server elsewhere that is told of it.
 *
 * Strangers then shut nobody out but themselves: the owner comes in from any other address. The event is sent to a server of
 * one's own, signed so that it can be verified by any library of Standard Webhooks.
 */
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { AuthError, createAuth } from 'portress'
import { webhook } from 'portress/listeners/webhook'
import { sqlite } from 'portress/stores/sqlite'

const key = Buffer.from('a key of thirty-two bytes or so.')

const receiver = createServer(async (request, response) => {
  const body = await text(request)
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = request.headers
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const { type, data } = JSON.parse(body) as {
    readonly type: string
    readonly data: { readonly identifier: string; readonly request: { readonly address: string } }
  }
  console.log(`${type}: ${data.identifier} from ${data.request.address}, signed: ${signature === `v1,${expected}`}`)
  response.writeHead(204).end()
  receiver.emit('told')
}).listen(0, '127.0.0.1')
await once(receiver, 'listening')
const { port } = receiver.address() as AddressInfo

const auth = createAuth({
  store: sqlite(':memory:'),
  secrets: ['k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'],
  site: { name: 'Acme', origin: 'http://127.0.0.1:3000' },
  environment: 'development',
  passwords: { argon2: { memoryKiB: 8192, passes: 1 } },
  lockout: { keys: [['user', 'address'], 'address'], lockTiersSeconds: [60, 600, 86_400] },
  events: webhook({
    url: `http://127.0.0.1:${port}/`,
    secret: `whsec_${key.toString('base64')}`,
    events: ['userLockedOut'],
  }),
  logger: false,
  mounts: {},
})

const password = 'otter by the weir'
await auth.createUser({ username: 'ann', email: 'ann@example.org', password, passwordCheck: 'enforced' })

async function logIn(typed: string, address: string): Promise<string> {
  try {
    await auth.login({ identifier: 'ann', password: typed }, { address })
    return 'let in'
  } catch (error) {
    if (error instanceof AuthError) return error.code
    throw error
  }
}

const told = once(receiver, 'told')
for (let guess = 0; guess < 3; guess += 1) await logIn('wrong', '198.51.100.7')
await told
console.log('from there, with the right password:', await logIn(password, '198.51.100.7'))
console.log('from anywhere else:', await logIn(password, '203.0.113.2'))
for (const { kind, userId, address } of await auth.listLocks({ limit: 10 })) {
  console.log(`locked: ${kind} ${userId} from ${address}`)
}

receiver.close()
await auth.close()

/* prints:
userLockedOut: ann from 198.51.100.7, signed: true
from there, with the right password: invalid_credentials
from anywhere else: let in
locked: user 1 from 198.51.100.7
*/

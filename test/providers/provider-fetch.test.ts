/** What comes between us and a provider (attack 168). */
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IdentityProviderError } from '../../src/contracts/identity-provider-error.ts'
import { providerFetch } from '../../src/providers/provider-fetch.ts'

let server: Server
let origin: string
let respond: (response: ServerResponse) => void
const visited: (string | undefined)[] = []

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    visited.push(url)
    respond(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const send = providerFetch({ environment: 'development', timeoutMilliseconds: 60_000 })

const sendBriefly = providerFetch({ environment: 'development', timeoutMilliseconds: 300 })

async function reasonOf(answer: Promise<Response>): Promise<string> {
  const error = await answer.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(IdentityProviderError)
  return String(error)
}

describe('providerFetch', () => {
  it('gives an answer as it came', async () => {
    respond = (response) => response.writeHead(418, { 'content-type': 'application/json', 'x-a': 'b' }).end('{"a":1}')
    const answer = await send(`${origin}/tea`)
    expect([answer.status, answer.headers.get('x-a'), await answer.json()]).toEqual([418, 'b', { a: 1 }])
  })

  it('gives an answer without a body', async () => {
    respond = (response) => response.writeHead(204).end()
    expect((await send(origin)).status).toBe(204)
  })

  it('does not follow a redirect', async () => {
    visited.length = 0
    respond = (response) => response.writeHead(302, { location: `${origin}/secret` }).end()
    expect((await send(`${origin}/start`)).status).toBe(302)
    expect(visited).toEqual(['/start'])
  })

  it('does not wait for an answer that does not come', async () => {
    respond = () => {}
    expect(await reasonOf(sendBriefly(origin))).toBe('IdentityProviderError: unreachable: timeout')
  })

  it('does not wait for a body that drips', async () => {
    respond = (response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(drip))
    }
    expect(await reasonOf(sendBriefly(origin))).toBe('IdentityProviderError: unreachable: timeout')
  })

  it('does not read ten megabytes, and does not take them all', async () => {
    let sent = 0
    respond = (response) => {
      response.writeHead(200)
      const block = Buffer.alloc(65_536)
      const more = () => {
        while (sent < 10_485_760 && !response.destroyed) {
          sent += block.length
          if (!response.write(block)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    }
    expect(await reasonOf(send(origin))).toBe('IdentityProviderError: unreachable: too_large')
  })

  it('does not unpack ten megabytes out of ten kilobytes', async () => {
    const bomb = gzipSync(Buffer.alloc(10_485_760))
    expect(bomb.length).toBeLessThan(20_000)
    respond = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    expect(await reasonOf(send(origin))).toBe('IdentityProviderError: unreachable: too_large')
  })

  it('reads what was packed', async () => {
    respond = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'))
    expect(await (await send(origin)).json()).toEqual({ a: 1 })
  })

  it.each([
    ['a connection that breaks', (response: ServerResponse) => response.destroy()],
    ['half an answer', (response: ServerResponse) => response.writeHead(200, { 'content-length': 100 }).end('{')],
    [
      'a body that is not packed as it says',
      (response: ServerResponse) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no'),
    ],
  ])('tells %s as unreachable, without the address and its secrets', async (_what, answer) => {
    respond = answer
    expect(await reasonOf(send(`${origin}/me?access_token=hidden`))).toMatch(
      /^IdentityProviderError: unreachable: \w+$/,
    )
  })

  it('tells a closed port as unreachable', async () => {
    expect(await reasonOf(send('http://127.0.0.1:1/'))).toBe('IdentityProviderError: unreachable: network')
  })

  it.each([
    ['http://id.example/'],
    ['http://10.0.0.1/'],
    ['http://127.0.0.1.evil.example/'],
    ['http://localhost.evil.example/'],
    ['ftp://127.0.0.1/'],
    ['file:///etc/passwd'],
    ['data:application/json,{}'],
    ['https://user:password@id.example/'],
  ])('never opens %s', async (address) => {
    expect(await reasonOf(send(address))).toBe('IdentityProviderError: unreachable: insecure_address')
  })

  it('does not go without TLS to this machine in production either', async () => {
    visited.length = 0
    const strict = providerFetch({ environment: 'production' })
    expect(await reasonOf(strict(origin))).toBe('IdentityProviderError: unreachable: insecure_address')
    expect(visited).toEqual([])
  })
})

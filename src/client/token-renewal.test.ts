import { expect, it } from 'vitest'
import { httpServer } from '../../test/support/http-server.ts'
import { keptSession } from './kept-session.ts'
import { tokenRenewal } from './token-renewal.ts'
import { memoryTokens } from './tokens.ts'
import { transport } from './transport.ts'

const OLD = { accessToken: 'old', expiresAt: '', refreshToken: 'old-refresh' }

it('gives a renewal up that hangs, keeps what there was, and tries again with the next call', async () => {
  const server = await httpServer()
  let requests = 0
  server.answerWith(() => {
    requests += 1
    if (requests === 1) return new Promise<Response>(() => {})
    return Response.json({ session: {}, accessToken: 'new', expiresAt: '', refreshToken: 'new-refresh' })
  })
  const tokens = memoryTokens(OLD)
  const session = keptSession({ tokens, onSignedOut: () => expect.unreachable('nobody was signed out') })
  const renew = tokenRenewal(session, transport(`${server.origin}/api`, globalThis.fetch), 100)
  const bothOfThem = await Promise.all([renew(OLD), renew(OLD)])
  const hung = { ok: false, error: { code: 'network', cause: expect.objectContaining({ name: 'TimeoutError' }) } }
  expect(bothOfThem).toEqual([hung, hung])
  expect(tokens.read()).toEqual(OLD)
  expect(await renew(OLD)).toMatchObject({ ok: true, value: { accessToken: 'new', refreshToken: 'new-refresh' } })
  expect(requests).toBe(2)
  await server.close()
})

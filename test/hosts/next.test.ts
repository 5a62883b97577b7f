/** What the host for Next does by itself; that it holds within Next is in `examples.test.ts`. */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { currentUser, type FetchHandler, oncePerProcess, toNextHandlers } from '../../src/hosts/next.ts'
import { GOOD_PASSWORD } from '../support/accounts.ts'
import { testAuth } from '../support/test-auth.ts'

const told: FetchHandler = (_request, { address, header }) =>
  Response.json({ address, forwardedFor: header('x-forwarded-for'), host: header('x-forwarded-host') })

const ask = (headers: Readonly<Record<string, string>>): Request => new Request('http://localhost/api', { headers })

describe('toNextHandlers', () => {
  it('knows no address where nobody has noted one, and takes none from whoever sends one', async () => {
    const { GET } = toNextHandlers(told)
    const forged = {
      'x-portress-peer': 'undefined {"address":"203.0.113.1","forwarded":{"x-forwarded-for":"203.0.113.1"}}',
      'x-forwarded-for': '203.0.113.2',
    }
    expect(await (await GET(ask({}))).json()).toEqual({ address: null, forwardedFor: null, host: null })
    expect(await (await GET(ask(forged))).json()).toEqual({ address: null, forwardedFor: '203.0.113.2', host: null })
  })

  it('takes the address from where the developer says', async () => {
    const { POST } = toNextHandlers(told, { address: (request) => request.headers.get('x-real-ip') })
    const answer = await POST(ask({ 'x-real-ip': '203.0.113.3' }))
    expect(await answer.json()).toMatchObject({ address: '203.0.113.3' })
    expect(await (await POST(ask({}))).json()).toMatchObject({ address: null })
  })
})

describe('currentUser', () => {
  it('gives the user of a good cookie, and nobody for none or a bad one', async () => {
    const { auth } = testAuth()
    onTestFinished(() => auth.close())
    const ann = { username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD }
    await auth.createUser({ ...ann, passwordCheck: 'bypassed' })
    const { issued } = await auth.login({ identifier: 'ann', password: GOOD_PASSWORD, carrier: 'cookie' })
    const name = auth.config.cookies.sessionName
    expect(await currentUser(auth, new Headers({ cookie: `${name}=${issued.token}` }))).toMatchObject({
      username: 'ann',
    })
    expect(await currentUser(auth, new Headers())).toBeNull()
    expect(await currentUser(auth, new Headers({ cookie: `${name}=nonsense` }))).toBeNull()
  })

  it('does not take a store that is away for nobody', async () => {
    const away = { requireUser: () => Promise.reject(new RangeError('the store is away')) }
    await expect(currentUser(away, new Headers())).rejects.toThrow(RangeError)
  })
})

describe('oncePerProcess', () => {
  it('makes one thing for each name, also in another copy of the module', async () => {
    let made = 0
    const name = 'made in a test'
    const make = () => {
      made += 1
      return { number: made }
    }
    const first = oncePerProcess(name, make)
    expect(oncePerProcess(name, make)).toBe(first)
    expect(oncePerProcess(`${name}, too`, make)).not.toBe(first)
    vi.resetModules()
    const again = await import('../../src/hosts/next.ts')
    expect(again.oncePerProcess).not.toBe(oncePerProcess)
    expect(again.oncePerProcess(name, make)).toBe(first)
    expect(made).toBe(2)
  })

  it('keeps nothing of what could not be made', () => {
    const fail = () => {
      throw new Error('no secret')
    }
    expect(() => oncePerProcess('tried twice', fail)).toThrow('no secret')
    expect(oncePerProcess('tried twice', () => 'made')).toBe('made')
  })
})

import { describe, expect, it } from 'vitest'
import type { DrfSettings } from '../../../src/dialects/drf/view.ts'
import { type DoorAnswer, type DoorSite, doorSites } from './support/door-site.ts'
import { PASSWORD } from './support/passwords.ts'

const newSite = doorSites()

const SESSIONS: { readonly door: Partial<DrfSettings> } = { door: { schemes: ['session', 'token'] } }

/** Without encryption nobody asks where a request comes from, so the token alone decides. */
const PLAIN = {
  ...SESSIONS,
  site: { name: 'Acme', origin: 'http://localhost:8000' },
  cookies: { dangerouslyAllowPlainHttp: true },
} as const

const CLEARED = 'sessionid=""; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax'

const failed = (reason: string): unknown => [403, { detail: `CSRF Failed: ${reason}` }]

const told = ({ status, body }: DoorAnswer): unknown => [status, body]

describe('the cookies of a log-in', () => {
  it('are a session that scripts cannot read and a token that they can', async () => {
    const site = newSite(SESSIONS)
    await site.addUser('ann')
    const { headers } = await site.call('POST session/login', { json: { username: 'ann', password: PASSWORD } })
    const [session, csrf] = headers.getSetCookie()
    expect(session).toMatch(
      /^sessionid=[\w-]{43}; expires=Sun, 15 Mar 2026 12:00:00 GMT; Max-Age=1209600; HttpOnly; Path=\/; SameSite=Lax; Secure$/,
    )
    expect(csrf).toMatch(
      /^csrftoken=[a-zA-Z0-9]{32}; expires=Sun, 28 Feb 2027 12:00:00 GMT; Max-Age=31449600; Path=\/; SameSite=Lax; Secure$/,
    )
    expect(headers.get('vary')).toBe('Accept, Cookie')
  })

  it('hold another CSRF token after each log-in', async () => {
    const site = newSite(PLAIN)
    const { csrf, cookie } = await site.browser('ann')
    const again = await site.call('POST session/login', {
      json: { username: 'ann', password: PASSWORD },
      headers: { cookie, 'x-csrftoken': csrf },
    })
    const [, renewed] = again.headers.getSetCookie()
    expect([again.status, renewed?.slice(0, 42) === `csrftoken=${csrf}`]).toEqual([200, false])
  })
})

describe('a session that is over', () => {
  it.each(['x', '""', '', 'a'.repeat(43), 'a'.repeat(40), 'a'.repeat(10_000), 'a.b.c', '%00', '\u00ff'])(
    'means nobody, and its cookie is cleared in every answer: %s',
    async (value) => {
      const { call } = newSite(SESSIONS)
      const headers = { cookie: `other=1; sessionid=${value}` }
      for (const [row, status] of [
        ['GET me/', 403],
        ['GET people/1/', 200],
        ['POST echo/', 400],
        ['GET people/1/?x', 200],
      ] as const) {
        const answer = await call(row, { headers })
        expect([row, answer.status, answer.headers.getSetCookie()]).toEqual([row, status, [CLEARED]])
      }
    },
  )

  it('is cleared even where another scheme lets in or refuses', async () => {
    const site = newSite(SESSIONS)
    const authorization = await site.member('ann')
    for (const [value, status] of [
      [authorization, 200],
      ['Token bad', 403],
    ] as const) {
      const answer = await site.call('GET me/', { headers: { authorization: value, cookie: 'sessionid=x' } })
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, [CLEARED]])
    }
  })

  it('is not looked at, let alone cleared, where an earlier scheme decides or the path reads no credential', async () => {
    const site = newSite({ door: { schemes: ['token', 'session'] } })
    const authorization = await site.member('ann')
    const headers = { cookie: 'sessionid=x' }
    for (const answer of [
      await site.call('GET me/', { headers: { ...headers, authorization } }),
      await site.call('POST jwt/create', { headers }),
      await site.call('GET people/1/?format=xml', { headers }),
    ]) {
      expect([answer.headers.getSetCookie(), answer.headers.get('vary')]).toEqual([[], 'Accept'])
    }
  })

  it('is replaced and not cleared by the answer that begins another one', async () => {
    const site = newSite(SESSIONS)
    await site.addUser('ann')
    const { status, headers } = await site.call('POST session/login', {
      json: { username: 'ann', password: PASSWORD },
      headers: { cookie: 'sessionid=x' },
    })
    const cookies = headers.getSetCookie()
    expect([status, cookies.length, cookies.filter((cookie) => cookie.startsWith('sessionid=""'))]).toEqual([
      200,
      2,
      [],
    ])
  })

  it('is one whose user logged out', async () => {
    const site = newSite(PLAIN)
    const { cookie, csrf } = await site.browser('ann')
    const headers = { cookie, 'x-csrftoken': csrf }
    expect((await site.call('POST logout/', { headers })).status).toBe(204)
    expect((await site.call('GET me/', { headers })).status).toBe(403)
  })

  it('is what two cookies of one name are taken for, because somebody else may have planted one', async () => {
    const site = newSite(SESSIONS)
    const { cookie } = await site.browser('ann')
    const [session] = cookie.split('; ')
    expect((await site.call('GET me/', { headers: { cookie: `${session}; sessionid=x` } })).status).toBe(403)
  })
})

describe('the CSRF token of a session', () => {
  const patch = (site: DoorSite, headers: Record<string, string>) => site.call('PATCH me/', { json: {}, headers })

  it('is asked for by unsafe methods on every path, public ones too, and by no safe one', async () => {
    const site = newSite(PLAIN)
    const { cookie } = await site.browser('ann')
    const headers = { cookie }
    for (const row of ['GET me/', 'HEAD me/', 'OPTIONS me/'])
      expect((await site.call(row, { headers })).status).toBe(200)
    for (const row of [
      'PATCH me/',
      'PUT me/',
      'POST me/',
      'POST session/login',
      'POST echo/',
      'DELETE nothing',
      'FOO me/',
    ]) {
      expect([row, ...(told(await site.call(row, { headers })) as unknown[])]).toEqual([
        row,
        ...(failed('CSRF token missing.') as unknown[]),
      ])
    }
    expect((await site.call('POST jwt/create', { headers })).status).toBe(400)
  })

  it('may come as it is or masked, in the header', async () => {
    const site = newSite(PLAIN)
    const { cookie, csrf } = await site.browser('ann')
    const masked = `${'a'.repeat(32)}${csrf}`
    for (const token of [csrf, masked]) expect((await patch(site, { cookie, 'x-csrftoken': token })).status).toBe(200)
    const maskedCookie = cookie.replace(csrf, masked)
    expect((await patch(site, { cookie: maskedCookie, 'x-csrftoken': csrf })).status).toBe(200)
  })

  it('may come in the field of a form that is posted, which is then read as the body, too', async () => {
    const site = newSite(PLAIN)
    const { cookie, csrf } = await site.browser('ann')
    const form = { csrfmiddlewaretoken: csrf, username: 'ben' }
    expect(told(await site.call('POST echo/', { form, headers: { cookie } }))).toEqual([200, { username: 'ben' }])
    const multipart = new FormData()
    for (const [name, value] of Object.entries(form)) multipart.append(name, value)
    expect((await site.call('POST echo/', { body: multipart, headers: { cookie } })).status).toBe(200)
    expect(told(await site.call('PATCH me/', { form, headers: { cookie } }))).toEqual(failed('CSRF token missing.'))
    expect(told(await site.call('POST echo/', { json: form, headers: { cookie } }))).toEqual(
      failed('CSRF token missing.'),
    )
  })

  it('in a form wins over the header, and an empty one leaves it to the header', async () => {
    const site = newSite(PLAIN)
    const { cookie, csrf } = await site.browser('ann')
    const headers = { cookie, 'x-csrftoken': csrf }
    const post = (csrfmiddlewaretoken: string) =>
      site.call('POST echo/', { form: { csrfmiddlewaretoken, username: 'a' }, headers })
    expect(told(await post('x'))).toEqual(failed('CSRF token from POST has incorrect length.'))
    expect(told(await post('ä'.repeat(32)))).toEqual(failed('CSRF token from POST has invalid characters.'))
    expect(told(await post('a'.repeat(32)))).toEqual(failed('CSRF token from POST incorrect.'))
    expect((await post('')).status).toBe(200)
  })

  it.each([
    ['', "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."],
    ['x', "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."],
    ['x'.repeat(5000), "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."],
    ['-'.repeat(32), "CSRF token from the 'X-Csrftoken' HTTP header has invalid characters."],
    ['\u00e4'.repeat(64), "CSRF token from the 'X-Csrftoken' HTTP header has invalid characters."],
    ['a'.repeat(32), "CSRF token from the 'X-Csrftoken' HTTP header incorrect."],
    ['a'.repeat(64), "CSRF token from the 'X-Csrftoken' HTTP header incorrect."],
  ])('is refused as %s', async (token, reason) => {
    const site = newSite(PLAIN)
    const { cookie } = await site.browser('ann')
    expect(told(await patch(site, { cookie, 'x-csrftoken': token }))).toEqual(failed(reason))
  })

  it.each([
    ['', 'CSRF cookie not set.'],
    ['; csrftoken=', 'CSRF cookie has incorrect length.'],
    ['; csrftoken=x', 'CSRF cookie has incorrect length.'],
    [`; csrftoken=${'-'.repeat(32)}`, 'CSRF cookie has invalid characters.'],
    [`; csrftoken=${'a'.repeat(32)}; csrftoken=${'b'.repeat(32)}`, 'CSRF cookie not set.'],
  ])('needs its cookie: %s', async (csrfCookie, reason) => {
    const site = newSite(PLAIN)
    const { cookie } = await site.browser('ann')
    const [session] = cookie.split('; ')
    const headers = { cookie: `${session}${csrfCookie}`, 'x-csrftoken': 'a'.repeat(32) }
    expect(told(await patch(site, headers))).toEqual(failed(reason))
  })

  it('is missing in a form that cannot be read, and too much is still too much', async () => {
    const site = newSite(PLAIN)
    const { cookie, csrf } = await site.browser('ann')
    const broken = { body: 'x', headers: { cookie, 'content-type': 'multipart/form-data' } }
    expect(told(await site.call('POST echo/', broken))).toEqual(failed('CSRF token missing.'))
    const withHeader = { ...broken, headers: { ...broken.headers, 'x-csrftoken': csrf } }
    expect((await site.call('POST echo/', withHeader)).status).toBe(400)
    const huge = { form: { csrfmiddlewaretoken: csrf, username: 'x'.repeat(100_000) }, headers: { cookie } }
    expect((await site.call('POST echo/', huge)).status).toBe(413)
  })

  it('is asked of nobody but a session: not of a token, a basic header, or nobody', async () => {
    const site = newSite({ ...PLAIN, door: { schemes: ['basic', 'token', 'session'] } })
    const token = await site.member('ann')
    for (const authorization of [token, `Basic ${btoa(`ann:${PASSWORD}`)}`]) {
      expect((await patch(site, { authorization })).status).toBe(200)
    }
    expect((await site.call('POST echo/', { json: { username: 'a' } })).status).toBe(200)
  })
})

describe('over HTTPS', () => {
  it('a session must also say that it comes from here, by its origin or the page before', async () => {
    const site = newSite(SESSIONS)
    const { cookie, csrf } = await site.browser('ann')
    const withHeaders = async (more: Record<string, string>): Promise<unknown> => {
      const answer = await site.call('PATCH me/', { json: {}, headers: { cookie, 'x-csrftoken': csrf, ...more } })
      return answer.status === 200 ? 200 : told(answer)
    }
    expect(await withHeaders({})).toEqual(failed('Referer checking failed - no Referer.'))
    for (const referer of ['', '/me', 'nonsense', 'data:text/html,x']) {
      expect(await withHeaders({ referer })).toEqual(failed('Referer checking failed - Referer is malformed.'))
    }
    expect(await withHeaders({ referer: 'http://acme.test/' })).toEqual(
      failed('Referer checking failed - Referer is insecure while host is secure.'),
    )
    for (const referer of ['https://evil.example/', 'https://acme.test.evil.example/', 'https://acme.test:444/']) {
      expect(await withHeaders({ referer })).toEqual(
        failed(`Referer checking failed - ${referer} does not match any trusted origins.`),
      )
    }
    expect(await withHeaders({ referer: 'https://acme.test/page?x=1' })).toBe(200)
    expect(await withHeaders({ origin: 'https://acme.test' })).toBe(200)
  })
})

describe('another site', () => {
  const EVIL = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'https://acme.test.evil.example' },
    { origin: 'http://acme.test' },
  ]

  it('is refused whatever it carries, log-in included, and by no safe method', async () => {
    const site = newSite({ door: { schemes: ['session', 'token'] } })
    const { cookie, csrf } = await site.browser('ann')
    const authorization = await site.member('ben')
    for (const headers of EVIL) {
      const reason = `Origin checking failed - ${headers.origin} does not match any trusted origins.`
      for (const more of [{}, { cookie, 'x-csrftoken': csrf }, { authorization }]) {
        const answer = await site.call('POST session/login', { json: {}, headers: { ...headers, ...more } })
        expect(told(answer)).toEqual(failed(reason))
        expect([answer.headers.get('allow'), answer.headers.getSetCookie()]).toEqual(['POST, OPTIONS', []])
      }
      const read = await site.call('GET me/', { headers: { ...headers, cookie } })
      expect([read.status, read.headers.get('access-control-allow-origin')]).toEqual([200, null])
    }
  })

  it('is known by Sec-Fetch-Site, too, where it names no origin', async () => {
    const { call } = newSite()
    for (const [site, status] of [
      ['cross-site', 403],
      ['same-site', 403],
      ['same-origin', 200],
      ['none', 200],
    ] as const) {
      const answer = await call('POST echo/', { json: { username: 'a' }, headers: { 'sec-fetch-site': site } })
      expect([site, answer.status]).toEqual([site, status])
    }
  })

  it('cannot read what a browser fetches for it with the cookie', async () => {
    const site = newSite(SESSIONS)
    const { cookie } = await site.browser('ann')
    const { status, headers } = await site.call('GET me/', { headers: { cookie, 'sec-fetch-site': 'cross-site' } })
    expect(status).toBe(200)
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })
})

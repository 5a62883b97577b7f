import { describe, expect, it } from 'vitest'
import { createClient } from './create-client.ts'
import { memoryTokens } from './tokens.ts'

interface Asked {
  readonly url: string
  readonly init: RequestInit
}

/** A `fetch` that answers everything alike and keeps what it was asked. */
function recordingFetch(answer: () => Response = () => new Response(null, { status: 204 })) {
  const asked: Asked[] = []
  const fetch: typeof globalThis.fetch = async (url, init = {}) => {
    asked.push({ url: String(url), init })
    return answer()
  }
  return { asked, fetch }
}

describe('createClient', () => {
  it.each([
    ['/api', '/api/unlock'],
    ['/api/', '/api/unlock'],
    ['/', '/unlock'],
    ['https://acme.test', 'https://acme.test/unlock'],
    ['http://127.0.0.1:3000/auth/v1/', 'http://127.0.0.1:3000/auth/v1/unlock'],
  ])('puts rows below %s', async (baseUrl, expected) => {
    const { asked, fetch } = recordingFetch()
    await createClient({ baseUrl, fetch }).unlock({ code: 'x' })
    expect(asked[0]?.url).toBe(expected)
  })

  it.each([
    '',
    'api',
    '//evil.test',
    'ftp://acme.test',
    'javascript:alert(1)',
    '/api?x',
    '/api#x',
    'https://',
    'https:///x',
  ])('refuses %j for a base', (baseUrl) => {
    expect(() => createClient({ baseUrl })).toThrow(
      new TypeError('baseUrl must be a path such as /api, or an address such as https://acme.test/api'),
    )
  })

  it('refuses carriers of other vocabularies, and a storage that nothing would ever be put into', () => {
    expect(() => createClient({ baseUrl: '/api', carrier: 'drf-jwt' as 'jwt' })).toThrow('carrier must be')
    expect(() => createClient({ baseUrl: '/api', tokens: memoryTokens() })).toThrow("carrier 'cookie'")
  })

  it('calls fetch as a function, because browsers refuse it as a method', async () => {
    let self: unknown = 'nothing'
    const fetch = function (this: unknown): Promise<Response> {
      self = this
      return Promise.resolve(new Response(null, { status: 204 }))
    }
    await createClient({ baseUrl: '/api', fetch }).unlock({ code: 'x' })
    expect(self).toBeUndefined()
  })

  it('follows nobody to another site', async () => {
    const { asked, fetch } = recordingFetch()
    await createClient({ baseUrl: '/api', fetch }).unlock({ code: 'x' })
    expect(asked[0]?.init.redirect).toBe('manual')
  })

  it('lets a browser add its cookies where they are wanted, and not the session of somebody else', async () => {
    for (const [carrier, expected] of [
      ['cookie', 'include'],
      ['token', 'omit'],
      ['jwt', 'omit'],
    ] as const) {
      const { asked, fetch } = recordingFetch()
      const client = createClient({ baseUrl: '/api', carrier, fetch })
      // The cookie by which a device is known is for log-ins with every carrier.
      await client.login({ identifier: 'ann', password: 'x' })
      await client.currentUser()
      expect(asked.map(({ init }) => init.credentials)).toEqual(['include', expected])
    }
  })

  it('sends the token of its storage, and to nobody who need not have it', async () => {
    const tokens = memoryTokens({ accessToken: 'a-1', expiresAt: '', refreshToken: null })
    const { asked, fetch } = recordingFetch()
    const client = createClient({ baseUrl: '/api', carrier: 'token', tokens, fetch })
    await client.revokeOtherSessions()
    await client.unlock({ code: 'x' })
    const headers = asked.map(({ init }) => new Headers(init.headers).get('authorization'))
    expect(headers).toEqual(['Bearer a-1', null])
  })

  it('sends no body where there is nothing to say', async () => {
    const { asked, fetch } = recordingFetch()
    await createClient({ baseUrl: '/api', fetch }).logout()
    expect(asked[0]?.init).not.toHaveProperty('body')
    expect([...new Headers(asked[0]?.init.headers)]).toEqual([])
  })

  it('throws what the storage throws', async () => {
    const broken = { read: () => Promise.reject(new Error('the disk is full')), write: () => undefined }
    const { fetch } = recordingFetch()
    const client = createClient({ baseUrl: '/api', carrier: 'jwt', tokens: broken, fetch })
    await expect(client.currentUser()).rejects.toThrow('the disk is full')
  })
})

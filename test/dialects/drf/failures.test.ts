import { describe, expect, it } from 'vitest'
import { AuthError } from '../../../src/errors.ts'
import { NO_RATE_LIMITS } from '../../../src/testing/test-options.ts'
import { replacedStore } from '../../support/replaced-store.ts'
import { doorSites } from './support/door-site.ts'
import { PASSWORD } from './support/passwords.ts'

const newSite = doorSites()

const LOGIN = { json: { username: 'ann', password: PASSWORD } }

describe('what is asked for too often', () => {
  it('is a 429 that says when to come back, in the header and in words', async () => {
    const site = newSite({
      rateLimits: { ...NO_RATE_LIMITS, passwordsPerAddress: { count: 2, perSeconds: 600 } },
    })
    await site.addUser('ann')
    const answers = [await site.call('POST token/login', LOGIN), await site.call('POST token/login', LOGIN)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const { status, headers, body } = await site.call('POST token/login', LOGIN)
    const seconds = headers.get('retry-after')
    expect([status, body]).toEqual([
      429,
      { detail: `Request was throttled. Expected available in ${seconds} seconds.` },
    ])
    expect([Number(seconds) > 1, headers.get('allow')]).toEqual([true, 'POST, OPTIONS'])
  })
})

describe('a store that is away', () => {
  it('is a 503 in JSON that says when to come back, whichever scheme asked it', async () => {
    const away = () => Promise.reject(new AuthError('unavailable', { retryAfterSeconds: 5 }))
    const site = newSite({
      store: replacedStore((store) => ({ sessions: { ...store.sessions, find: away } })),
      door: { schemes: ['token', 'session'] },
    })
    for (const headers of [{ authorization: `Token ${'a'.repeat(40)}` }, { cookie: `sessionid=${'a'.repeat(43)}` }]) {
      const answer = await site.call('GET me/', { headers })
      expect([answer.status, answer.headers.get('retry-after'), answer.body]).toEqual([
        503,
        '5',
        { detail: 'The service is temporarily unavailable.' },
      ])
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })
})

describe('a fault of the program', () => {
  it('is a 500 in JSON with the id of the request and nothing more', async () => {
    const site = newSite({
      store: replacedStore((store) => ({
        sessions: { ...store.sessions, find: () => Promise.reject(new Error('the password is hunter2')) },
      })),
    })
    const { status, headers, body, text } = await site.call('GET me/', {
      headers: { authorization: `Token ${'a'.repeat(40)}` },
    })
    expect([status, body]).toEqual([
      500,
      { detail: 'A server error occurred.', request_id: headers.get('x-request-id') },
    ])
    expect(text).not.toContain('hunter2')
  })
})

import { describe, expect, it } from 'vitest'
import { readEntry, writeEntry } from './entry-text.ts'
import { loadRedis } from './load-redis.ts'
import { redisLocation } from './redis-location.ts'
import { redisThrottles } from './redis-throttles.ts'

describe('redisThrottles', () => {
  it('asks nothing of anybody before it is used', async () => {
    const throttles = redisThrottles('redis://127.0.0.1:1')
    await throttles.close()
  })

  it.each([
    [{ keyPrefix: '' }, 'keyPrefix'],
    [{ keyPrefix: '{other}' }, 'keyPrefix'],
    [{ answerTimeoutMilliseconds: 0 }, 'answerTimeoutMilliseconds'],
    [{ connectTimeoutMilliseconds: Number.NaN }, 'connectTimeoutMilliseconds'],
  ])('refuses the option %j', (options, name) => {
    expect(() => redisThrottles('redis://127.0.0.1', options)).toThrow(name)
  })

  it('refuses what is neither a URL nor a client, and a limit that a client of the application has itself', () => {
    const client = { evalSha: () => Promise.resolve(), eval: () => Promise.resolve() }
    for (const thing of [null, undefined, 7, {}, { eval: client.eval }]) {
      expect(() => redisThrottles(thing as never), String(thing)).toThrow('takes a URL, or a client')
    }
    expect(() => redisThrottles(client, { connectTimeoutMilliseconds: 5 })).toThrow('set it on your own client')
  })

  it('refuses keys and states that other stores do not keep either', async () => {
    const throttles = redisThrottles('redis://127.0.0.1:1')
    for (const key of ['nul\0inside', 'lone \ud800 surrogate']) {
      const counted = throttles.update([key], (entries) => ({ entries, result: 0 }))
      await expect(counted).rejects.toMatchObject({ code: 'malformed_request' })
    }
    await throttles.close()
  })

  it('says which package is missing', () => {
    const missing = () => {
      throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' })
    }
    expect(() => loadRedis(missing)).toThrow('npm install redis')
  })
})

describe('the location', () => {
  it.each([
    ['redis://localhost', 'redis://localhost'],
    ['redis://:secret@localhost:6380/3', 'redis://localhost:6380/3'],
    ['rediss://ann:secret@example.org', 'rediss://ann@example.org'],
    ['redis://[::1]:6379/0', 'redis://[::1]:6379/0'],
  ])('%s is shown as %s', (location, description) => {
    expect(redisLocation(location)).toEqual({ url: location, description })
  })

  it.each([
    '',
    'localhost:6379',
    'redis:',
    'redis://',
    'redis://host/name',
    'redis://a%zz@host',
    'unix:/run/redis.sock',
  ])('refuses %j and does not repeat it', (location) => {
    expect(() => redisLocation(location)).toThrow(
      /^the location of a Redis server is a URL such as redis:\/\/user:password@host:6379\/0$/,
    )
  })
})

describe('an entry', () => {
  it.each(['', 'a:b:c', '\n', '1:2:3', '{"slots":[]}'])('is what it was, with the state %j', (state) => {
    for (const lockedUntil of [null, new Date(0), new Date(-1), new Date(Date.UTC(9999, 11, 31))]) {
      const entry = { state, expiresAt: new Date(1_700_000_000_123), lockedUntil }
      expect(readEntry(writeEntry(entry))).toEqual(entry)
    }
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { useRedis } from '../support/use-redis.ts'
import { newWorkplace, type Workplace } from './portress.ts'

const server = useRedis('the command line with locks on Redis')

let place: Workplace
beforeEach(async () => {
  place = newWorkplace()
  await server().command('CONFIG', 'SET', 'maxmemory', '0', 'maxmemory-policy', 'noeviction')
  await server().command('FLUSHALL')
})

describe('PORTRESS_THROTTLES', () => {
  it('is where locks are kept, is named without its password, and is part of being ready', async () => {
    const url = server().url.replace('redis://', 'redis://default:s3cret@')
    // A server without passwords takes any of the default user.
    const served = await place.serve({ PORTRESS_THROTTLES: url })
    expect(served.banner['locks']).toBe(server().url.replace('redis://', 'redis://default@'))
    const login = { method: 'POST', body: JSON.stringify({ identifier: 'nobody', password: 'wrong' }) }
    const headers = { 'content-type': 'application/json' }
    for (let guess = 0; guess < 3; guess += 1) await fetch(`${served.url}/api/login`, { ...login, headers })
    const { locks } = await place.json(['locks'], { PORTRESS_THROTTLES: url })
    expect(locks).not.toEqual([])
    expect((await place.json(['locks']))['locks']).toEqual([])
    expect(await (await fetch(`${served.url}/ready`)).json()).toMatchObject({ status: 'ready', throttles: 'reachable' })
    await server().shutDown()
    await expect.poll(async () => (await fetch(`${served.url}/ready`)).status, { timeout: 10_000 }).toBe(503)
    const answer = await fetch(`${served.url}/api/login`, { ...login, headers })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    await server().start()
    await expect.poll(async () => (await fetch(`${served.url}/ready`)).status, { timeout: 10_000 }).toBe(200)
    expect((await served.stop()).status).toBe(0)
  })

  it('is judged by check, and keeps serve from starting where it cannot be used', async () => {
    await server().command('CONFIG', 'SET', 'maxmemory', '100mb', 'maxmemory-policy', 'allkeys-lru')
    const variables = { PORT: '0', PORTRESS_THROTTLES: server().url }
    const { status, output } = await place.run(['check'], variables)
    expect(status).toBe(1)
    expect(output).toContain('locks-not-kept')
    const served = await place.run(['serve'], variables)
    expect(served.status).toBe(1)
    expect(served.errors).toContain(
      'Locks cannot be kept: the Redis server must not be used: its maxmemory-policy is allkeys-lru',
    )
  })

  it.each(['http://127.0.0.1', 'redis://', 'redis://127.0.0.1/db', 'redis:s3cret'])(
    'refuses %s without repeating it',
    async (url) => {
      const { status, errors } = await place.run(['serve'], { PORT: '0', PORTRESS_THROTTLES: url })
      expect(status).toBe(2)
      expect(errors).toContain('PORTRESS_THROTTLES cannot be used')
      expect(errors).not.toContain('s3cret')
    },
  )
})

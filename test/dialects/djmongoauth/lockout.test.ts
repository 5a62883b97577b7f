/** Rows 66, 67, 78, 79, 83 and 84 of the attack table through this door and the Portress API beside it, each with its control. */
import { describe, expect, it } from 'vitest'
import { lockoutSuite, watched } from '../drf/support/lockout-suite.ts'
import { djmongoauthSites, PASSWORD } from './support/djmongoauth-site.ts'
import { waysIn } from './support/ways-in.ts'

const newSite = djmongoauthSites()

lockoutSuite(waysIn(newSite))

describe('guesses', () => {
  it('row 84: another spelling of the name or of the path is no other count', async () => {
    const { world: site, hasher } = watched(waysIn(newSite))
    await site.addUser('victim')
    hasher.forget()
    for (const username of ['victim', 'VICTIM', ' victim ', 'ｖictim', 'Victim', 'vIctim']) {
      for (const path of ['login', 'login?x=1', 'login/', '%6cogin']) {
        await site.call(`POST ${path}`, { json: { username, password: 'mistaken-walrus' } })
      }
    }
    expect(hasher.guesses()).toBe(3)
  })

  it('passwords that cannot be one are no guesses, and buy none', async () => {
    const { world: site, hasher } = watched(waysIn(newSite))
    await site.addUser('victim')
    hasher.forget()
    for (const password of ['', null, 7, 'x\0', ['x']]) {
      expect((await site.call('POST login', { json: { username: 'victim', password } })).status).toBe(400)
    }
    expect(hasher.calls).toEqual([])
    expect((await site.call('POST login', { json: { username: 'victim', password: PASSWORD } })).status).toBe(200)
  })
})

describe('while a user is locked', () => {
  it.each([
    [{}, 400],
    [{ lockedStatus: 400 }, 400],
    [{ lockedStatus: 429 }, 429],
  ] as const)('tells of it, and when to come back, only where the site reveals its locks: %j', async (door, told) => {
    const site = waysIn(newSite, { door }).open({ login: { emailMustBeVerified: false, revealLocks: true } })
    await site.addUser('victim')
    for (let guess = 0; guess < 3; guess += 1) {
      await site.call('POST login', { json: { username: 'victim', password: 'mistaken-walrus' } })
    }
    const { status, headers, body } = await site.call('POST login', {
      json: { username: 'victim', password: PASSWORD },
    })
    expect([status, headers.get('retry-after')]).toEqual([told, '60'])
    expect(body).toEqual({ error: 'Too many wrong passwords. Please try again in 60 seconds.' })
  })
})

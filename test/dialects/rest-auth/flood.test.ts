/** Rows 57, 69 and 82 of the attack table, and what one source may do, through this door, each with its control. */
import { describe, expect, it } from 'vitest'
import { floodSuite, limited, linksSuite, type ProbedLinks } from '../drf/support/flood-suite.ts'
import { restAuthDoor } from './support/doors.ts'
import { newcomer } from './support/registration.ts'
import { confirmation, FORGED_TOKEN, requestReset } from './support/reset-link.ts'
import { restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const door = restAuthDoor(newWorld)

const CONFIRM = 'POST password/reset/confirm/'

/** A mismatch hides what is wrong with the new password, and neither makes the look at a link a free one. */
const PASSWORDS = {
  good: {},
  weak: { new_password2: 'something else' },
} as const

const links: ProbedLinks = {
  async ask(world, username) {
    const link = await requestReset(world, username)
    const forged = { ...link, token: FORGED_TOKEN }
    const short = { new_password1: 'short', new_password2: 'short' }
    return {
      forged: (password) => [CONFIRM, { json: confirmation(forged, PASSWORDS[password]) }],
      elsewhere: [
        ['POST registration/verify-email/', { json: { key: FORGED_TOKEN } }],
        [CONFIRM, { json: confirmation(forged) }],
      ],
      genuine: (password) => [CONFIRM, { json: confirmation(link, password === 'weak' ? short : {}) }],
    }
  },
}

floodSuite(door)
linksSuite(door, links)

describe('names and addresses', () => {
  it('that are only looked up count as registrations', async () => {
    const world = door.open(limited({ registrationsPerAddress: { count: 3, perSeconds: 60 } }))
    const json = { ...newcomer('ann'), password1: null }
    const statuses: number[] = []
    for (let index = 0; index < 4; index += 1) statuses.push((await world.call('POST registration/', { json })).status)
    expect(statuses).toEqual([400, 400, 400, 429])
  })

  it('names that a user asks for are limited, also beside another complaint', async () => {
    const limit = { count: 3, perSeconds: 60 }
    const world = door.open(limited({ changesPerUser: limit, registrationsPerAddress: limit }))
    const { token } = await world.member('ann')
    await world.addUser('bob')
    for (const json of [{ username: 'bob' }, { username: 'bob', first_name: null }]) {
      const statuses: number[] = []
      for (let index = 0; index < 4; index += 1) {
        statuses.push((await world.call('PATCH user/', { json, token })).status)
      }
      expect([json, statuses]).toEqual([json, [400, 400, 400, 429]])
    }
  })
})

describe('a log-out, whatever was tried from the same address', () => {
  const OPTIONS = { useJwt: true, jwtAuthCookie: 'access', jwtAuthRefreshCookie: 'refresh' } as const

  it.each([
    ['200', { authentication: ['jwt-cookie', 'session'] }],
    ['429, with the blacklist app', { authentication: ['jwt-cookie', 'session'], tokenBlacklist: true }],
  ] as const)('answers %s, and the caller’s sessions are over', async (answered, more) => {
    const world = newWorld({ ...OPTIONS, ...more }, limited({ codesPerAddress: { count: 2, perSeconds: 600 } }))
    await world.addUser('ann')
    const browser = world.browser()
    await browser.login('ann')
    const [session, access] = [browser.jar.get('sessionid'), browser.jar.get('access') ?? '']
    for (const _ of [1, 2, 3]) await world.call('POST token/verify/', { json: { token: 'a.b.c' } })
    browser.jar.set('refresh', 'no.longer.good')
    expect(String((await browser.call('POST logout/')).status)).toBe(answered.slice(0, 3))
    expect((await world.call('GET user/', { jwt: access })).status).toBe(401)
    expect((await world.call('GET user/', { headers: { cookie: `sessionid=${session}` } })).status).toBe(401)
  })
})

/** Rows 66, 67, 78, 79, 83 and 84 of the attack table through this door and the Portress API beside it, each with its control. */
import { describe, expect, it } from 'vitest'
import { portressApi } from '../../../src/dialects/portress-api/index.ts'
import { type Complaints, HOLDS, judgement, saying } from '../../security/support/complaints.ts'
import { type CountingHasher, countingHasher } from '../../security/support/counting-hasher.ts'
import { delayedHasher } from '../../security/support/delayed-hasher.ts'
import { racyThrottles, sqliteThrottles } from '../../security/support/throttle-stand-ins.ts'
import { cheapHasher } from '../../support/cheap-hasher.ts'
import {
  type DjmongoauthSite,
  djmongoauthSites,
  empty,
  OTHER_PASSWORD,
  PASSWORD,
  type SiteOptions,
} from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const OFF: SiteOptions = { lockout: { maxFailures: 1000 } }

interface Watched {
  readonly site: DjmongoauthSite
  readonly hasher: CountingHasher
}

async function watchedSite(options: SiteOptions = {}, delayMilliseconds = 0): Promise<Watched> {
  const hasher = countingHasher(delayedHasher(cheapHasher(), delayMilliseconds))
  const lockout = { maxFailuresPerAddress: 100_000, ...options.lockout }
  const beside = { '/api': portressApi() }
  const site = newSite({ ...options, lockout, passwords: { hasher }, beside })
  await site.addUser('victim')
  return { site, hasher }
}

/** A way to present a password; both count together. */
type Door = (site: DjmongoauthSite, password: string) => Promise<number>

const login: Door = async (site, password) =>
  (await site.call('POST login', { json: { username: 'victim', password }, address: '203.0.113.66' })).status

const api: Door = async ({ auth }, password) => {
  const body = JSON.stringify({ identifier: 'victim', password })
  const headers = { 'content-type': 'application/json' }
  const request = new Request('https://acme.test/api/login', { method: 'POST', body, headers })
  return (await auth.fetch(request, { address: '203.0.113.66' })).status
}

const DOORS: readonly Door[] = [login, api]

describe('guesses', () => {
  async function guessInTurn(options: SiteOptions): Promise<Complaints> {
    const { site, hasher } = await watchedSite(options)
    const { must, complaints } = judgement()
    for (let round = 0; round < 4; round += 1) {
      for (const door of DOORS) {
        const status = await door(site, `mistaken-walrus-${round}`)
        must(status === 400 || status === 401, `answered ${status}`)
      }
    }
    must(hasher.guesses() === 3, `${hasher.guesses()} guesses were judged`)
    return complaints
  }

  it('row 83: one after the other, exactly three are judged over both doors together', async () => {
    expect(await guessInTurn({})).toEqual(HOLDS)
  })

  it('row 83, control: without a lockout every one of them is', async () => {
    expect(await guessInTurn(OFF)).toEqual(saying('8 guesses were judged'))
  })

  it('row 84: another spelling of the name or of the path is no other count', async () => {
    const { site, hasher } = await watchedSite()
    for (const username of ['victim', 'VICTIM', ' victim ', 'ｖictim', 'Victim', 'vIctim']) {
      for (const path of ['login', 'login?x=1', 'login/', '%6cogin']) {
        await site.call(`POST ${path}`, { json: { username, password: 'mistaken-walrus' } })
      }
    }
    expect(hasher.guesses()).toBe(3)
  })

  async function guessAtOnce(options: SiteOptions): Promise<Complaints> {
    const { site, hasher } = await watchedSite(options, 20)
    const { must, complaints } = judgement()
    const rounds = Array.from({ length: 12 }, (_, round) => DOORS.map((door) => door(site, `walrus-${round}`)))
    const odd = (await Promise.all(rounds.flat())).filter((status) => status !== 400 && status !== 401)
    must(hasher.guesses() === 3, `${hasher.guesses()} guesses were judged`)
    must(odd.length === 0, `${odd.length} were answered ${odd[0]}`)
    return complaints
  }

  it('row 66: all at once, exactly three are judged over both doors together', async () => {
    expect(await guessAtOnce({})).toEqual(HOLDS)
  })

  it('row 66, control: counting that reads and writes in two steps is seen through', async () => {
    const throttles = racyThrottles(sqliteThrottles())
    const impatient = { maxWaitMilliseconds: 1 }
    expect(await guessAtOnce({ throttles, lockout: impatient })).toEqual(saying('guesses were judged'))
  })

  it('row 66: right passwords at once all pass', async () => {
    const { site } = await watchedSite()
    const statuses = await Promise.all(Array.from({ length: 16 }, () => login(site, PASSWORD)))
    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  it('passwords that cannot be one are no guesses, and buy none', async () => {
    const { site, hasher } = await watchedSite()
    hasher.forget()
    for (const password of ['', null, 7, 'x\0', ['x']]) {
      expect((await site.call('POST login', { json: { username: 'victim', password } })).status).toBe(400)
    }
    expect(hasher.calls).toEqual([])
    expect(await login(site, PASSWORD)).toBe(200)
  })

  async function guessBetweenOwnSuccesses(options: SiteOptions): Promise<Complaints> {
    const { site, hasher } = await watchedSite(options)
    await site.addUser('eve')
    hasher.forget()
    const { must, complaints } = judgement()
    for (let round = 0; round < 8; round += 1) {
      await login(site, `mistaken-walrus-${round}`)
      const own = { json: { username: 'eve', password: PASSWORD }, address: '203.0.113.66' }
      must((await site.call('POST login', own)).status === 200, 'the own password is refused')
    }
    const guesses = hasher.guesses() - 8
    must(guesses === 3, `${guesses} guesses at the victim were judged`)
    return complaints
  }

  it('row 67: logging in to one’s own account does not refill the victim’s count', async () => {
    expect(await guessBetweenOwnSuccesses({})).toEqual(HOLDS)
  })

  it('row 67, control: without a lockout all of them are judged', async () => {
    expect(await guessBetweenOwnSuccesses(OFF)).toEqual(saying('8 guesses at the victim'))
  })
})

describe('while a user is locked', () => {
  async function lockedSite(options: SiteOptions = {}): Promise<Watched & { readonly token: string }> {
    const watched = await watchedSite(options)
    const token = await watched.site.tokenOf('victim')
    for (let guess = 0; guess < 3; guess += 1) await login(watched.site, 'mistaken-walrus')
    watched.hasher.forget()
    return { ...watched, token }
  }

  it('row 79: the right password opens neither door', async () => {
    const { site, hasher } = await lockedSite()
    for (const door of DOORS) expect(await door(site, PASSWORD)).toBeGreaterThanOrEqual(400)
    expect(hasher.guesses()).toBe(0)
  })

  it('row 79, control: without a lock it does', async () => {
    const { site } = await lockedSite(OFF)
    for (const door of DOORS) expect(await door(site, PASSWORD)).toBe(200)
  })

  it('row 78: a token that was given before goes on, and the lock ends by itself', async () => {
    const { site, token } = await lockedSite()
    expect((await site.call('POST verify', { token })).status).toBe(201)
    site.clock.advance({ minutes: 1 })
    expect(await login(site, PASSWORD)).toBe(200)
  })

  it('row 78: a reset stays open, and ends the lock', async () => {
    const { site } = await lockedSite()
    await site.call('POST reset', { json: { username: 'victim' } })
    const json = { new_password: OTHER_PASSWORD }
    expect(empty(await site.call(`PUT reset?a=${await site.mailedCode()}`, { json }))).toBe(200)
    expect(await login(site, OTHER_PASSWORD)).toBe(200)
  })

  it.each([
    [{}, 400],
    [{ lockedStatus: 400 }, 400],
    [{ lockedStatus: 429 }, 429],
  ] as const)('tells of it, and when to come back, only where the site reveals its locks: %j', async (door, told) => {
    const { site } = await lockedSite({ login: { emailMustBeVerified: false, revealLocks: true }, door })
    const { status, headers, body } = await site.call('POST login', {
      json: { username: 'victim', password: PASSWORD },
    })
    expect([status, headers.get('retry-after')]).toEqual([told, '60'])
    expect(body).toEqual({ error: 'Too many wrong passwords. Please try again in 60 seconds.' })
  })
})

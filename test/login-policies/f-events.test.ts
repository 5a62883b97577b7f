/** Section F of the contract about login policies: what is told of log-ins, and to whom. */
import { afterEach, describe, expect, it } from 'vitest'
import type { EventContext, EventName, Listeners } from '../../src/contracts/hooks.ts'
import type { Logger } from '../../src/contracts/logger.ts'
import { webhook } from '../../src/listeners/webhook.ts'
import { closeSites, openSite, PASSWORD, type Site, type SiteOptions } from '../security/support/open-site.ts'
import { DOORS, knock, mounts } from './support/doors.ts'
import { guessWrong, isOpen, STRANGER, tryPassword, WRONG } from './support/guesses.ts'
import { type Answers, isSigned, type Receiver, startReceiver } from './support/receiver.ts'

const receivers: Receiver[] = []

afterEach(async () => {
  await closeSites()
  for (const receiver of receivers.splice(0)) await receiver.close()
})

type Told = EventContext & { readonly name: EventName } & Readonly<Record<string, unknown>>

const NAMES = [
  'userLoggedIn',
  'loginFailed',
  'userLoggedOut',
  'userLockedOut',
  'addressLockedOut',
  'userUnlocked',
] as const

async function watchedSite(options: SiteOptions = {}): Promise<{ readonly site: Site; readonly told: Told[] }> {
  const told: Told[] = []
  const listen = (name: EventName) => [name, (event: EventContext) => void told.push({ name, ...event })]
  const site = await openSite({ events: Object.fromEntries(NAMES.map(listen)), ...options })
  await site.addUser('ann')
  return { site, told }
}

describe('the events of log-ins', () => {
  it('F1: a log-in tells the user and the request, and sets the last log-in', async () => {
    const { site, told } = await watchedSite()
    const token = String((await tryPassword(site, { address: STRANGER })).json['token'])
    expect(told).toMatchObject([
      {
        name: 'userLoggedIn',
        user: { username: 'ann', lastLoginAt: site.clock.now() },
        request: { address: STRANGER },
      },
    ])
    expect((await site.auth.findUser('ann'))?.lastLoginAt).toEqual(site.clock.now())
    await site.send('POST /logout', { token })
    expect(told.at(-1)).toMatchObject({
      name: 'userLoggedOut',
      user: { username: 'ann' },
      request: { door: 'portress-api' },
    })
  })

  it('F1: a failure tells what was typed, but twenty stars for the password, once for each attempt and with its request', async () => {
    const { site, told } = await watchedSite({ mounts })
    for (const door of DOORS) {
      const identifier = door.takes.includes('username') ? 'nobody' : 'nobody@example.org'
      told.length = 0
      await knock(site, door, { identifier, password: WRONG, address: STRANGER })
      expect(told, door.name).toMatchObject([
        {
          name: 'loginFailed',
          user: null,
          credentials: { identifier, password: '*'.repeat(20) },
          outcome: 'unknown_user',
          action: expect.any(String),
          request: { address: STRANGER },
        },
      ])
      expect(JSON.stringify(told)).not.toContain(WRONG)
      await site.auth.clearLocks({ all: true })
    }
  })

  it('F1: a lock tells whose it is, what was typed, from where, and until when', async () => {
    const { site, told } = await watchedSite({ lockout: { maxFailuresPerAddress: 3 } })
    await guessWrong(site, 3, { address: STRANGER, identifier: 'Ann@Example.org' })
    const until = new Date(site.clock.now().getTime() + 60_000)
    expect(told.filter(({ name }) => name.endsWith('LockedOut'))).toMatchObject([
      { name: 'addressLockedOut', address: STRANGER, until },
      {
        name: 'userLockedOut',
        user: { username: 'ann' },
        identifier: 'Ann@Example.org',
        until,
        request: { address: STRANGER },
      },
    ])
    await site.auth.clearLocks({ identifier: 'ann' })
    expect(told.at(-1)).toMatchObject({ name: 'userUnlocked', user: { username: 'ann' }, identifier: 'ann' })
    await site.auth.clearLocks({ all: true })
    expect(told.at(-1)).toMatchObject({ name: 'userUnlocked', user: null, identifier: null })
  })

  it('F1: a lock of a name that nobody has is told as well, and one without an end has no time', async () => {
    const { site, told } = await watchedSite({ lockout: { dangerouslyPermanent: true } })
    await guessWrong(site, 3, { identifier: 'nobody' })
    expect(told.at(-1)).toMatchObject({ name: 'userLockedOut', user: null, identifier: 'nobody', until: null })
  })

  it('F1: no hash and no digest is in any of them', async () => {
    const { site, told } = await watchedSite()
    await guessWrong(site, 1)
    await tryPassword(site)
    await guessWrong(site, 3)
    expect(told.length).toBeGreaterThan(4)
    for (const event of told) {
      expect(JSON.stringify(event)).not.toMatch(/argon2|passwordHash|digest/)
    }
  })

  it('F1: a listener gets the whole event as one value, whatever is added to it later', async () => {
    const seen: number[] = []
    // Of no parameters, of one, and of more than there ever are.
    const events: Listeners = {
      userLoggedIn: () => void seen.push(0),
      loginFailed: (event) => void seen.push(Object.keys(event).length),
      userLockedOut: (...all: readonly unknown[]) => void seen.push(all.length),
    }
    const { site } = await watchedSite({ events })
    await guessWrong(site, 3)
    site.clock.advance({ minutes: 1 })
    await tryPassword(site)
    expect(seen).toEqual([6, 6, 6, 1, 0])
  })
})

describe('a listener that fails', () => {
  const FAILURES: readonly (readonly [string, () => void | Promise<void>])[] = [
    ['throws', () => fail()],
    ['rejects', () => Promise.reject(new Error('the listener is broken'))],
    ['never comes back', () => new Promise<void>(() => undefined)],
    ['throws no error', () => throwText()],
  ]

  function fail(): never {
    throw new Error('the listener is broken')
  }

  function throwText(): never {
    throw 'broken'
  }

  it.each(FAILURES)('F2: that %s changes no answer, and what fails is logged', async (_, listener) => {
    const logged: unknown[] = []
    const logger: Logger = { debug() {}, info() {}, warn() {}, error: (fields) => void logged.push(fields) }
    const events = Object.fromEntries(NAMES.map((name) => [name, listener]))
    const { site } = await watchedSite({ events, logger })
    const { site: calm } = await watchedSite()
    for (const each of [site, calm]) {
      expect((await tryPassword(each, { password: WRONG })).status).toBe(401)
      expect(await isOpen(each)).toBe(true)
      await guessWrong(each, 3)
      expect(await isOpen(each)).toBe(false)
    }
    await new Promise((resolve) => setImmediate(resolve))
    if (_ !== 'never comes back') {
      expect(logged).toContainEqual({ err: expect.anything(), event: 'loginFailed' })
      expect(logged).toContainEqual({ err: expect.anything(), event: 'userLockedOut' })
    }
  })
})

describe('a webhook', () => {
  const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const OLD_SECRET = `whsec_${Buffer.alloc(24, 9).toString('base64')}`

  async function hookedSite(
    answers: Answers,
    options: Partial<Parameters<typeof webhook>[0]> = {},
  ): Promise<{ readonly site: Site; readonly receiver: Receiver; readonly logged: () => string }> {
    const receiver = await startReceiver(answers)
    receivers.push(receiver)
    const lines: string[] = []
    const logger: Logger = {
      debug() {},
      info() {},
      warn() {},
      error: (fields) => {
        const { err, event } = fields as { readonly err: unknown; readonly event: string }
        lines.push(`${event}: ${err instanceof Error ? err.message : err}`)
      },
    }
    const events = webhook({
      url: receiver.url,
      secret: SECRET,
      events: ['loginFailed', 'userLockedOut', 'userLoggedIn'],
      firstWaitMilliseconds: 1,
      ...options,
    })
    const { site } = await watchedSite({ events, logger })
    return { site, receiver, logged: () => lines.join('\n') }
  }

  it('F1: is sent what happened as JSON, signed as Standard Webhooks has it', async () => {
    const { site, receiver } = await hookedSite([204])
    await guessWrong(site, 3, { address: STRANGER, headers: { 'user-agent': 'Otter/1.0' } })
    const received = await receiver.arrived(4)
    const lock = received.find(({ event }) => event.type === 'userLockedOut')
    if (lock === undefined) throw new Error('nothing was told of the lock')
    expect(lock).toMatchObject({
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': expect.stringMatching(/^msg_[\w-]{36}$/),
        'webhook-timestamp': String(site.clock.now().getTime() / 1000),
      },
      event: {
        timestamp: site.clock.now().toISOString(),
        data: {
          user: { username: 'ann' },
          identifier: 'ann',
          until: new Date(site.clock.now().getTime() + 60_000).toISOString(),
          request: { address: STRANGER, userAgent: 'Otter/1.0', door: 'portress-api' },
        },
      },
    })
    expect(isSigned(lock, SECRET)).toBe(true)
    expect(isSigned({ ...lock, body: `${lock.body} ` }, SECRET)).toBe(false)
    expect(isSigned(lock, OLD_SECRET)).toBe(false)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(4)
  })

  it('F1: is signed by every secret, so that a receiver may change them one by one', async () => {
    const { site, receiver } = await hookedSite([204], { secret: [SECRET, OLD_SECRET] })
    await guessWrong(site, 1)
    const [first] = await receiver.arrived(1)
    if (first === undefined) throw new Error('nothing arrived')
    expect([SECRET, OLD_SECRET].map((secret) => isSigned(first, secret))).toEqual([true, true])
  })

  it('F1: carries neither password nor session, nor what makes a device known', async () => {
    const { site, receiver } = await hookedSite([204])
    const { deviceToken, issued } = await site.auth.login({ identifier: 'ann', password: PASSWORD })
    await site.auth.login({ identifier: 'ann', password: PASSWORD }, { deviceToken })
    await site.auth.login({ identifier: 'ann', password: WRONG }, { deviceToken }).catch(() => null)
    for (const { body } of await receiver.arrived(3)) {
      for (const secret of [PASSWORD, WRONG, deviceToken, issued.token, 'passwordHash', 'digest', SECRET]) {
        expect(body).not.toContain(secret)
      }
    }
  })

  it('F2: is tried again under the same id, with a new time and signature, until it arrives', async () => {
    const { site, receiver, logged } = await hookedSite([500, 302, 429, 204], { firstWaitMilliseconds: 60 })
    await guessWrong(site, 1)
    const received = await receiver.arrived(4)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(received.every((one) => isSigned(one, SECRET))).toBe(true)
    const times = received.map(({ headers }) => Number(headers['webhook-timestamp']))
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(0)
    await settled()
    expect([receiver.received.length, logged()]).toEqual([4, ''])
  })

  it('F2: is given up after so many tries, and no answer ever waits for it', async () => {
    const { site, receiver, logged } = await hookedSite([500], { tries: 3 })
    expect((await tryPassword(site, { password: WRONG })).status).toBe(401)
    await receiver.arrived(3)
    await settled()
    expect(receiver.received).toHaveLength(3)
    expect(logged()).toBe(
      'loginFailed: the webhook for loginFailed was given up after 3 of 3 tries: the answer was 500',
    )
  })

  it('F2: is not sent again to somebody who wants no more of it', async () => {
    const { site, receiver, logged } = await hookedSite([410])
    await guessWrong(site, 1)
    await receiver.arrived(1)
    await settled()
    expect([receiver.received.length, logged()]).toEqual([
      1,
      expect.stringContaining('after 1 of 5 tries: the answer was 410'),
    ])
  })

  it('F2: neither waits for a receiver that says nothing, nor tells its address', async () => {
    const { site, receiver, logged } = await hookedSite([() => undefined], { tries: 1, timeoutSeconds: 1 })
    const startedAt = performance.now()
    expect(await isOpen(site)).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(900)
    await receiver.arrived(1)
    await new Promise((resolve) => setTimeout(resolve, 1300))
    expect(logged()).toBe(
      'userLoggedIn: the webhook for userLoggedIn was given up after 1 of 1 tries: no answer in time',
    )
    expect(logged()).not.toContain('127.0.0.1')
  })

  it('F2: is given up where nobody listens', async () => {
    const { site, receiver, logged } = await hookedSite([204], { tries: 2 })
    await receiver.close()
    receivers.length = 0
    await guessWrong(site, 1)
    await settled()
    expect(logged()).toContain('after 2 of 2 tries: no connection')
  })

  it('F2: keeps no more events than it is told to, and no more than eight requests at once', async () => {
    const open: (() => void)[] = []
    const hold = (response: { end: () => void }) => void open.push(() => response.end())
    const { site, receiver, logged } = await hookedSite([hold], { maxPending: 10, events: ['loginFailed'] })
    await Promise.all(Array.from({ length: 15 }, (_, index) => guessWrong(site, 1, { identifier: `nobody${index}` })))
    await receiver.arrived(8)
    await settled()
    expect(receiver.received).toHaveLength(8)
    expect(logged().split('\n')).toEqual(Array(5).fill('loginFailed: given up at once: 10 others are waiting'))
    while (receiver.received.length < 10 || open.length > 0) {
      open.shift()?.()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    expect(receiver.received).toHaveLength(10)
  })

  it('F2: names only events that there are', async () => {
    await expect(hookedSite([204], { events: ['userLogedIn' as 'userLoggedIn'] })).rejects.toThrow(
      'there is no option "events.userLogedIn"; did you mean userLoggedIn?',
    )
  })

  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200))
})

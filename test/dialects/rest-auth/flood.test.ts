/** Rows 57, 69 and 82 of the attack table, and what one source may do, through this door, each with its control. */
import { afterEach, describe, expect, it } from 'vitest'
import { hashLane } from '../../../src/hashers/hash-lane.ts'
import { type Complaints, HOLDS, judgement, saying } from '../../security/support/complaints.ts'
import { cheapHasher } from '../../support/cheap-hasher.ts'
import { NO_RATE_LIMITS } from '../../support/test-auth.ts'
import { BOTH_IDENTIFIERS, EVERY_DOOR, knock, LOGIN_DOORS } from './support/doors.ts'
import { MANDATORY, newcomer } from './support/registration.ts'
import { confirmation, FORGED_TOKEN, requestReset } from './support/reset-link.ts'
import { type EngineOptions, type RestAuthWorld, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const openWorld = (engine: EngineOptions, options: object = {}): RestAuthWorld =>
  newWorld({ ...EVERY_DOOR, ...options }, { login: BOTH_IDENTIFIERS, passwords: { hasher: cheapHasher() }, ...engine })

const limited = (limits: object): EngineOptions => ({ rateLimits: { ...NO_RATE_LIMITS, ...limits } })

describe('what one source may ask for', () => {
  async function guessEverywhere(engine: EngineOptions): Promise<Complaints> {
    const world = openWorld(engine)
    const { must, complaints } = judgement()
    let passed = 0
    for (let round = 0; round < 3; round += 1) {
      for (const [index, door] of LOGIN_DOORS.entries()) {
        const username = `nobody${round}x${index}`
        const { status, headers } = await knock(world, door, { username, password: 'mistaken-walrus' })
        const saysWhen = headers.some(([name]) => name === 'retry-after')
        if (status === 429) must(saysWhen, `${door.name} does not say when to come back`)
        else passed += 1
      }
    }
    must(passed === 5, `${passed} guesses passed the limit of the source`)
    const other = { username: 'x', password: 'mistaken-walrus', address: '198.51.100.7' }
    const { status } = await knock(world, LOGIN_DOORS[0], other)
    must(status === 400, `another source is answered ${status}`)
    return complaints
  }

  it('row 69: five passwords a minute are five over all doors together', async () => {
    expect(await guessEverywhere(limited({ passwordsPerAddress: { count: 5, perSeconds: 60 } }))).toEqual(HOLDS)
  })

  it('row 69, control: without the limit all pass', async () => {
    expect(await guessEverywhere(limited({}))).toEqual(saying('12 guesses passed'))
  })

  async function probeLinks(engine: EngineOptions): Promise<Complaints> {
    const world = openWorld(engine)
    await world.addUser('victim')
    const link = await requestReset(world, 'victim')
    const { must, complaints } = judgement()
    const statuses: number[] = []
    for (let index = 0; index < 4; index += 1) {
      // A wrong password does not make the look at the link a free one.
      const changes = index % 2 === 0 ? { new_password2: 'something else' } : {}
      const json = confirmation({ ...link, token: FORGED_TOKEN }, changes)
      statuses.push((await world.call('POST password/reset/confirm/', { json })).status)
    }
    must(statuses.join() === '400,400,400,429', `answered ${statuses}`)
    for (const row of ['POST registration/verify-email/', 'POST password/reset/confirm/']) {
      const json = { ...confirmation({ ...link, token: FORGED_TOKEN }), key: FORGED_TOKEN }
      const { status } = await world.call(row, { json })
      must(status === 429, `${row} answered ${status}`)
    }
    // Whoever has a good link does not suffer from it, also where the password is refused at first.
    const short = { new_password1: 'short', new_password2: 'short' }
    const refused = await world.call('POST password/reset/confirm/', { json: confirmation(link, short) })
    must(refused.status === 400, `a good link with a short password is answered ${refused.status}`)
    const { status } = await world.call('POST password/reset/confirm/', { json: confirmation(link) })
    must(status === 200, `a good link is answered ${status}`)
    return complaints
  }

  it('three wrong links of any kind are enough, and a good one is good all the same', async () => {
    expect(await probeLinks(limited({ codesPerAddress: { count: 3, perSeconds: 60 } }))).toEqual(HOLDS)
  })

  it('control: without the limit any number is looked at', async () => {
    expect(await probeLinks(limited({}))).toEqual(saying('answered 400,400,400,400'))
  })

  it('names and addresses that are only looked up count as registrations', async () => {
    const world = openWorld(limited({ registrationsPerAddress: { count: 3, perSeconds: 60 } }))
    const json = { ...newcomer('ann'), password1: null }
    const statuses: number[] = []
    for (let index = 0; index < 4; index += 1) statuses.push((await world.call('POST registration/', { json })).status)
    expect(statuses).toEqual([400, 400, 400, 429])
  })

  it('names that a user asks for are limited, also beside another complaint', async () => {
    const limit = { count: 3, perSeconds: 60 }
    const world = openWorld(limited({ changesPerUser: limit, registrationsPerAddress: limit }))
    const { token } = await world.member('ann')
    await world.addUser('bob')
    for (const json of [{ username: 'bob' }, { username: 'bob', first_name: null }]) {
      const statuses: number[] = []
      for (let index = 0; index < 4; index += 1)
        statuses.push((await world.call('PATCH user/', { json, token })).status)
      expect([json, statuses]).toEqual([json, [400, 400, 400, 429]])
    }
  })
})

describe('what one address is mailed', () => {
  async function floodWithMails(engine: EngineOptions): Promise<Complaints> {
    const world = openWorld(engine, MANDATORY)
    await world.addUser('victim')
    const email = 'victim@example.org'
    for (let index = 0; index < 6; index += 1) {
      const address = `198.51.100.${index}`
      for (const path of ['password/reset/', 'registration/resend-email/']) {
        await world.call(`POST ${path}`, { json: { email }, address })
      }
      await world.call('POST registration/', { json: { ...newcomer(`person${index}`), email }, address })
    }
    const { must, complaints } = judgement()
    const sent = (await world.mails()).length
    must(sent <= 5, `${sent} mails were sent`)
    must(sent > 0, 'no mail was sent')
    return complaints
  }

  it('row 82: from however many sources, and by whatever way, only so many', async () => {
    expect(await floodWithMails(limited({ mailsPerRecipient: { count: 5, perSeconds: 3600 } }))).toEqual(HOLDS)
  })

  it('row 82, control: without the limit it gets them all', async () => {
    expect(await floodWithMails(limited({}))).toEqual(saying('12 mails were sent'))
  })
})

describe('hundreds of log-ins at once', () => {
  async function flood(engine: EngineOptions): Promise<Complaints> {
    const world = openWorld(engine)
    const { token } = await world.member('bystander')
    const { must, complaints } = judgement()
    const attack = Array.from({ length: 200 }, (_, index) => {
      const door = LOGIN_DOORS[index % 2] ?? LOGIN_DOORS[0]
      return knock(world, door, { username: `nobody${index}`, password: 'x', address: `198.51.100.${index}` })
    })
    for (let index = 0; index < 10; index += 1) {
      const { status } = await world.call('GET user/', { token })
      must(status === 200, `somebody else is answered ${status}`)
    }
    const answers = await Promise.all(attack)
    const refused = answers.filter(({ status }) => status === 503)
    must(refused.length > 0, 'all of them were queued')
    must(
      refused.every(({ headers }) => headers.some(([name, value]) => name === 'retry-after' && Number(value) >= 1)),
      'a 503 does not say when to come back',
    )
    const odd = answers.filter(({ status }) => ![400, 503].includes(status))
    must(odd.length === 0, `answered ${odd[0]?.status}`)
    must(answers.length > refused.length, 'none of them was judged')
    return complaints
  }

  const laneOf = (maxQueueSeconds: number): EngineOptions => {
    const lane = hashLane({ argon2: { memoryKiB: 8192, passes: 2, parallelism: 1 }, workers: 1, maxQueueSeconds })
    closing.push(() => lane.close())
    return { passwords: { hasher: lane } }
  }

  it('row 57: hold nobody else up, and are told to come back when there are too many', async () => {
    expect(await flood(laneOf(0.3))).toEqual(HOLDS)
  })

  it('row 57, control: a queue without an end is seen through', async () => {
    expect(await flood(laneOf(10_000))).toEqual(saying('all of them were queued'))
  })
})

describe('a log-out, whatever was tried from the same address', () => {
  const OPTIONS = { useJwt: true, jwtAuthCookie: 'access', jwtAuthRefreshCookie: 'refresh' } as const

  it.each([
    ['200', { authentication: ['jwt-cookie', 'session'] }],
    ['429, with the blacklist app', { authentication: ['jwt-cookie', 'session'], tokenBlacklist: true }],
  ] as const)('answers %s, and the caller’s sessions are over', async (answered, more) => {
    const world = openWorld(limited({ codesPerAddress: { count: 2, perSeconds: 600 } }), { ...OPTIONS, ...more })
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

/**
 * Rows 24, 42 to 45 and 57: what can be told from the time an answer takes, and whom a flood of log-ins holds up.
 *
 * The hashes cost what they cost in production, the classes are tried one by one in random order, and two runs out of
 * three must pass. The main measure is the CPU time of the whole process, threads included: it is what the hidden
 * difference would be made of, and unlike the time on the clock it does not depend on what else the machine does. The
 * time on the clock is compared too, with more tolerance. No other file need wait for this one: each file has its own
 * process.
 */
import { scryptSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import { operations } from '../../src/dialects/operations/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { hashLane } from '../../src/hashers/hash-lane.ts'
import type { UserStatus } from '../../src/model/user.ts'
import { header } from './support/answer.ts'
import { quantile } from './support/measure.ts'
import { closeSites, ORIGIN, openSite, PASSWORD, requestFor, type Site, type SiteOptions } from './support/open-site.ts'
import { interleave, majority, type Samples, type Tolerance, type Try, tellApart } from './support/timing.ts'

const TODAY = { memoryKiB: 19_456, passes: 2, parallelism: 1 }

const ROUNDS = { rounds: 24, warmUps: 3 }

const CPU: Tolerance = { milliseconds: 2, share: 0.03 }

/** On a busy machine medians of the clock wander; the AUC of classes that take turns does not. */
const WALL: Tolerance = { milliseconds: 50, share: 1 }

let hasher: PasswordHasher
let hashes: { readonly current: string; readonly cheap: string }

beforeAll(async () => {
  hasher = hashLane({ argon2: TODAY, workers: 1, maxQueueSeconds: 10 })
  const cheap = hashLane({ argon2: { ...TODAY, memoryKiB: TODAY.memoryKiB / 2 }, workers: 1, maxQueueSeconds: 10 })
  const request = { password: PASSWORD, fairnessKey: 'set-up' }
  hashes = { current: await hasher.hash(request), cheap: await cheap.hash(request) }
  await cheap.close()
})

afterEach(closeSites)

afterAll(() => hasher.close())

/** The lane outlives the site. */
const kept = (lane: PasswordHasher): SiteOptions => ({
  passwords: { hasher: { ...lane, close: () => Promise.resolve() } },
})

/** Nobody is locked by what the measuring does. */
const patient = (lane: PasswordHasher): SiteOptions => ({ ...kept(lane), lockout: { maxFailures: 1_000_000 } })

interface Kind {
  readonly passwordHash: string | null
  readonly status?: UserStatus
}

async function addUser(site: Site, username: string, { passwordHash, status = 'active' }: Kind): Promise<void> {
  const inserted = await site.store.users.insert(
    {
      id: null,
      username,
      email: `${username}@example.org`,
      passwordHash,
      firstName: '',
      lastName: '',
      status,
      isStaff: false,
      isSuperuser: false,
      emailVerifiedAt: status === 'active' ? site.clock.now() : null,
      dateJoined: site.clock.now(),
      fields: {},
      profiles: {},
    },
    { replacePendingBefore: new Date(0) },
  )
  if (inserted.outcome !== 'inserted') throw new Error(`${username} was not inserted`)
}

async function lock(site: Site, username: string): Promise<void> {
  const user = await site.auth.findUser(username)
  const lockedUntil = new Date(site.clock.now().getTime() + 3_600_000)
  const state = { slots: [], level: 1, lockedUntil: lockedUntil.getTime(), lastFailureAt: site.clock.now().getTime() }
  await site.store.throttles.update([`lock:user:${user?.id}`], () => ({
    entries: [{ state: JSON.stringify(state), expiresAt: lockedUntil, lockedUntil }],
    result: null,
  }))
}

const wrongLogin =
  (site: Site, identifier: string): Try =>
  async () => {
    const { status } = await site.send('POST /login', { body: { identifier, password: 'something else entirely' } })
    if (status !== 401) throw new Error(`${identifier} is answered ${status}`)
  }

/** Compares every class with the first. */
function faultsOf(samples: Readonly<Record<string, Samples>>): readonly string[] {
  const [[reference, expected] = ['', undefined], ...others] = Object.entries(samples)
  if (expected === undefined) return ['nothing was measured']
  return others.flatMap(([name, { cpu, wall }]) => [
    ...tellApart(expected.cpu, cpu, CPU).map((fault) => `${name} and ${reference}, CPU: ${fault}`),
    ...tellApart(expected.wall, wall, WALL).map((fault) => `${name} and ${reference}, clock: ${fault}`),
  ])
}

describe('rows 42 to 45: a log-in with a wrong password', () => {
  async function everybody(lane: PasswordHasher): Promise<Site> {
    const site = await openSite(patient(lane))
    const { current, cheap } = hashes
    await addUser(site, 'known', { passwordHash: current })
    await addUser(site, 'social', { passwordHash: null })
    await addUser(site, 'halved', { passwordHash: cheap })
    await addUser(site, 'import', { passwordHash: `pbkdf2_sha256$10000$abcdefghijklmnop$${'A'.repeat(43)}=` })
    await addUser(site, 'barred', { passwordHash: current, status: 'disabled' })
    await addUser(site, 'locked', { passwordHash: current })
    await lock(site, 'locked')
    return site
  }

  const CLASSES = ['known', 'nobody', 'social', 'halved', 'import', 'barred', 'locked']

  interface Comparison {
    readonly names: readonly string[]
    readonly size?: typeof ROUNDS
    /** Does something to the tries of one class. */
    readonly change?: (name: string, attempt: Try) => Try
  }

  async function compare(
    site: Site,
    { names, size = ROUNDS, change = (_, attempt) => attempt }: Comparison,
  ): Promise<readonly string[]> {
    const classes = Object.fromEntries(names.map((name) => [name, change(name, wrongLogin(site, name))]))
    return faultsOf(await interleave(classes, size))
  }

  it('rows 42, 43, 44 and 45: takes as long for nobody, without a password, with an old hash, and in every state', async () => {
    const site = await everybody(hasher)
    expect(await majority(() => compare(site, { names: CLASSES }))).toEqual([])
  })

  it('rows 42 and 43: control: without a dummy hash nobody, and who has no password, are told', async () => {
    const undummied: PasswordHasher = {
      ...hasher,
      verify: async (request, encoded) => encoded !== null && hasher.verify(request, encoded),
    }
    const site = await everybody(undummied)
    const size = { rounds: 15, warmUps: 2 }
    expect((await compare(site, { names: ['known', 'nobody', 'social'], size })).length).toBeGreaterThanOrEqual(2)
  })

  it('row 44: control: without the missing work an old hash is told', async () => {
    const lane = hashLane({ argon2: { ...TODAY, memoryKiB: TODAY.memoryKiB / 2 }, workers: 1, maxQueueSeconds: 10 })
    // Each lane takes its own parameters for today's, so neither of them adds anything.
    const notToppedUp: PasswordHasher = {
      ...hasher,
      verify: (request, encoded) => (encoded === hashes.cheap ? lane : hasher).verify(request, encoded),
    }
    const site = await everybody(notToppedUp)
    const faults = await compare(site, { names: ['known', 'halved'], size: { rounds: 15, warmUps: 2 } })
    await lane.close()
    expect(faults).not.toEqual([])
  })

  it('rows 42 to 45: control: a tenth more work, at least 5 ms, is told', async () => {
    const site = await everybody(hasher)
    const burdened = (name: string, attempt: Try): Try => {
      if (name !== 'nobody') return attempt
      return async (index) => {
        await attempt(index)
        const before = process.cpuUsage().user
        while (process.cpuUsage().user - before < 5000);
      }
    }
    expect(
      await compare(site, { names: ['known', 'nobody'], size: { rounds: 48, warmUps: 3 }, change: burdened }),
    ).not.toEqual([])
  })
})

describe('row 24: an address that somebody has', () => {
  const NAMES = ['free', 'taken'] as const

  async function compare(
    site: Site,
    tryWith: (name: string, index: number) => Promise<number>,
  ): Promise<readonly string[]> {
    const attempt =
      (name: string): Try =>
      async (index) => {
        const status = await tryWith(name, index)
        if (status >= 300) throw new Error(`${name} is answered ${status}`)
      }
    const [free, taken] = NAMES
    const samples = await interleave({ [free]: attempt(free), [taken]: attempt(taken) }, ROUNDS)
    // What was mailed in the meantime must not reach into the next run.
    await site.mails()
    return faultsOf(samples)
  }

  let run = 0

  const addressOf = (name: string, index: number): string =>
    name === 'taken' ? `owner${index}@example.org` : `free${run}x${index}@example.org`

  async function siteWithOwners(): Promise<Site> {
    const site = await openSite(patient(hasher))
    for (let index = 0; index < ROUNDS.rounds + ROUNDS.warmUps; index += 1) {
      await addUser(site, `owner${index}`, { passwordHash: hashes.current })
    }
    return site
  }

  it('row 24: takes as long to register with as a free one', async () => {
    const site = await siteWithOwners()
    const register = async (name: string, index: number): Promise<number> => {
      const body = { username: `${name}${run}x${index}`, email: addressOf(name, index), password: PASSWORD }
      return (await site.send('POST /register', { body })).status
    }
    const verdict = await majority(() => {
      run += 1
      return compare(site, register)
    })
    expect(verdict).toEqual([])
  })

  it('row 24: takes as long to change to as a free one', async () => {
    const site = await siteWithOwners()
    await addUser(site, 'asker', { passwordHash: hashes.current })
    const login = await site.send('POST /login', { body: { identifier: 'asker', password: PASSWORD } })
    const token = String(login.json['token'])
    const change = async (name: string, index: number): Promise<number> => {
      const body = { newEmail: addressOf(name, index), currentPassword: PASSWORD }
      return (await site.send('POST /email/change', { token, body })).status
    }
    expect(await majority(() => compare(site, change))).toEqual([])
  })

  it('row 24: control: an address that is refused before the password is hashed is told', async () => {
    const site = await siteWithOwners()
    const register = async (name: string, index: number): Promise<number> => {
      const email = addressOf(name, index)
      if ((await site.auth.findUser(email)) !== null) return 201
      const body = { username: `${name}c${run}x${index}`, email, password: PASSWORD }
      return (await site.send('POST /register', { body })).status
    }
    run += 1
    expect(await compare(site, register)).not.toEqual([])
  })
})

describe('row 57: five hundred log-ins at once', () => {
  const WORKERS = 1

  const MEMORY_MIB = (WORKERS * TODAY.memoryKiB) / 1024

  interface Flood {
    readonly statuses: readonly number[]
    readonly retryAfters: readonly (string | null)[]
    /** How long others waited, in milliseconds. */
    readonly waits: readonly number[]
    readonly grownMiB: number
  }

  const memoryMiB = (): number => process.memoryUsage.rss() / 1024 / 1024

  /** Floods the site, and asks for other things all the while. */
  async function flood(site: Site, size: number): Promise<Flood> {
    const token = await site.tokenFor(await site.addUser('bystander'))
    const before = memoryMiB()
    let grownMiB = 0
    const over = new AbortController()
    const logins: Promise<Awaited<ReturnType<Site['send']>>>[] = []
    const attack = async (): Promise<void> => {
      for (let index = 0; index < size; index += 1) {
        const body = { identifier: `stranger${index}`, password: 'something else entirely' }
        logins.push(site.send('POST /login', { body, address: `198.51.${index >> 8}.${index & 255}` }))
        // As they come over as many connections: not all in one turn of the event loop.
        if (index % 10 === 9) await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const waits: number[] = []
    const bystander = async (): Promise<void> => {
      let due = performance.now()
      for (;;) {
        const me = await site.send('GET /me', { token })
        const health = await site.auth.fetch(new Request(`${ORIGIN}/health`))
        if (me.status !== 200 || health.status !== 200) throw new Error('somebody else was not served')
        // From when it was to be sent: a thread that is busy starts late.
        waits.push(performance.now() - due)
        due = performance.now() + 2
        grownMiB = Math.max(grownMiB, memoryMiB() - before)
        if (over.signal.aborted) return
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    }
    const watching = bystander()
    await attack()
    const answers = await Promise.all(logins)
    over.abort()
    await watching
    return {
      statuses: answers.map(({ status }) => status),
      retryAfters: answers.filter(({ status }) => status === 503).map((answer) => header(answer, 'retry-after')),
      waits,
      grownMiB,
    }
  }

  function faultsOfFlood({ statuses, retryAfters, waits, grownMiB }: Flood): readonly string[] {
    const faults: string[] = []
    const odd = statuses.filter((status) => status !== 401 && status !== 503)
    if (odd.length > 0) faults.push(`answers ${[...new Set(odd)]}`)
    if (retryAfters.some((value) => !(Number(value) >= 1))) faults.push('a 503 does not say when to come back')
    const slowest = quantile(waits, 0.99)
    if (!(slowest < 200)) faults.push(`others waited ${slowest.toFixed(0)} ms`)
    if (grownMiB > MEMORY_MIB + 50) faults.push(`memory grew by ${grownMiB.toFixed(0)} MiB`)
    return faults
  }

  const mounts = { '/api': portressApi(), '/': operations() }

  it('row 57: hold nobody else up, use no more memory than the workers, and are told to come back when there are too many', async () => {
    const lane = hashLane({ argon2: TODAY, workers: WORKERS, maxQueueSeconds: 2 })
    const site = await openSite({ ...kept(lane), mounts })
    const seen = await flood(site, 500)
    expect(faultsOfFlood(seen)).toEqual([])
    expect(seen.statuses).toContain(503)
    expect(seen.statuses).toContain(401)
    // The queue is empty again, and serves as before.
    expect(await site.send('POST /login', { body: { identifier: 'bystander', password: PASSWORD } })).toMatchObject({
      status: 200,
    })
    await lane.close()
  })

  it('row 57: control: hashing on the thread that answers is noticed', async () => {
    const onThisThread: PasswordHasher = {
      ...hasher,
      async verify(request, encoded) {
        scryptSync(request.password, 'sixteen bytes of', 32, { N: 2 ** 17, maxmem: 2 ** 28 })
        return encoded === hashes.current
      },
    }
    const site = await openSite({ ...kept(onThisThread), mounts })
    const addUserFirst: Site = {
      ...site,
      async tokenFor() {
        const answer = await site.auth.login({ identifier: 'bystander', password: PASSWORD })
        return answer.issued.token
      },
      async addUser(username) {
        await addUser(site, username, { passwordHash: hashes.current })
        const user = await site.auth.findUser(username)
        if (user === null) throw new Error('nobody was added')
        return { user, username, email: `${username}@example.org`, password: PASSWORD }
      },
    }
    expect((await flood(addUserFirst, 6).then(faultsOfFlood)).join()).toContain('others waited')
  })

  it('row 57: asks the limit of an address before the queue', async () => {
    const site = await openSite({ ...kept(hasher), rateLimits: { passwordsPerAddress: { count: 5, perSeconds: 60 } } })
    site.hasher.forget()
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        site.auth.fetch(requestFor('POST /login', { body: { identifier: `x${index}`, password: PASSWORD } }), {
          address: '192.0.2.10',
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25)
    expect(site.hasher.calls).toHaveLength(5)
  })
})

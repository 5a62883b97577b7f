/** The one gate under attack: ways around its order, and what somebody could tell from its answers. */
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { AuthenticationBackend } from '../../src/contracts/authentication-backend.ts'
import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import { AuthError } from '../../src/errors.ts'
import { field } from '../../src/model/declare-field.ts'
import type { User } from '../../src/model/user.ts'
import { quickHasher } from '../../src/testing/quick-hasher.ts'
import { cookieFrom } from '../security/support/answer.ts'
import {
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
} from '../security/support/open-site.ts'
import { forgetfulThrottles, sqliteThrottles } from '../security/support/throttle-stand-ins.ts'
import { guessWrong, isOpen, judgedIn, STRANGER, tryPassword } from './support/guesses.ts'
import { addPerson, enter, REFUSED } from './support/people.ts'

afterEach(closeSites)

const PHONE = '+491701234567'

/** As in the guide: no text that is no number is one. */
function phoneNumber(typed: string): string | null {
  const digits = typed.replace(/[\s()/-]/g, '').replace(/^0(?=[1-9])/, '+49')
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null
}

function openPhones(
  normalize: (typed: string) => string | null = phoneNumber,
  options: SiteOptions = {},
): Promise<Site> {
  return openSite({
    ...options,
    user: { fields: { phone: field.text({ unique: true, maxLength: 20 }) } },
    login: {
      emailMustBeVerified: false,
      backends: [passwordBackend({ identifiers: [{ field: 'phone', normalize }, 'username', 'email'] })],
    },
  })
}

const addAnn = (site: Site, phone: string = PHONE): Promise<User> =>
  addPerson(site, { username: 'ann', fields: { phone } })

describe('a source that is locked', () => {
  it('G5: is told nothing of who is locked under another name', async () => {
    const site = await openSite({ lockout: { maxFailuresPerAddress: 6 } })
    await site.addUser('ann')
    await guessWrong(site, 3, { identifier: 'ann@example.org', address: STRANGER })
    for (const identifier of ['one', 'two', 'three']) await guessWrong(site, 1, { identifier, address: STRANGER })
    const answers = await Promise.all(
      ['ann', 'ann@example.org', 'nobody'].map((identifier) => tryPassword(site, { identifier, address: STRANGER })),
    )
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429])
  })
})

/** Lets nobody's password be judged until it is told to go on. */
function heldHasher(isHeld: (password: string) => boolean): {
  readonly hasher: PasswordHasher
  readonly release: () => void
  readonly waiting: () => number
} {
  const inner = quickHasher()
  const waiting: (() => void)[] = []
  return {
    hasher: {
      ...inner,
      async verify(request, encoded) {
        if (isHeld(request.password)) await new Promise<void>((resolve) => waiting.push(resolve))
        return inner.verify(request, encoded)
      },
    },
    release: () => {
      for (const go of waiting.splice(0)) go()
    },
    waiting: () => waiting.length,
  }
}

describe('a success while guesses are under way', () => {
  it('G8: takes no slot from those that came under another name', async () => {
    const held = heldHasher((password) => password.startsWith('held'))
    const site = await openSite({ lockout: { keys: [['user', 'identifier']] }, passwords: { hasher: held.hasher } })
    await site.addUser('ann')
    const guesses = [1, 2, 3].map((number) =>
      tryPassword(site, { identifier: 'ann@example.org', password: `held ${number}` }),
    )
    await expect.poll(held.waiting).toBe(3)
    expect(await isOpen(site)).toBe(true)
    held.release()
    await Promise.all(guesses)
    expect(await judgedIn(site, () => guessWrong(site, 3, { identifier: 'ann@example.org' }))).toBe(0)
  })
})

describe('a stranger who shares the address of somebody', () => {
  const SHARED = 'shared@example.org'

  const OWN = `${PASSWORD} of eve`

  /** What the stranger sends: guesses, and their own password in between, all at once or one after the other. */
  const guesses = fc.array(
    fc.record({
      identifier: fc.constantFrom(SHARED, 'ann', 'eve', 'nobody'),
      isOwn: fc.boolean(),
      address: fc.constantFrom('198.51.100.1', '198.51.100.2', null),
      userAgent: fc.constantFrom('one', 'two', null),
      isWaitedFor: fc.boolean(),
    }),
    { minLength: 5, maxLength: 40 },
  )

  const ONE = [passwordBackend({ identifiers: ['username', 'email'], maxCandidates: 3 })]

  const TWO = [
    passwordBackend({ name: 'names', identifiers: ['username'] }),
    passwordBackend({ name: 'addresses', identifiers: ['email'], maxCandidates: 2 }),
  ]

  type Guess = typeof guesses extends fc.Arbitrary<readonly (infer T)[]> ? T : never

  /** How often the password of `ann` was tried, who never comes. */
  async function triesAtAnn(path: readonly Guess[], { login, ...options }: SiteOptions): Promise<number> {
    const site = await openSite({
      user: { emailUnique: 'once-proven' },
      login: { emailMustBeVerified: false, ...login },
      passwords: { hasher: plainHasher },
      ...options,
      lockout: { maxWaitMilliseconds: 60_000, ...options.lockout },
    })
    const ann = await addPerson(site, { username: 'ann', email: SHARED, isProven: false })
    await addPerson(site, { username: 'eve', email: SHARED, isProven: false, password: OWN })
    site.hasher.forget()
    const open: Promise<unknown>[] = []
    for (const [index, { identifier, isOwn, isWaitedFor, ...caller }] of path.entries()) {
      const guess = site.auth.login({ identifier, password: isOwn ? OWN : `guess ${index}` }, caller).catch(refused)
      open.push(guess)
      if (isWaitedFor) await guess
    }
    await Promise.all(open)
    const tries = site.hasher.calls.filter(({ encoded }) => encoded === ann.passwordHash).length
    await closeSites()
    return tries
  }

  function refused(error: unknown): void {
    if (!(error instanceof AuthError)) throw error
  }

  it.each([
    ['as it is', {}, 3],
    ['users alone', { keys: ['user'] }, 3],
    ['users, also by agent', { keys: [['user', 'agent'], 'user', 'identifier'] }, 3],
    // By two names, and from three sources.
    ['users by name', { keys: [['user', 'identifier']] }, 6],
    ['users by source', { keys: [['user', 'address'], 'address'] }, 9],
  ] as const)('D10: finds no room for more guesses at them, however they come: %s', async (_, lockout, most) => {
    const property = fc.asyncProperty(guesses, fc.constantFrom(ONE, TWO), async (path, backends) => {
      expect(await triesAtAnn(path, { login: { backends }, lockout })).toBeLessThanOrEqual(most)
    })
    await fc.assert(property, { numRuns: 25 })
  })

  it('D10: control: finds room where the store loses what is counted of users', async () => {
    const property = fc.asyncProperty(guesses, async (path) => {
      const throttles = forgetfulThrottles(sqliteThrottles(), (key) => key.startsWith('lock:user:'))
      expect(
        await triesAtAnn(path, { login: { backends: ONE }, lockout: { keys: ['user'] }, throttles }),
      ).toBeLessThanOrEqual(3)
    })
    expect((await fc.check(property, { numRuns: 200, endOnFailure: true })).failed).toBe(true)
  })
})

/** Compares at once or a little later, so that guesses overtake each other. */
const plainHasher: PasswordHasher = {
  hash: async ({ password }) => `plain$${password}`,
  async verify({ password }, encoded) {
    if (password.length % 2 === 0) await new Promise((resolve) => setImmediate(resolve))
    return encoded === `plain$${password}`
  },
  needsRehash: () => false,
  close: async () => undefined,
  evaluations: () => 0,
}

describe('a queue of hashes that is full', () => {
  /** Judges one password after the other, and tells at once. */
  const hasty: AuthenticationBackend = {
    ...passwordBackend({ identifiers: ['email'], maxCandidates: 2 }),
    name: 'hasty',
    async authenticate({ password }, candidates, { verifyPassword }) {
      for (const user of candidates) {
        if (await verifyPassword(password, user.passwordHash)) return { outcome: 'proven', user }
      }
      return { outcome: 'unproven' }
    },
  }

  it('D10: gives no slot back once a password was judged', async () => {
    const inner = quickHasher()
    let judged = 0
    const flooded: PasswordHasher = {
      ...inner,
      verify(request, encoded) {
        judged += 1
        if (judged % 2 === 0) throw new AuthError('overloaded', { retryAfterSeconds: 1 })
        return inner.verify(request, encoded)
      },
    }
    const site = await openSite({
      user: { emailUnique: 'once-proven' },
      login: { emailMustBeVerified: false, backends: [hasty] },
      passwords: { hasher: flooded },
    })
    const email = 'shared@example.org'
    const ann = await addPerson(site, { username: 'ann', email, isProven: false })
    await addPerson(site, { username: 'bob', email, isProven: false })
    judged = 0
    site.hasher.forget()
    for (let guess = 0; guess < 10; guess += 1) {
      judged = 0
      await enter(site, email, `guess ${guess}`)
    }
    expect(site.hasher.calls.filter(({ encoded }) => encoded === ann.passwordHash)).toHaveLength(3)
  })
})

describe('a backend that breaks down after another one has judged', () => {
  const broken: AuthenticationBackend = {
    name: 'broken',
    candidates: async () => [],
    authenticate: () => Promise.reject(new Error('the directory is away')),
  }

  it('G9: leaves no guess out of the log, and no lock untold', async () => {
    const told: string[] = []
    const site = await openSite({
      login: { backends: [passwordBackend({ identifiers: ['username'] }), broken] },
      events: {
        loginFailed: ({ outcome }) => void told.push(outcome),
        userLockedOut: ({ identifier }) => void told.push(`locked ${identifier}`),
      },
    })
    await site.addUser('ann')
    for (let guess = 0; guess < 3; guess += 1) {
      expect(await enter(site, 'ann', OTHER_PASSWORD)).toContain('the directory is away')
    }
    const logged = await site.auth.listAttempts({ scope: 'all', filter: { limit: 9 } })
    expect(logged.map(({ outcome, userId, identifier }) => ({ outcome, userId, identifier }))).toEqual(
      Array.from({ length: 3 }, () => ({ outcome: 'refused', userId: 1, identifier: 'ann' })),
    )
    expect(told).toEqual(['refused', 'refused', 'refused', 'locked ann'])
  })

  it('G9: is the same where a hook breaks down, and holds no slot open', async () => {
    const faults = [new Error('the hook is broken')]
    const site = await openSite({
      lockout: { maxFailures: 1, maxWaitMilliseconds: 50 },
      hooks: {
        beforeLogin: () => {
          for (const fault of faults.splice(0)) throw fault
        },
      },
    })
    await site.addUser('ann')
    expect(await enter(site, 'ann')).toContain('the hook is broken')
    expect(await site.auth.listAttempts({ scope: 'all', filter: { limit: 9 } })).toMatchObject([
      { outcome: 'refused', userId: 1, identifier: 'ann' },
    ])
    expect(await enter(site, 'ann')).toBe(REFUSED)
    site.clock.advance({ minutes: 1 })
    expect(await enter(site, 'ann')).toBe('ann by password')
  })

  it('D7: may not put into the session what is no name of a backend', async () => {
    for (const backend of [7, '', 'x'.repeat(65), 'a b', {}] as const) {
      const wrong: AuthenticationBackend = {
        ...passwordBackend({ identifiers: ['username'] }),
        authenticate: async (_, [user]) => ({ outcome: 'proven', user, backend }) as never,
      }
      const site = await openSite({ login: { backends: [wrong] } })
      await site.addUser('ann')
      expect(await enter(site, 'ann'), String(backend)).toMatch(/authenticate\(\) of the backend "password" .* backend/)
    }
  })
})

describe('what logs in, unlocks', () => {
  const spellings = [PHONE, '0170 1234567', '0170/123-4567']

  it.each(spellings)('I9: an operator unlocks by any spelling of a declared field: %s', async (identifier) => {
    const site = await openPhones()
    await addAnn(site)
    await guessWrong(site, 3, { identifier: '0170 123 4567' })
    expect(await isOpen(site)).toBe(false)
    expect(await site.auth.clearLocks({ identifier })).toMatchObject({ locks: 2 })
    for (const name of ['ann', PHONE]) expect(await isOpen(site, { identifier: name }), name).toBe(true)
  })

  it('I9: an operator unlocks by the user name what was guessed at by the field, whatever made its value', async () => {
    const site = await openPhones((typed) => (typed.startsWith('b') ? `b${typed}` : null))
    await addAnn(site, 'bb17')
    await guessWrong(site, 3, { identifier: 'b17' })
    await site.auth.clearLocks({ identifier: 'ann' })
    expect(await site.auth.listLocks({ limit: 9 })).toEqual([])
    expect(await isOpen(site, { identifier: 'b17' })).toBe(true)
  })

  it('I9: an operator and the mailed link end the lock of a known device as well', async () => {
    const site = await openSite()
    await site.addUser('ann')
    const cookie = cookieFrom(await tryPassword(site), 'portress-device')
    for (const way of ['operator', 'mail'] as const) {
      await guessWrong(site, 3, { cookie })
      expect(await isOpen(site, { cookie }), way).toBe(false)
      if (way === 'operator') expect(await site.auth.clearLocks({ identifier: 'ann' })).toMatchObject({ locks: 1 })
      else await site.auth.unlock({ code: await site.codeFor('ann@example.org') })
      expect(await isOpen(site, { cookie }), way).toBe(true)
    }
  })

  it('I9: an operator who says that not all are meant does not unlock all', async () => {
    const site = await openSite()
    for (const name of ['ann', 'bea']) await site.addUser(name)
    for (const identifier of ['ann', 'bea']) await guessWrong(site, 3, { identifier })
    await site.auth.clearLocks({ identifier: 'ann', all: false } as never)
    expect(await isOpen(site)).toBe(true)
    expect(await isOpen(site, { identifier: 'bea' })).toBe(false)
  })
})

describe('a spelling under which guesses are counted', () => {
  it.each([
    ['of a field', () => openPhones((typed) => typed.replace(/\D/g, ''))],
    [
      'of a backend',
      () => {
        const backend = { ...passwordBackend({ identifiers: ['username'] }), countedAs: () => '' }
        return openSite({ login: { backends: [backend] } })
      },
    ],
  ])('I5: that is empty is none, so that nobody shares a count with everybody else: %s', async (_, open) => {
    const site = await open()
    await addPerson(site, { username: 'ann', email: null })
    await addPerson(site, { username: 'bea', email: null })
    await guessWrong(site, 3, { identifier: 'ann' })
    expect(await isOpen(site, { identifier: 'bea' })).toBe(true)
    expect(await isOpen(site, { identifier: 'ann' })).toBe(false)
  })
})

describe('lists of names', () => {
  it.each(['ann', 'ann@example.org', '0170 1234567'])(
    'I3: refuse whoever has the telephone number that is listed, by %s as well',
    async (identifier) => {
      const site = await openPhones(phoneNumber, { lockout: { alwaysRefuse: { identifiers: [PHONE] } } })
      await addAnn(site)
      expect(await enter(site, identifier)).toBe(REFUSED)
    },
  )

  it('I3: leave nobody uncounted who only shares a name with whoever is never locked', async () => {
    const byName = passwordBackend({ name: 'names', identifiers: ['username'] })
    const mailbox: AuthenticationBackend = {
      ...passwordBackend({ name: 'mailbox', identifiers: ['email'] }),
      candidates: (identifier, { users, canonical }) =>
        users.findByIdentifier(canonical(`${identifier}@example.org`), ['email'], 1),
    }
    const site = await openSite({
      login: { backends: [byName, mailbox] },
      lockout: { neverLock: { identifiers: ['ann'] } },
    })
    await addPerson(site, { username: 'ann', email: 'other@example.org' })
    const lee = await addPerson(site, { username: 'lee', email: 'ann@example.org', password: OTHER_PASSWORD })
    site.hasher.forget()
    await guessWrong(site, 9)
    expect(site.hasher.calls.filter(({ encoded }) => encoded === lee.passwordHash)).toHaveLength(3)
    expect(await enter(site, 'ann')).toBe('ann by names')
    expect(await enter(site, 'lee', OTHER_PASSWORD)).toBe(REFUSED)
  })
})

describe('durations without measure', () => {
  it('I8: are kept as long as a store can keep them', async () => {
    const site = await openSite({ lockout: { forgetAfterSeconds: Number.MAX_SAFE_INTEGER } })
    await site.addUser('ann')
    await guessWrong(site, 3)
    expect((await tryPassword(site)).status).toBe(401)
    site.clock.advance({ minutes: 1 })
    expect(await isOpen(site)).toBe(true)
  })
})

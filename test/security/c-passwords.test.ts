/** Section C of the attack table: a password counts exactly as it was typed, all of it. Each row with a control. */
import { hashSync } from '@node-rs/bcrypt'
import { afterEach, describe, expect, it } from 'vitest'
import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import type { PasswordContext } from '../../src/contracts/validator.ts'
import { quickHasher } from '../../src/testing/quick-hasher.ts'
import { sha256 } from '../../src/util/secrets.ts'
import { noContextWords } from '../../src/validators/no-context-words.ts'
import { notCommon } from '../../src/validators/not-common.ts'
import { notEntirelyNumeric } from '../../src/validators/not-entirely-numeric.ts'
import { notSimilar } from '../../src/validators/not-similar.ts'
import { type Answer, unlessRefused } from './support/answer.ts'
import { BODY_ENDPOINTS } from './support/endpoints.ts'
import { leastCpuMilliseconds } from './support/measure.ts'
import { closeSites, OTHER_PASSWORD, openSite, PASSWORD, type Site, type SiteOptions } from './support/open-site.ts'

afterEach(closeSites)

/** A hasher that does something to every password first. */
function changing(change: (password: string) => string): SiteOptions {
  return { passwords: { hasher: changingHasher(change) } }
}

function changingHasher(change: (password: string) => string): PasswordHasher {
  const inner = quickHasher()
  return {
    ...inner,
    hash: (request) => inner.hash({ ...request, password: change(request.password) }),
    verify: (request, encoded) => inner.verify({ ...request, password: change(request.password) }, encoded),
  }
}

const cutAt = (bytes: number, text: string): string => Buffer.from(text).subarray(0, bytes).toString()

/** Logs in with the password and then with each of what it must not be confused with. */
async function faultsOfMixUp(site: Site, password: string, others: readonly string[]): Promise<readonly string[]> {
  const login = (typed: string): Promise<Answer> =>
    site.send('POST /login', { body: { identifier: 'ann', password: typed } })
  const right = await login(password)
  const faults = right.status === 200 ? [] : [`the right password is answered ${right.status}`]
  for (const other of others) faults.push(...unlessRefused(JSON.stringify(other.slice(0, 90)), await login(other)))
  return faults
}

const PATIENT: SiteOptions = { lockout: { maxFailures: 1000 } }

describe('row 52: a password longer than 72 bytes', () => {
  const ASCII = `${'correct horse battery '.repeat(4)}`.slice(0, 80)
  const EUROS = '€'.repeat(30)
  const othersOf = (password: string): readonly string[] => [
    cutAt(72, password),
    `${cutAt(72, password)}x${cutAt(200, password).slice(73)}`,
    `${password}x`,
    password.slice(0, -1),
  ]

  it.each([ASCII, EUROS])('row 52: counts to its end: %s', async (password) => {
    const site = await openSite(PATIENT)
    await site.addUser('ann', { password })
    expect(await faultsOfMixUp(site, password, othersOf(password))).toEqual([])
  })

  it('row 52: counts to its end for an imported bcrypt_sha256 hash', async () => {
    const site = await openSite(PATIENT)
    const ann = await site.addUser('ann')
    const digest = Buffer.from(sha256(ASCII)).toString('hex')
    await site.store.users.update(ann.user.id, { passwordHash: `bcrypt_sha256$${hashSync(digest, { cost: 4 })}` })
    // The wrong ones first: the right one replaces the hash.
    const others = othersOf(ASCII)
    expect((await faultsOfMixUp(site, others[0] ?? '', others)).slice(1)).toEqual([])
    expect(await faultsOfMixUp(site, ASCII, others)).toEqual([])
  })

  it('row 52: never matches an imported bcrypt hash, which knows only 72 bytes', async () => {
    const site = await openSite(PATIENT)
    const ann = await site.addUser('ann')
    const known = cutAt(72, ASCII)
    const passwordHash = `bcrypt$${hashSync(known, { cost: 4 })}`
    await site.store.users.update(ann.user.id, { passwordHash })
    const longer = [`${known}x`, ASCII, `${known}\u0001`]
    for (const password of longer) {
      const answer = await site.send('POST /login', { body: { identifier: 'ann', password } })
      expect(answer.status, password).toBe(401)
    }
    expect(await faultsOfMixUp(site, known, longer)).toEqual([])
  })

  it('row 52: control: a hasher that cuts is noticed', async () => {
    const site = await openSite({ ...PATIENT, ...changing((password) => cutAt(72, password)) })
    await site.addUser('ann', { password: ASCII })
    expect(await faultsOfMixUp(site, ASCII, othersOf(ASCII))).not.toEqual([])
  })
})

describe('row 53: a NUL inside a password', () => {
  async function faultsOfNul(hasher: PasswordHasher): Promise<readonly string[]> {
    const request = (password: string) => ({ password, fairnessKey: 'test' })
    const encoded = await hasher.hash(request('abc\0def'))
    const others = ['abc', 'abc\0', 'abc\0xyz', 'abcdef', 'def']
    const matching: string[] = []
    for (const other of others) if (await hasher.verify(request(other), encoded)) matching.push(JSON.stringify(other))
    if (!(await hasher.verify(request('abc\0def'), encoded))) matching.push('not itself')
    return matching
  }

  it('row 53: ends nothing: the hasher reads on', async () => {
    expect(await faultsOfNul(quickHasher())).toEqual([])
  })

  it('row 53: control: a hasher that stops there is noticed', async () => {
    const stopping = changingHasher((password) => password.split('\0', 1)[0] ?? '')
    expect(await faultsOfNul(stopping)).not.toEqual([])
  })

  it('row 53: is not taken at all where a password is set or typed', async () => {
    const site = await openSite()
    const token = await site.tokenFor(await site.addUser('ann'))
    site.hasher.forget()
    for (const { row, body } of passwordBodies('abc\0def ghi jkl')) {
      expect(await site.send(row, { body, token }), row).toMatchObject({ status: 400 })
    }
    expect(site.hasher.calls).toEqual([])
  })
})

describe('row 54: a password in another dress', () => {
  const SPACED = '  Pass Wörd ſ ﬁ  '
  const DRESSES = [
    SPACED.trim(),
    SPACED.trimStart(),
    SPACED.trimEnd(),
    SPACED.toLowerCase(),
    SPACED.toUpperCase(),
    SPACED.normalize('NFD'),
    SPACED.normalize('NFKC'),
    SPACED.replaceAll(' ', '\u00a0'),
    SPACED.replace(/ +/g, ' '),
  ]

  /** The ways in which a password is set, each leaving `ann` with it. */
  const SETTERS: Readonly<Record<string, (site: Site, password: string) => Promise<unknown>>> = {
    'a registration': async (site, password) => {
      await site.send('POST /register', { body: { username: 'ann', email: 'ann@example.org', password } })
      await site.send('POST /email/verify', { body: { code: await site.codeFor('ann@example.org') } })
    },
    'a change': async (site, password) => {
      const token = await site.tokenFor(await site.addUser('ann'))
      await site.send('POST /password/change', { token, body: { currentPassword: PASSWORD, newPassword: password } })
    },
    'a reset': async (site, password) => {
      const { email } = await site.addUser('ann')
      await site.send('POST /password/reset', { body: { email } })
      const code = await site.codeFor(email)
      await site.send('POST /password/reset/confirm', { body: { code, newPassword: password } })
    },
    'an operator': async (site, password) => {
      const { user } = await site.addUser('ann')
      await site.auth.setPassword({ userId: user.id, newPassword: password, passwordCheck: 'enforced' })
    },
  }

  it.each(Object.entries(SETTERS))(
    'row 54: is another password after %s: case, spaces and form count',
    async (_, set) => {
      const site = await openSite(PATIENT)
      await set(site, SPACED)
      expect(await faultsOfMixUp(site, SPACED, DRESSES)).toEqual([])
    },
  )

  it('row 54: is another password also where the current one must confirm something', async () => {
    const site = await openSite(PATIENT)
    const ann = await site.addUser('ann', { password: SPACED })
    const token = await site.tokenFor(ann)
    for (const currentPassword of DRESSES) {
      const body = { currentPassword, newPassword: OTHER_PASSWORD }
      expect(await site.send('POST /password/change', { token, body })).toMatchObject({ status: 403 })
    }
    const body = { currentPassword: SPACED, newPassword: OTHER_PASSWORD }
    expect(await site.send('POST /password/change', { token, body })).toMatchObject({ status: 204 })
  })

  it.each([
    ['trims', (password: string) => password.trim()],
    ['folds the case', (password: string) => password.toLowerCase()],
    ['normalises', (password: string) => password.normalize('NFKC')],
  ])('row 54: control: a hasher that %s is noticed', async (_, change) => {
    const site = await openSite({ ...PATIENT, ...changing(change) })
    await site.addUser('ann', { password: SPACED })
    expect(await faultsOfMixUp(site, SPACED, DRESSES)).not.toEqual([])
  })
})

/** Every body that takes a password, with each of its passwords replaced by this one. */
function passwordBodies(password: string): readonly { readonly row: string; readonly body: object }[] {
  return BODY_ENDPOINTS.flatMap(({ row, body }) =>
    Object.keys(body)
      .filter((field) => /password/i.test(field))
      .map((field) => ({ row, body: { ...body, [field]: password } })),
  )
}

describe('row 55: a very long password', () => {
  async function faultsOfLength(site: Site, password: string): Promise<readonly string[]> {
    const faults: string[] = []
    const token = await site.tokenFor(await site.addUser('ann'))
    site.hasher.forget()
    for (const { row, body } of passwordBodies(password)) {
      const answers: Answer[] = []
      const milliseconds = await leastCpuMilliseconds(async () => {
        answers.push(await site.send(row, { body, token }))
      }, 3)
      const odd = answers.map(({ status }) => status).filter((status) => status !== 400 && status !== 413)
      if (odd.length > 0) faults.push(`${row} is answered ${odd}`)
      if (milliseconds >= 50) faults.push(`${row} took ${milliseconds} ms`)
    }
    if (site.hasher.calls.length > 0) faults.push(`${site.hasher.calls.length} passwords were hashed`)
    return faults
  }

  it.each([1024 * 1024, 60_000, 4097])(
    'row 55: of %d bytes is refused at once everywhere, and never hashed',
    async (bytes) => {
      expect(await faultsOfLength(await openSite(), 'p'.repeat(bytes))).toEqual([])
      expect(await faultsOfLength(await openSite(), '€'.repeat(Math.ceil(bytes / 3)))).toEqual([])
    },
  )

  it('row 55: control: one of exactly the limit is hashed, which the same look notices', async () => {
    const faults = await faultsOfLength(await openSite(PATIENT), 'pa ss wo rd '.repeat(342).slice(0, 4096))
    expect(faults.join()).toContain('were hashed')
  })
})

describe('row 56: the strength of a long password beside a long name', () => {
  const NAME = 'a'.repeat(150)
  const context: PasswordContext = {
    username: NAME,
    email: `${NAME}@example.org`,
    firstName: `${'ab '.repeat(50)}`,
    lastName: NAME,
    siteWords: ['Acme', 'accounts.example'],
  }
  const PASSWORDS = ['a'.repeat(1000), 'a'.repeat(4096), 'ab'.repeat(2048), `${'a'.repeat(2000)}b${'a'.repeat(2000)}`]

  type Judge = (password: string) => unknown

  async function slowOf(judge: Judge): Promise<readonly string[]> {
    const slow: string[] = []
    for (const password of PASSWORDS) {
      const milliseconds = await leastCpuMilliseconds(() => judge(password), 5)
      if (milliseconds >= 20) slow.push(`${password.length} characters took ${milliseconds} ms`)
    }
    return slow
  }

  it('row 56: is judged in time by every validator', async () => {
    const validators = [notSimilar(), noContextWords(), notCommon(), notEntirelyNumeric()]
    // The list of common passwords is read once.
    await notCommon().validate('warm up', context)
    for (const validator of validators) {
      expect(await slowOf((password) => validator.validate(password, context)), validator.name).toEqual([])
    }
  })

  it('row 56: control: a search for the longest common part is noticed', async () => {
    const commonFrom = (password: string, at: number, from: number): number => {
      let length = 0
      while (from + length < NAME.length && password[at + length] === NAME[from + length]) length += 1
      return length
    }
    const longestCommonPart: Judge = (password) => {
      let longest = 0
      for (let at = 0; at < password.length; at += 1) {
        for (let from = 0; from < NAME.length; from += 1) longest = Math.max(longest, commonFrom(password, at, from))
      }
      return longest
    }
    expect(await slowOf(longestCommonPart)).not.toEqual([])
  })
})

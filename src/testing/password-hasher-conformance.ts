import { describe, expect, it } from 'vitest'
import type { HashRequest, PasswordHasher } from '../contracts/password-hasher.ts'
import { AuthError } from '../errors.ts'

export interface PasswordHasherConformanceOptions {
  /** Makes a fresh hasher for each test; the suite closes it. */
  readonly newHasher: () => PasswordHasher
  /** Tests that do not apply, each with the reason that the report shows. */
  readonly skip?: readonly { readonly test: PasswordHasherTest; readonly reason: string }[]
}

/** The names of the tests. */
export type PasswordHasherTest =
  | 'verifies the right password and no other'
  | 'never verifies null, unusable, unknown or broken text'
  | 'gives one password another text each time'
  | 'never puts the password into the text'
  | 'takes every byte of a password as it is'
  | 'wants no new hash of a text that it has just written'
  | 'wants a new hash of a text of another algorithm'
  | 'finishes 64 jobs at once'
  | 'counts each password that it hashes or checks once, whatever is stored'
  | 'refuses a flood as overloaded, and finishes what it has accepted'
  | 'finishes what is queued when it is closed, and refuses what comes later'

/** More calls than any sensible queue holds. */
const FLOOD = 10_000

/**
 * Checks that a hasher keeps the promises of `PasswordHasher`. Call it inside a `describe` of Vitest.
 *
 * @example
 * describe('myHasher', () => passwordHasherConformance({ newHasher: () => myHasher() }))
 */
export function passwordHasherConformance({ newHasher, skip = [] }: PasswordHasherConformanceOptions): void {
  describe('keeps the contract of a password hasher', () => {
    for (const [name, check] of Object.entries(TESTS)) {
      const skipped = skip.find(({ test }) => test === name)
      it(name, async (context) => {
        if (skipped) context.skip(skipped.reason)
        const hasher = newHasher()
        try {
          await check(hasher)
        } finally {
          await hasher.close()
        }
      })
    }
  })
}

const TESTS: Readonly<Record<PasswordHasherTest, (hasher: PasswordHasher) => void | Promise<void>>> = {
  'verifies the right password and no other': async (hasher) => {
    const encoded = await hasher.hash(request('correct horse'))
    expect(await hasher.verify(request('correct horse'), encoded)).toBe(true)
    for (const wrong of ['Correct horse', 'correct horse ', ' correct horse', 'correct hors', 'correct horsee', '']) {
      expect(await hasher.verify(request(wrong), encoded), JSON.stringify(wrong)).toBe(false)
    }
  },
  'never verifies null, unusable, unknown or broken text': async (hasher) => {
    const encoded = await hasher.hash(request('secret'))
    const broken = ['', 'secret', '!', `!${encoded}`, 'unknown$1$salt$hash', 'argon2$', encoded.slice(0, -1)]
    for (const text of [null, ...broken, `${encoded}\n`, ` ${encoded}`, `${encoded}$`]) {
      expect(await hasher.verify(request('secret'), text), JSON.stringify(text)).toBe(false)
      expect(await hasher.verify(request(''), text), JSON.stringify(text)).toBe(false)
    }
  },
  'gives one password another text each time': async (hasher) => {
    const texts = await Promise.all(Array.from({ length: 8 }, () => hasher.hash(request('same'))))
    expect(new Set(texts).size).toBe(texts.length)
    for (const text of texts) expect(await hasher.verify(request('same'), text)).toBe(true)
  },
  'never puts the password into the text': async (hasher) => {
    expect(await hasher.hash(request('correcthorsebattery'))).not.toContain('correcthorsebattery')
  },
  'takes every byte of a password as it is': async (hasher) => {
    const composed = 'P\u00e4ss'
    const pairs = [
      ['nul\0byte', 'nul'],
      ['x'.repeat(80), 'x'.repeat(72)],
      [`${'x'.repeat(4095)}a`, `${'x'.repeat(4095)}b`],
      [composed, composed.normalize('NFD')],
      ['\uff50\uff41\uff53\uff53', 'pass'],
      ['  spaces  ', 'spaces'],
      ['🔑', '🔒'],
    ] as const
    for (const [password, other] of pairs) {
      const encoded = await hasher.hash(request(password))
      expect(await hasher.verify(request(password), encoded), JSON.stringify(password)).toBe(true)
      expect(await hasher.verify(request(other), encoded), JSON.stringify(other)).toBe(false)
    }
  },
  'wants no new hash of a text that it has just written': async (hasher) => {
    expect(hasher.needsRehash(await hasher.hash(request('secret')))).toBe(false)
  },
  'wants a new hash of a text of another algorithm': (hasher) => {
    expect(hasher.needsRehash('md5$abc$8874aff2a3e35d60321510fc58e2e2c1')).toBe(true)
  },
  'finishes 64 jobs at once': async (hasher) => {
    const encoded = await hasher.hash(request('secret'))
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        hasher.verify({ password: index % 2 === 0 ? 'secret' : 'wrong', fairnessKey: `user ${index}` }, encoded),
      ),
    )
    expect(answers).toEqual(Array.from({ length: 64 }, (_, index) => index % 2 === 0))
  },
  'counts each password that it hashes or checks once, whatever is stored': async (hasher) => {
    const encoded = await hasher.hash(request('secret'))
    for (const text of [encoded, null, '!', 'unknown$1$salt$hash']) await hasher.verify(request('wrong'), text)
    expect(hasher.evaluations()).toBe(5)
  },
  'refuses a flood as overloaded, and finishes what it has accepted': async (hasher) => {
    const jobs = Array.from({ length: FLOOD }, (_, index) =>
      hasher.verify({ password: 'wrong', fairnessKey: `user ${index}` }, null),
    )
    const outcomes = await Promise.allSettled(jobs)
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
    expect(refusals.length).toBeGreaterThan(0)
    expect(refusals.length).toBeLessThan(FLOOD)
    for (const refusal of refusals) expectOverloaded(refusal)
    expect(hasher.evaluations()).toBe(FLOOD - refusals.length)
    expect(await hasher.verify(request('wrong'), null)).toBe(false)
  },
  'finishes what is queued when it is closed, and refuses what comes later': async (hasher) => {
    const queued = Array.from({ length: 8 }, (_, index) =>
      hasher.hash({ password: 'secret', fairnessKey: `user ${index}` }),
    )
    const closed = hasher.close()
    await expect(hasher.hash(request('late'))).rejects.toThrow()
    await expect(hasher.verify(request('late'), null)).rejects.toThrow()
    expect(await Promise.all(queued)).toHaveLength(8)
    await closed
    await hasher.close()
  },
}

function request(password: string): HashRequest {
  return { password, fairnessKey: 'a user' }
}

function expectOverloaded(error: unknown): void {
  expect(error).toBeInstanceOf(AuthError)
  expect(error).toMatchObject({ code: 'overloaded' })
  const { retryAfterSeconds } = (error as AuthError).details
  expect(Number.isInteger(retryAfterSeconds)).toBe(true)
  expect(retryAfterSeconds).toBeGreaterThanOrEqual(1)
}

import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashLane } from './hash-lane.ts'
import { identifyAlgorithm, isUsable } from './identify-algorithm.ts'
import { passwordFormats } from './password-formats.ts'

/** What Django did; text `raises X` where Django itself failed and a server answers `false`. */
interface Expected {
  readonly check: boolean | string
  readonly wrong?: readonly (boolean | string)[]
  readonly usable: boolean
  readonly hasher: string | null
}

interface Vector {
  readonly id: string
  readonly encoded: string
  readonly password: string
  readonly wrong_passwords?: readonly string[]
  readonly expect?: Expected
  readonly expect_by_version?: Readonly<Record<string, Expected>>
}

interface Answer {
  readonly check: boolean
  readonly wrong: readonly boolean[]
}

const file = new URL('../../test/vectors/django/password-hashes.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Vector[] }

// Parameters are no business of these tests: small ones keep the work that is added to wrong answers small.
const cheap = hashLane({ argon2: { memoryKiB: 64, passes: 1, parallelism: 1 }, workers: 2, maxQueueSeconds: 600 })
const today = hashLane({ argon2: { memoryKiB: 19456, passes: 2, parallelism: 1 }, workers: 1, maxQueueSeconds: 3 })

describe('the passwords of Django 3.2 to 6.1', () => {
  const answers = new Map<string, Answer>()

  beforeAll(async () => {
    await Promise.all(cases.map(async (vector) => answers.set(vector.id, await ask(vector))))
    await cheap.close()
  }, 120_000)

  it('are 160', () => {
    expect(answers.size).toBe(160)
  })

  it.each(cases)('verify as in Django: $id', (vector) => {
    const expected = newestThatKnows(vector)
    expect(answers.get(vector.id)).toEqual({
      check: expected.check === true,
      wrong: (expected.wrong ?? []).map((wrong) => wrong === true),
    })
  })

  it.each(cases)('are taken for the same algorithm: $id', ({ id, encoded, ...vector }) => {
    const { hasher, usable } = newestThatKnows({ id, encoded, ...vector })
    const algorithm = identifyAlgorithm(encoded)
    const known = passwordFormats(() => null)
    expect(algorithm !== null && known.has(algorithm) ? algorithm : null).toBe(hasher)
    expect(isUsable(encoded)).toBe(usable)
  })

  // Django's vectors have PBKDF2 for the default: there, none but its texts stays. Here the default is Argon2id of
  // parameters that no vector has, so every one is replaced, unless the lane is set up exactly as the vector is.
  it.each(cases)('are replaced after a log-in, not being of today’s parameters: $id', ({ encoded }) => {
    expect(today.needsRehash(encoded)).toBe(true)
  })

  it.each(['argon2id-ascii', 'argon2-default@5.2', 'argon2id-t3-m65536-p4-v19'])(
    'stay where the parameters are today’s: %s',
    (id) => {
      const encoded = cases.find((vector) => vector.id === id)?.encoded ?? ''
      const [, m, t, p] = /m=(\d+),t=(\d+),p=(\d+)/.exec(encoded) ?? []
      const argon2 = { memoryKiB: Number(m), passes: Number(t), parallelism: Number(p) }
      expect(hashLane({ argon2, workers: 1, maxQueueSeconds: 3 }).needsRehash(encoded)).toBe(false)
    },
  )

  it.each(['argon2-default@3.2', 'argon2id-short-salt'])('are replaced for a short hash or salt: %s', (id) => {
    const encoded = cases.find((vector) => vector.id === id)?.encoded ?? ''
    const argon2 = { memoryKiB: 102_400, passes: 2, parallelism: 8 }
    expect(hashLane({ argon2, workers: 1, maxQueueSeconds: 3 }).needsRehash(encoded)).toBe(true)
  })
})

async function ask({ id, encoded, password, wrong_passwords = [] }: Vector): Promise<Answer> {
  const verify = (candidate: string) => cheap.verify({ password: candidate, fairnessKey: id }, encoded)
  return { check: await verify(password), wrong: await Promise.all(wrong_passwords.map(verify)) }
}

/**
 * The newest release's answer. Django 5.1 dropped sha1 and the unsalted forms; Portress still reads them, so for those
 * the last release that knew them speaks.
 */
function newestThatKnows(vector: Vector): Expected {
  const releases = vector.expect ? [vector.expect] : Object.values(vector.expect_by_version ?? {})
  const expected = releases.findLast(({ hasher }) => hasher !== null) ?? releases.at(-1)
  if (!expected) throw new Error(`${vector.id} expects nothing`)
  return expected
}

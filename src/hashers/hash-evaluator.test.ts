import { describe, expect, it } from 'vitest'
import type { Argon2Engine } from './formats/argon2-engine.ts'
import { type HashJob, hashEvaluator } from './hash-evaluator.ts'
import type { PasswordFormat } from './password-format.ts'
import { passwordFormats } from './password-formats.ts'

const TODAY = { memoryKiB: 1000, passes: 2, parallelism: 1 }
const WHOLE = TODAY.memoryKiB * TODAY.passes
const SALT = 'R2dyWXZYS3lvcUNONEFsUENaTTh2UQ'
const HASH = '7Kh5X4iczi3oIrO29wZox22bbxSBoMyzchsmA2j/P2E'

describe('hashEvaluator', () => {
  it('finds the right password for what it has written', () => {
    const { evaluate } = newEvaluator()
    const encoded = String(evaluate({ kind: 'hash', password: 'secret' }))
    expect(evaluate({ kind: 'verify', password: 'secret', encoded })).toBe(true)
    expect(evaluate({ kind: 'verify', password: 'Secret', encoded })).toBe(false)
  })

  it.each([
    ['a text of today', argon2Text('m=1000,t=2,p=1')],
    ['nothing', null],
    ['an empty text', ''],
    ['an unusable password', '!kT3yJbWq0ZrXnE5vLc8aUd2hMf7sPgRoIx4wBNV1'],
    ['an unknown algorithm', 'whirlpool$1$salt$hash'],
    ['a broken text', 'argon2$garbage'],
    ['more memory than is allowed', argon2Text('m=4194304,t=1,p=1')],
    ['more passes than are allowed', argon2Text('m=1000,t=999999,p=1')],
    ['more iterations than are allowed', 'pbkdf2_sha256$999999999$salt$aGFzaA=='],
    ['a larger scrypt than is allowed', 'scrypt$1048576$salt$8$1$aGFzaA=='],
    ['a higher bcrypt cost than is allowed', `bcrypt$$2b$31$${'.'.repeat(53)}`],
    ['a bcrypt text without the library', `bcrypt_sha256$$2b$04$${'.'.repeat(53)}`],
    ['half the memory', argon2Text('m=500,t=2,p=1')],
    ['half the passes', argon2Text('m=1000,t=1,p=1')],
    ['an eighth of the memory', argon2Text('m=125,t=2,p=1')],
    ['another algorithm at a quarter of the cost', 'quarter$whatever'],
    ['an algorithm that costs nothing', 'md5$abc$8874aff2a3e35d60321510fc58e2e2c1'],
  ])('does the same work for a wrong password when there is %s', (_, encoded) => {
    const { evaluate, workOf } = newEvaluator()
    evaluate({ kind: 'hash', password: 'the first job, after which the cost of a whole evaluation is known' })
    expect(workOf({ kind: 'verify', password: 'wrong', encoded })).toBe(WHOLE)
  })

  it('does a whole evaluation on top of a cheap text while it has measured none', () => {
    const { workOf } = newEvaluator()
    expect(workOf({ kind: 'verify', password: 'wrong', encoded: argon2Text('m=125,t=2,p=1') })).toBe(WHOLE + 250)
    expect(workOf({ kind: 'verify', password: 'wrong', encoded: argon2Text('m=125,t=2,p=1') })).toBe(WHOLE)
  })

  it('looks again at what is missing where less memory takes less than its share', () => {
    const { evaluate, workOf } = newEvaluator({ cost: (memoryKiB) => memoryKiB ** 1.2 / TODAY.memoryKiB ** 0.2 })
    evaluate({ kind: 'hash', password: 'first' })
    const work = workOf({ kind: 'verify', password: 'wrong', encoded: argon2Text('m=500,t=2,p=1') })
    expect(work / WHOLE).toBeGreaterThan(0.98)
    expect(work / WHOLE).toBeLessThanOrEqual(1)
  })

  it('adds nothing to a text that costs more than today’s', () => {
    const { evaluate, workOf } = newEvaluator()
    evaluate({ kind: 'hash', password: 'first' })
    expect(workOf({ kind: 'verify', password: 'wrong', encoded: argon2Text('m=2000,t=2,p=1') })).toBe(2 * WHOLE)
  })

  it('does no more than it must for a right password', () => {
    const { workOf } = newEvaluator()
    const encoded = 'md5$abc$8874aff2a3e35d60321510fc58e2e2c1'
    expect(workOf({ kind: 'verify', password: 'correct horse battery staple', encoded })).toBe(0)
  })
})

function argon2Text(parameters: string): string {
  return `argon2$argon2id$v=19$${parameters}$${SALT}$${HASH}`
}

/** An evaluator whose Argon2 only counts its work, on a clock that moves with the work alone. */
function newEvaluator({ cost = (memoryKiB: number) => memoryKiB } = {}) {
  let work = 0
  const engine: Argon2Engine = (password, { memoryKiB, passes, hashLength }) => {
    work += cost(memoryKiB) * passes
    return Uint8Array.from({ length: hashLength }, (_, index) => password[index % password.length] ?? 0)
  }
  const quarter: PasswordFormat = {
    reencode() {
      work += WHOLE / 4
      return 'quarter$never'
    },
  }
  const formats = new Map([...passwordFormats(engine, () => null), ['quarter', quarter]])
  const evaluate = hashEvaluator({ argon2: TODAY, engine, formats, now: () => work })
  return {
    evaluate,
    workOf(job: HashJob): number {
      const before = work
      evaluate(job)
      return Math.round(work - before)
    },
  }
}

import { describe, expect, it } from 'vitest'
import { systemRandom } from '../../util/system-random.ts'
import { isSameSecret, maskCsrfSecret, newCsrfSecret, readCsrfToken } from './csrf-token.ts'

const engine = { random: systemRandom }

describe('readCsrfToken', () => {
  it('takes the secret as it is', () => {
    const secret = newCsrfSecret(engine)
    expect(readCsrfToken(secret)).toEqual({ outcome: 'token', secret })
  })

  it('takes the mask off a longer one', () => {
    // Django's alphabet is a to z, A to Z, 0 to 9. The mask b moves x on by 1, to y; the mask 9 moves c on by 61, to b.
    const masked = `b9${'a'.repeat(30)}yb${'z'.repeat(30)}`
    expect(readCsrfToken(masked)).toEqual({ outcome: 'token', secret: `xc${'z'.repeat(30)}` })
  })

  it.each(['', 'a', 'a'.repeat(31), 'a'.repeat(33), 'a'.repeat(63), 'a'.repeat(65), '-'])(
    'finds %j of a wrong length',
    (text) => {
      expect(readCsrfToken(text)).toEqual({ outcome: 'length' })
    },
  )

  it.each([`${'a'.repeat(31)}-`, `${'a'.repeat(63)}\0`, '\ud800'.repeat(32), `${'a'.repeat(31)}\n`, 'ä'.repeat(32)])(
    'finds wrong characters in %j',
    (text) => {
      expect(readCsrfToken(text)).toEqual({ outcome: 'characters' })
    },
  )
})

describe('maskCsrfSecret', () => {
  it('hides the secret in another text each time, and gives it back', () => {
    const secret = newCsrfSecret(engine)
    const masked = Array.from({ length: 50 }, () => maskCsrfSecret(engine, secret))
    expect(new Set(masked).size).toBe(50)
    for (const token of masked) expect(readCsrfToken(token)).toEqual({ outcome: 'token', secret })
  })
})

describe('newCsrfSecret', () => {
  it('leaves out the bytes that would make some letters more likely', () => {
    let calls = 0
    const bytes = (length: number) => new Uint8Array(length).fill(calls++ === 0 ? 248 : 247)
    expect(newCsrfSecret({ random: { ...systemRandom, bytes } })).toBe('9'.repeat(32))
  })
})

describe('isSameSecret', () => {
  it('is so only for the very same', () => {
    expect([isSameSecret('aa', 'aa'), isSameSecret('aa', 'ab'), isSameSecret('aa', 'aaa')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

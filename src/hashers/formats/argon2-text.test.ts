import { describe, expect, it } from 'vitest'
import { isWithinArgon2Bounds, parseArgon2Text, writeArgon2Text } from './argon2-text.ts'

const SALT = 'R2dyWXZYS3lvcUNONEFsUENaTTh2UQ'
const HASH = '7Kh5X4iczi3oIrO29wZox22bbxSBoMyzchsmA2j/P2E'
const TEXT = `argon2$argon2id$v=19$m=1024,t=2,p=1$${SALT}$${HASH}`

describe('parseArgon2Text', () => {
  it('reads what writeArgon2Text has written', () => {
    const text = parseArgon2Text(TEXT)
    expect(text).toMatchObject({ kind: 'argon2id', version: 19, memoryKiB: 1024, passes: 2, parallelism: 1 })
    expect(text && writeArgon2Text(text)).toBe(TEXT)
  })

  it('takes a text without a version for version 16', () => {
    expect(parseArgon2Text(TEXT.replace('v=19$', ''))?.version).toBe(16)
  })

  it.each([
    ['a prefix in front', ` ${TEXT}`],
    ['a newline behind', `${TEXT}\n`],
    ['a field too many', `${TEXT}$`],
    ['leading zeros', TEXT.replace('t=2', 't=02')],
    ['another order', TEXT.replace('m=1024,t=2', 't=2,m=1024')],
    ['an unknown kind', TEXT.replace('argon2id', 'argon2x')],
    ['an unknown version', TEXT.replace('v=19', 'v=17')],
    ['a padded hash', `${TEXT}=`],
    ['unused bits in the salt', TEXT.replace(SALT, SALT.replace(/Q$/, 'R'))],
    ['a salt below 8 bytes', TEXT.replace(SALT, 'c2FsdA')],
    ['a hash below 16 bytes', TEXT.replace(HASH, 'c2hvcnQgaGFzaA')],
    ['more memory than a server should lend', TEXT.replace('m=1024', 'm=262145')],
    ['more work than a server should do', TEXT.replace('m=1024,t=2', 'm=262144,t=5')],
    ['more lanes than anybody uses', TEXT.replace('p=1', 'p=65')],
    ['less memory than its lanes need', TEXT.replace('p=1', 'p=64').replace('m=1024', 'm=511')],
  ])('refuses %s', (_, encoded) => {
    expect(parseArgon2Text(encoded)).toBeNull()
  })
})

describe('isWithinArgon2Bounds', () => {
  it('holds for Django’s defaults and ours', () => {
    expect(isWithinArgon2Bounds({ memoryKiB: 102_400, passes: 2, parallelism: 8 })).toBe(true)
    expect(isWithinArgon2Bounds({ memoryKiB: 19_456, passes: 2, parallelism: 1 })).toBe(true)
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('does not hold for %d passes', (passes) => {
    expect(isWithinArgon2Bounds({ memoryKiB: 19_456, passes, parallelism: 1 })).toBe(false)
  })
})

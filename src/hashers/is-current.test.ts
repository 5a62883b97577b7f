import { describe, expect, it } from 'vitest'
import { isCurrent } from './is-current.ts'

const TODAY = { memoryKiB: 19456, passes: 2, parallelism: 1 }
const SALT = 'R2dyWXZYS3lvcUNONEFsUENaTTh2UQ'
const HASH = '7Kh5X4iczi3oIrO29wZox22bbxSBoMyzchsmA2j/P2E'
const CURRENT = `argon2$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${HASH}`

describe('isCurrent', () => {
  it('holds for the parameters of today', () => {
    expect(isCurrent(CURRENT, TODAY)).toBe(true)
  })

  it.each([
    ['another kind', CURRENT.replace('argon2id', 'argon2i')],
    ['an older version', CURRENT.replace('v=19', 'v=16')],
    ['less memory', CURRENT.replace('m=19456', 'm=9728')],
    ['more memory', CURRENT.replace('m=19456', 'm=102400')],
    ['more passes', CURRENT.replace('t=2', 't=3')],
    ['more lanes', CURRENT.replace('p=1', 'p=8')],
    ['a short salt', CURRENT.replace(SALT, 'ZjJLcTlMdzBaYlhl')],
    ['a short hash', CURRENT.replace(HASH, '070g3atDm5WbCgTh4Y+19g')],
    ['another algorithm', 'md5$abc$8874aff2a3e35d60321510fc58e2e2c1'],
    ['broken text', `${CURRENT}$`],
  ])('does not hold for %s', (_, encoded) => {
    expect(isCurrent(encoded, TODAY)).toBe(false)
  })
})

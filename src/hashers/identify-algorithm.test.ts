import { describe, expect, it } from 'vitest'
import { identifyAlgorithm } from './identify-algorithm.ts'

describe('identifyAlgorithm', () => {
  it('takes what stands before the first dollar', () => {
    expect(identifyAlgorithm('scrypt$16384$salt$8$1$hash')).toBe('scrypt')
  })

  it('tells the unsalted forms by their length', () => {
    expect(identifyAlgorithm('0'.repeat(32))).toBe('unsalted_md5')
    expect(identifyAlgorithm(`md5$$${'0'.repeat(32)}`)).toBe('unsalted_md5')
    expect(identifyAlgorithm(`md5$s$${'0'.repeat(32)}`)).toBe('md5')
    expect(identifyAlgorithm(`sha1$$${'0'.repeat(40)}`)).toBe('unsalted_sha1')
  })

  it.each(['', '!', '!argon2$', 'letmein'])('takes %j for nothing', (encoded) => {
    expect(identifyAlgorithm(encoded)).toBeNull()
  })

  it('does not look at text that is longer than any stored password', () => {
    expect(identifyAlgorithm(`md5$${'x'.repeat(1020)}`)).toBe('md5')
    expect(identifyAlgorithm(`md5$${'x'.repeat(1021)}`)).toBeNull()
  })
})

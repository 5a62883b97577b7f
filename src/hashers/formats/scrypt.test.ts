import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { scrypt } from './scrypt.ts'

const PASSWORD = Buffer.from('a')
const TEXT =
  'scrypt$1024$GgrYvXKyoqCN4AlPCZM8vQ$8$1$A5utjVl34sH53GHKT1Z/we1tzg2Et4vEb5sfHEDnj9KpH44pwAdp7J6fIEkwl4mqkhpgsxB1BKHgkH8s2qdyiA=='

describe('scrypt', () => {
  it('makes the text again', () => {
    expect(scrypt.reencode(PASSWORD, TEXT)).toBe(TEXT)
  })

  it('lends as much memory as larger parameters need', () => {
    expect(scrypt.reencode(PASSWORD, 'scrypt$131072$salt$8$1$AAAA')).toMatch(/^scrypt\$131072\$salt\$8\$1\$/)
  })

  it.each([
    ['n that is no power of two', 'scrypt$1000$salt$8$1$AAAA'],
    ['n of one', 'scrypt$1$salt$8$1$AAAA'],
    ['more memory than a server should lend', 'scrypt$262144$salt$8$1$AAAA'],
    ['more work than a server should do', 'scrypt$16384$salt$8$33$AAAA'],
    ['no salt', 'scrypt$1024$$8$1$AAAA'],
    ['a missing field', 'scrypt$1024$salt$8$AAAA'],
  ])('computes nothing for %s', (_, encoded) => {
    expect(scrypt.reencode(PASSWORD, encoded)).toBeNull()
  })
})

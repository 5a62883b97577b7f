import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { pbkdf2Sha256 } from './pbkdf2-sha256.ts'

const PASSWORD = Buffer.from('correct horse battery staple')
const TEXT = 'pbkdf2_sha256$2000$GgrYvXKyoqCN4AlPCZM8vQ$QB02LZue8goUfIyDEI1/jByJcWoogHJbg2FPRgvX3pE='

describe('pbkdf2Sha256', () => {
  it('makes the text again, whatever hash stands in it', () => {
    expect(pbkdf2Sha256.reencode(PASSWORD, TEXT)).toBe(TEXT)
    expect(pbkdf2Sha256.reencode(PASSWORD, 'pbkdf2_sha256$2000$GgrYvXKyoqCN4AlPCZM8vQ$AAAA')).toBe(TEXT)
  })

  it.each([
    ['no iterations', TEXT.replace('2000', '0')],
    ['leading zeros', TEXT.replace('2000', '02000')],
    ['a sign', TEXT.replace('2000', '+2000')],
    ['more iterations than a server should do', TEXT.replace('2000', '5000001')],
    ['no salt', TEXT.replace('GgrYvXKyoqCN4AlPCZM8vQ', '')],
    ['a field too many', `${TEXT}$x`],
    ['a newline behind', `${TEXT}\n`],
    ['another digest', TEXT.replace('sha256', 'sha1')],
  ])('computes nothing for %s', (_, encoded) => {
    expect(pbkdf2Sha256.reencode(PASSWORD, encoded)).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { isHostHeader } from './is-host-header.ts'

describe('isHostHeader', () => {
  it.each([
    'localhost',
    'EXAMPLE.org',
    'a-b.example.org.',
    'my_host:3000',
    '192.0.2.7:80',
    '[::1]',
    '[2001:db8::1]:443',
  ])('takes %s', (text) => {
    expect(isHostHeader(text)).toBe(true)
  })

  it.each([
    '',
    '-',
    ':80',
    'a:',
    'a:b',
    'a:123456',
    'a/b',
    'a@b',
    'a, b',
    'a b',
    '[::1',
    '[::1]x',
    'ü.example',
    'a\u0000',
  ])('refuses %j', (text) => {
    expect(isHostHeader(text)).toBe(false)
  })

  it('refuses none, and one that is longer than any name', () => {
    expect(isHostHeader(undefined)).toBe(false)
    expect(isHostHeader('a'.repeat(261))).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { asciiDomain } from './ascii-domain.ts'

describe('asciiDomain', () => {
  it.each([
    ['Example.ORG', 'example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.Example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['straße.example', 'xn--strae-oqa.example'],
    ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
  ])('writes %s as %s', (domain, ascii) => {
    expect(asciiDomain(domain)).toBe(ascii)
  })

  it.each([
    '',
    'a b',
    'ü:80',
    'ü/x',
    'ü?x',
    'ü#x',
    'x@ü',
    'ü%61',
    'ü\t',
    'a。ü',
    '[::1]',
    'a_b',
    '\u00ad',
    'ü\u200d',
    'xn--ü',
    '\ud800',
  ])('refuses %j, which is no domain or would become another one', (domain) => {
    expect(asciiDomain(domain)).toBeNull()
  })
})

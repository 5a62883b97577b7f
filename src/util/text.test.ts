import { describe, expect, it } from 'vitest'
import { codePointLength, hasControlCharacters, isLongerThan, trimWhiteSpace } from './text.ts'

describe('codePointLength', () => {
  it('counts code points, a lone surrogate as one', () => {
    expect([codePointLength(''), codePointLength('é🔑'), codePointLength('\ud800x')]).toEqual([0, 2, 2])
  })
})

describe('isLongerThan', () => {
  it('counts code points at the border', () => {
    expect([isLongerThan('🔑🔑', 2), isLongerThan('🔑🔑🔑', 2), isLongerThan('abc', 2), isLongerThan('ab', 2)]).toEqual(
      [false, true, true, false],
    )
  })
})

describe('trimWhiteSpace', () => {
  it('trims what JavaScript and what Python call white space, and nothing inside', () => {
    expect(trimWhiteSpace(' \t\n\u00a0\ufeff\u3000\u2028a\u0085b\u001c\u001f\u0085')).toBe('a\u0085b')
    expect(trimWhiteSpace('\u0085 ')).toBe('')
    expect(trimWhiteSpace('\u200ba\u0000')).toBe('\u200ba\u0000')
  })
})

describe('hasControlCharacters', () => {
  it('finds C0, DEL and C1', () => {
    for (const character of ['\0', '\t', '\r', '\n', '\u001b', '\u007f', '\u0085', '\u009b']) {
      expect(hasControlCharacters(`a${character}`)).toBe(true)
    }
    expect(hasControlCharacters('a é\u00a0\u200b🔑')).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { caseFold } from './case-fold.ts'

describe('caseFold', () => {
  // CaseFolding.txt, statuses C and F.
  it.each([
    ['ABC', 'abc'],
    ['ß', 'ss'],
    ['ẞ', 'ss'],
    ['ﬃ', 'ffi'],
    ['ΣΑΣ ς', 'σασ σ'],
    ['İ', 'i\u0307'],
    ['ŉ', 'ʼn'],
    ['ΐ', 'ι\u0308\u0301'],
    ['ᾳ', 'αι'],
    ['\u212a\u212b', 'kå'],
    ['ſ', 's'],
    ['\u{10400}', '\u{10428}'],
    ['Ꭰ', 'Ꭰ'],
    ['ꭰ', 'Ꭰ'],
    ['ᏸ', 'Ᏸ'],
  ])('folds %s to %s', (text, folded) => {
    expect(caseFold(text)).toBe(folded)
  })

  it('never takes a dotless ı for an i', () => {
    expect(caseFold('mıke')).toBe('mıke')
    expect(caseFold('I')).toBe('i')
  })

  it('keeps lone surrogates', () => {
    expect(caseFold('A\ud800É')).toBe('a\ud800é')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validatorCases } from '../../test/support/validator-cases.ts'
import {
  canonicalEmail,
  canonicalIdentifier,
  canonicalText,
  canonicalUsername,
  MAX_IDENTIFIER_LENGTH,
  normalizeUsername,
  RESERVED_USERNAMES,
  usernameProblems,
} from './identifier.ts'

const rules = { maxLength: 150, reserved: RESERVED_USERNAMES, allowAt: false }

const codes = (name: string, changes: Partial<typeof rules> = {}) =>
  usernameProblems(name, { ...rules, ...changes }).map(({ code }) => code)

/** Any text at all: every plane, combining marks, lone surrogates, separators of addresses. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
  fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })).map(([a, b]) => ` ${a}@${b}.de\u0085`),
)

describe('canonical forms', () => {
  it.each(validatorCases('same_identifier'))(
    'judge as Django whether two are the same: $id',
    ({ a, b, expect: { same } }) => {
      expect(canonicalIdentifier(a) === canonicalIdentifier(b)).toBe(same)
      expect(canonicalText(a) === canonicalText(b)).toBe(same)
    },
  )

  it('are their own canonical form, for any text (attack 5)', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const canonical of [canonicalIdentifier, canonicalUsername, canonicalEmail, canonicalText]) {
          expect(canonical(canonical(text))).toBe(canonical(text))
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('are their own canonical form, for every code point', () => {
    for (let code = 0; code < 0x110000; code += 1) {
      const text = String.fromCodePoint(code)
      if (canonicalText(canonicalText(text)) !== canonicalText(text)) expect.fail(`U+${code.toString(16)}`)
    }
  })

  it('do not depend on case, width, composition or white space around what was typed (attack 5)', () => {
    const spellings = ['bob', 'BOB', ' Bob\t', 'ＢＯＢ', 'BOB\u00a0', '\u0085bob\u001c', 'ᵇᵒᵇ']
    expect(new Set(spellings.map(canonicalIdentifier))).toEqual(new Set(['bob']))
    expect(canonicalIdentifier('u\u0308ser')).toBe(canonicalIdentifier('ÜSER'))
  })

  it('keep a dotless ı, accents and inner white space apart (attacks 1 and 2)', () => {
    expect(canonicalIdentifier('mıke@example.org')).not.toBe(canonicalIdentifier('mike@example.org'))
    expect(canonicalIdentifier('julian@cüre.example')).not.toBe(canonicalIdentifier('julian@cure.example'))
    expect(canonicalIdentifier('b ob')).not.toBe(canonicalIdentifier('bob'))
  })

  it('take an international domain and its ASCII form for one', () => {
    expect(canonicalIdentifier('Ann@BÜCHER.example')).toBe('ann@xn--bcher-kva.example')
    expect(canonicalIdentifier('ann@xn--bcher-kva.example')).toBe('ann@xn--bcher-kva.example')
  })

  it('keep the domains straße and strasse apart, which may have different owners', () => {
    expect(canonicalEmail('a@straße.example')).not.toBe(canonicalEmail('a@strasse.example'))
  })

  it('are one function for names and for addresses, so that limits cannot be split between them (attack 68)', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(canonicalUsername(text)).toBe(canonicalIdentifier(text))
        expect(canonicalEmail(text)).toBe(canonicalIdentifier(text))
      }),
    )
  })

  it('keep the white space of other unique text', () => {
    expect(canonicalText(' A b ')).toBe(' a b ')
  })
})

describe('normalizeUsername', () => {
  it.each(validatorCases('username'))('stores what Django stores: $id', ({ value, expect: { nfkc } }) => {
    expect(normalizeUsername(value)).toBe(nfkc)
  })
})

describe('usernameProblems', () => {
  it.each(validatorCases('username'))('accepts what Django accepts: $id', ({ value, expect: { nfkc, unicode_ok } }) => {
    // Django's validator does not look at the length; its forms and columns do.
    const isAccepted = unicode_ok && nfkc.length <= 150
    expect(codes(value, { allowAt: true, reserved: [] }).length === 0).toBe(isAccepted)
  })

  it('refuses look-alikes of a name in other letters (attack 4)', () => {
    expect(codes('ＡＤＭＩＮ')).toEqual(['username_reserved'])
    for (const name of [
      'Admin ',
      'ad\u200bmin',
      '\u202eadmin',
      'аdmin',
      'ad\u00admin',
      'ad\nmin',
      'admin\u0301\u0301',
    ]) {
      expect(codes(name)).toEqual(['username_invalid'])
    }
    expect(canonicalUsername('ＡＤＭＩＮ')).toBe(canonicalUsername('admin'))
  })

  it('refuses letters that nobody can see', () => {
    for (const name of ['a\u115f', 'a\u3164b', 'a\uffa0', '\u1160']) expect(codes(name)).toEqual(['username_invalid'])
  })

  it.each([
    'ann',
    'naïve',
    'Иван2',
    'Γιώργος',
    'שלום',
    'محمد',
    '田中taro',
    'やまだタロウ山田x',
    '김철수lee',
    '陳ㄅa',
    'jean-luc.p+1_',
  ])('accepts %s, which is of one writing system or a usual pair', (name) => {
    expect(codes(name)).toEqual([])
  })

  it.each(['pаypal', 'Βob', 'abвc', '山Иван', 'ㄅ김', 'a٣'])('refuses %s, which mixes writing systems', (name) => {
    expect(codes(name)).toEqual(['username_invalid'])
  })

  it('refuses a name that could be an address where addresses log in (attack 8)', () => {
    for (const name of ['victim@example.org', '@', 'victim＠example.org', 'victim﹫example.org']) {
      expect(codes(name)).toEqual(['username_invalid'])
    }
    expect(codes('victim@example.org', { allowAt: true })).toEqual([])
  })

  it('refuses reserved names in every spelling, unless nothing is reserved (attack 19)', () => {
    for (const name of ['admin', 'me', 'root', 'null', '__proto__', '.well-known', 'Constructor', 'ＲＯＯＴ', '..']) {
      expect(codes(name)).toEqual(['username_reserved'])
    }
    expect(codes('admin', { reserved: [] })).toEqual([])
    expect(codes('shop', { reserved: ['Shop'] })).toEqual(['username_reserved'])
  })

  it('counts code points of the stored form', () => {
    expect(codes('x'.repeat(150))).toEqual([])
    expect(usernameProblems('x'.repeat(151), rules)).toEqual([{ code: 'too_long', params: { maxLength: 150 } }])
    expect(codes('e\u0301'.repeat(150))).toEqual([])
    expect(codes('ﬃ'.repeat(51))).toEqual(['too_long'])
    expect(codes('')).toEqual(['required'])
  })

  it('accepts no name that is too long to be typed at log-in', () => {
    const astral = '𠀀'.repeat(150)
    expect(astral.length).toBeGreaterThan(MAX_IDENTIFIER_LENGTH)
    expect(codes(astral)).toEqual(['too_long'])
    expect(codes('𠀀'.repeat(127))).toEqual([])
    expect(codes('ß'.repeat(150))).toEqual(['too_long'])
  })

  it('judges a megabyte at once, without normalising it (attacks 16 and 18)', () => {
    for (const unit of ['ﷺ', '½', 'a', '\ud800']) {
      const text = unit.repeat(1_000_000)
      const started = performance.now()
      expect(codes(text)).toEqual(['too_long'])
      expect(performance.now() - started).toBeLessThan(50)
    }
  })

  it('refuses NUL and lone surrogates (attack 15)', () => {
    expect(codes('a\0b')).toEqual(['username_invalid'])
    expect(codes('a\ud800')).toEqual(['username_invalid'])
  })

  it('finds an accepted name again, whether as it was typed or as it is stored', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }), (name) => {
        if (codes(name).length > 0) return
        expect(canonicalUsername(normalizeUsername(name))).toBe(canonicalIdentifier(name))
      }),
      { numRuns: 2000 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validatorCases } from '../../test/support/validator-cases.ts'
import { MAX_EMAIL_LENGTH, normalizeEmail, parseEmail } from './email-address.ts'
import { canonicalEmail } from './identifier.ts'

// Django accepts these; a mail program could read them in another way than we do, or not deliver to them at all.
const STRICTER_THAN_DJANGO: Readonly<Record<string, string>> = {
  'email-06': 'an IPv4 address in brackets as domain',
  'email-07': 'an IPv6 address in brackets as domain',
}

describe('parseEmail', () => {
  it.each(validatorCases('email'))(
    'judges as Django but where it is stricter: $id',
    ({ id, value, expect: { valid } }) => {
      const isTooLong = value.length > MAX_EMAIL_LENGTH
      expect(parseEmail(value).ok).toBe(valid && !isTooLong && !(id in STRICTER_THAN_DJANGO))
    },
  )

  it('is stricter than Django only where Django accepts', () => {
    const accepted = validatorCases('email').filter(({ expect: { valid } }) => valid)
    expect(accepted.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(STRICTER_THAN_DJANGO)))
  })

  it('answers with the domain in lower case and the local part as it was typed', () => {
    expect(parseEmail('Ann.Lee+x@Example.ORG')).toEqual({
      ok: true,
      address: 'Ann.Lee+x@example.org',
      domain: 'example.org',
    })
  })

  it('stores an international domain in ASCII, which is what the mail server is told', () => {
    for (const address of ['a@bücher.example', 'a@bu\u0308cher.example', 'a@BÜCHER.example']) {
      expect(parseEmail(address)).toMatchObject({ address: 'a@xn--bcher-kva.example' })
    }
    expect(parseEmail('a@пример.рф')).toMatchObject({ address: 'a@xn--e1afmkfd.xn--p1ai' })
  })

  it('refuses full-width and small forms of @ and of dots (attack 3)', () => {
    const forms = [
      'a＠evil.example@corp.example',
      'a＠corp.example',
      'a﹫corp.example',
      'a@corp．example',
      'a@corp。example',
    ]
    for (const form of [...forms, 'a@corp｡example', 'a@ｃorp.example', 'a@corp.example\uff0e', 'a．b@corp.example']) {
      expect(parseEmail(form).ok).toBe(false)
    }
  })

  it('refuses domains with something in them that nobody can see', () => {
    for (const domain of [
      'ex\u00adample.org',
      'ex\u200dample.org',
      '\u1160example.org',
      'exam\ufe0fple.org',
      'ex\tample.org',
    ]) {
      expect(parseEmail(`a@${domain}`).ok).toBe(false)
    }
  })

  it.each([
    'a@evil,v@corp.example',
    'v@x.example;a@y.example',
    'V <v@x.example>',
    'v@x.example, claim your prize',
    'g:v@x.example;',
  ])('refuses the list, group or display text %s (attack 10)', (text) => {
    expect(parseEmail(text).ok).toBe(false)
  })

  it.each(
    [
      '"e@evil"@v.example',
      '"e@evil.example"',
      'u@v.example(x)evil.example',
      'u(comment)@v.example',
      '(x)u@v.example',
      'u@(x)v.example',
      'u@v.example(x)',
      '<u@v.example>',
      '<u@v.example',
      'u@v.example>',
      '<<u@v.example>>',
      'u@v.example\u0000',
      'u\u0000@v.example',
      'u @v.example',
      'u@ v.example',
      ' u@v.example',
      'u@v.example ',
      'u\r\n @v.example',
      'u@v.example\r\nRCPT TO:<e@evil.example>',
      'u@v.example>\r\nRCPT TO:<e@evil.example',
      'u@[127.0.0.1]',
      'u@[IPv6:::1]',
      'u@127.0.0.1',
      'u@2130706433',
      'u@0x7f.1',
      '@relay.example:u@v.example',
      'u%evil.example@v.example@x',
      'evil.example!u@',
      'u@v..example',
      'u@.v.example',
      'u@v.example.',
      'u@-v.example',
      'u@v-.example',
      'u@v_w.example',
      'u@v.example:25',
      'u@v.example/x',
      'u@v.example?x',
      'u@v.example#x',
      'u@x:y@v.example',
      'u\\@evil@v.example',
      '"u"@v.example',
      'u."x".y@v.example',
      '=?utf-8?q?u?=@v.example@w',
      'mailto:u@v.example?cc=e@evil.example',
      'ü@v.example',
      'u@v.example\u2028',
      'u\u202e@v.example',
      '@',
      'u@',
      '@v.example',
    ].map((form) => [form]),
  )('refuses %j, which a mail program might read differently (attack 11)', (form) => {
    expect(parseEmail(form)).toEqual({ ok: false, reason: 'email_invalid' })
  })

  it('finds exactly one domain, so that a list of allowed domains cannot be fooled (attack 12)', () => {
    for (const form of ['a@evil@corp.example', 'a@corp.example@evil']) expect(parseEmail(form).ok).toBe(false)
    expect(parseEmail('a@evilcorp.example')).toMatchObject({ domain: 'evilcorp.example' })
    expect(parseEmail('a@corp.example.evil')).toMatchObject({ domain: 'corp.example.evil' })
  })

  it('refuses line breaks and other control characters (attack 13)', () => {
    for (const form of ['x@y.example\r\nBcc: e@evil.example', 'x@y.example\n', 'x\t@y.example', 'x@y.exam\u0085ple']) {
      expect(parseEmail(form).ok).toBe(false)
    }
  })

  it('never accepts a control character, white space or a second @ anywhere', () => {
    const odd = fc.oneof(
      fc.constantFrom('@', ' ', '\n', '"', '<', ',', 'ü', '＠', '。', ''),
      fc.string({ unit: 'binary', maxLength: 1 }),
    )
    const label = fc.stringMatching(/^[a-zA-Z0-9ü-]{1,5}$/)
    const almostAddress = fc
      .tuple(label, odd, label, odd, label, odd)
      .map(([local, first, domain, second, more, third]) => `${local}${first}@${domain}${second}${more}.org${third}`)
    let accepted = 0
    fc.assert(
      fc.property(almostAddress, (text) => {
        const parsed = parseEmail(text)
        if (!parsed.ok) return
        accepted += 1
        expect(parsed.address).toMatch(/^[!-?A-~]+@[a-z0-9.-]+$/)
        expect(parseEmail(parsed.address)).toEqual(parsed)
      }),
      { numRuns: 1000 },
    )
    expect(accepted).toBeGreaterThan(10)
  })

  it('finds the stored address under every spelling that was typed', () => {
    const parsed = parseEmail('Ann@Bücher.example')
    expect(canonicalEmail(parsed.ok ? parsed.address : '')).toBe(canonicalEmail('ANN@BÜCHER.EXAMPLE'))
  })

  it('is at most 254 characters long, also after its domain became ASCII (attack 16)', () => {
    expect(parseEmail(`a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.example`).ok).toBe(
      true,
    )
    expect(parseEmail(`${'a'.repeat(243)}@example.org`)).toEqual({ ok: false, reason: 'too_long' })
    expect(parseEmail(`${'a'.repeat(230)}@${'ü'.repeat(18)}.org`)).toEqual({ ok: false, reason: 'too_long' })
  })

  it.each([
    ['100,000 labels', `a@${'a.'.repeat(100_000)}`],
    ['100,000 brackets', '('.repeat(100_000)],
    ['a domain of the greatest length', `a@${'a.'.repeat(124)}!`],
    ['a local part of dots', `${'a.'.repeat(120)}@`],
    ['many @', '@'.repeat(254)],
    ['a megabyte', 'ﷺ'.repeat(1_000_000)],
  ])('judges %s in no time (attack 17)', (_, text) => {
    const started = performance.now()
    expect(parseEmail(text).ok).toBe(false)
    expect(performance.now() - started).toBeLessThan(50)
  })
})

describe('normalizeEmail', () => {
  it.each(validatorCases('normalize_email'))('is what Django stores: $id', ({ value, expect: { result } }) => {
    expect(normalizeEmail(value ?? '')).toBe(result)
  })
})

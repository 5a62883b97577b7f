import { describe, expect, it } from 'vitest'
import { en } from '../../messages/drf/en.ts'
import { emailField, type FieldReader, passwordField, textField, usernameField } from './fields.ts'

const BLANK = 'This field may not be blank.'
const NULL = 'This field may not be null.'
const STR = 'Not a valid string.'
const MAIL = 'Enter a valid email address.'
const MAX = 'Ensure this field has no more than 150 characters.'
const MAX_MAIL = 'Ensure this field has no more than 254 characters.'
const UCHAR = 'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.'
const NUL = 'Null characters are not allowed.'
const SURR = 'Surrogate characters are not allowed: U+D800.'

const errorsOf = (field: FieldReader, value: unknown): readonly string[] =>
  field.read(value, { words: en, isForm: false }).errors

const readValue = (field: FieldReader, value: unknown): unknown => field.read(value, { words: en, isForm: false }).value

describe('a text', () => {
  const text = textField({ label: 'Text' })

  it('is stripped of what Python and JavaScript call white space, a password too', () => {
    expect(readValue(text, ' \t\n\u00a0\u2003\u0085\u001fa b\u3000')).toBe('a b')
    expect(readValue(passwordField({ label: 'Password' }), ' secret ')).toBe('secret')
    expect(readValue(textField({ label: 'Text', trim: false }), ' a ')).toBe(' a ')
  })

  it('may be a number, unless that lost digits on the way in', () => {
    expect([readValue(text, 12), readValue(text, 0), readValue(text, -1.5)]).toEqual(['12', '0', '-1.5'])
    for (const number of [2 ** 53, 1e21, Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(errorsOf(text, number)).toEqual([STR])
    }
  })

  it.each([[true], [false], [['a']], [{ a: 1 }], [{}], [new File([], 'x')], [undefined]])('is not %j', (value) => {
    expect(errorsOf(text, value)).toEqual([STR])
  })

  it('is blank or null only where that is allowed', () => {
    for (const blank of ['', '  ', '\u00a0']) expect(errorsOf(text, blank)).toEqual([BLANK])
    expect(errorsOf(text, null)).toEqual([NULL])
    const lenient = textField({ label: 'Text', allowBlank: true, allowNull: true })
    expect([readValue(lenient, ' '), readValue(lenient, null)]).toEqual(['', null])
  })

  it('of a form counts as not sent where it was left empty and need not be there', () => {
    const inForm = (field: FieldReader): unknown => field.read('', { words: en, isForm: true })
    expect(inForm(text)).toEqual({ errors: [BLANK] })
    expect(inForm(textField({ label: 'Text', required: false }))).toEqual({ errors: [], isAbsent: true })
    expect(inForm(textField({ label: 'Text', required: false, allowBlank: true }))).toEqual({ value: '', errors: [] })
    expect(inForm(textField({ label: 'Text', allowNull: true }))).toEqual({ value: null, errors: [] })
  })

  it('is measured in code points', () => {
    const short = textField({ label: 'Text', minLength: 2, maxLength: 3 })
    expect(errorsOf(short, '𝔘𝔘𝔘')).toEqual([])
    expect(errorsOf(short, '𝔘𝔘𝔘𝔘')).toEqual(['Ensure this field has no more than 3 characters.'])
    expect(errorsOf(short, '𝔘')).toEqual(['Ensure this field has at least 2 characters.'])
  })

  it('is told everything that is wrong with it, the length first', () => {
    expect(errorsOf(textField({ label: 'Text', maxLength: 150 }), `${'a'.repeat(150)}\0\ud800`)).toEqual([
      MAX,
      NUL,
      SURR,
    ])
    expect(errorsOf(text, 'a\udfff')).toEqual(['Surrogate characters are not allowed: U+DFFF.'])
    expect(errorsOf(text, '\ud83d\ude00')).toEqual([])
  })
})

describe('a user name', () => {
  const name = usernameField({ label: 'Username', maxLength: 150 })

  it.each(['ann', 'Ännchen', 'a@b.c+d-e_f', '田中', '١٢', 'x²'])('may be %s', (value) => {
    expect(errorsOf(name, value)).toEqual([])
  })

  it.each(['a b', 'a/b', 'e\u0301', 'कि', 'a\u200db', 'a😀'])('may not be %j, by its characters', (value) => {
    expect(errorsOf(name, value)).toEqual([UCHAR])
  })

  it('is told its characters before its length and the rest', () => {
    expect(errorsOf(name, `${'a'.repeat(150)} \0\ud800`)).toEqual([UCHAR, MAX, NUL, SURR])
    expect(errorsOf(name, 'a'.repeat(151))).toEqual([MAX])
    expect(errorsOf(name, true)).toEqual([STR])
  })
})

describe('an address', () => {
  const email = emailField({ label: 'Email' })

  it.each(['a@b.co', 'A.B+c@sub.example.org'])('may be %s', (value) => {
    expect(errorsOf(email, value)).toEqual([])
  })

  it.each(['a', 'a@', '@b.co', 'a@b', 'a b@c.de', true, [], {}])('may not be %j', (value) => {
    expect(errorsOf(email, value)).toEqual([MAIL])
  })

  it('is told its length, its characters, and its form last', () => {
    expect(errorsOf(email, `a\0\ud800@b.co`)).toEqual([NUL, SURR, MAIL])
    expect(errorsOf(email, `${'a'.repeat(250)}@b.co`)).toEqual([MAX_MAIL])
    expect(errorsOf(email, 'a'.repeat(300))).toEqual([MAX_MAIL, MAIL])
    expect(errorsOf(email, `${'a'.repeat(400)}@b.co`)).toEqual([MAX_MAIL, MAIL])
  })
})

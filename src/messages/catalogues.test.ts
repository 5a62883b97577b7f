import { describe, expect, it } from 'vitest'
import type { ErrorDetails } from '../errors.ts'
import { catalogues, messagesFor } from './catalogues.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { formatMoment } from './format-moment.ts'
import { formatWait } from './format-wait.ts'
import type { FieldErrorParams, MailFacts, Messages } from './messages.ts'

describe('messagesFor', () => {
  it('finds the catalogue of a language, of its regions, and English for all others', () => {
    expect(messagesFor('de')).toBe(de)
    expect(messagesFor('DE-at')).toBe(de)
    expect(messagesFor('en-GB')).toBe(en)
    for (const unknown of ['fr', '', 'constructor', '__proto__', '*']) expect(messagesFor(unknown)).toBe(en)
  })

  it('names each catalogue after its language', () => {
    for (const [tag, messages] of Object.entries(catalogues)) expect(messages.language).toBe(tag)
  })
})

describe.each(Object.entries(catalogues))('the catalogue %s', (_language, messages) => {
  it('has a whole sentence for every error, with and without details', () => {
    const details: ErrorDetails = { retryAfterSeconds: 120, message: 'Not on Sundays.' }
    for (const [code, sentence] of Object.entries(messages.errors)) {
      for (const text of [sentence({}), sentence(details)]) expect(text, code).toMatch(SENTENCE)
    }
    for (const code of ['locked_out', 'rate_limited', 'overloaded', 'unavailable'] as const) {
      expect(messages.errors[code](details)).toContain(formatWait(120, messages.language))
    }
    expect(messages.errors.refused_by_hook(details)).toBe('Not on Sundays.')
  })

  it('has a whole sentence for every complaint about a field, with and without its numbers', () => {
    for (const [code, sentence] of Object.entries(messages.fieldErrors)) {
      for (const text of [sentence({}), sentence(PARAMS)]) expect(text, code).toMatch(SENTENCE)
    }
    expect(messages.fieldErrors.password_too_short(PARAMS)).toContain('12')
    expect(messages.fieldErrors.too_long(PARAMS)).toContain('34')
    expect(messages.fieldErrors.too_small(PARAMS)).toContain('56')
    expect(messages.fieldErrors.too_large(PARAMS)).toContain('78')
    expect(messages.fieldErrors.not_a_choice(PARAMS)).toContain('red, blue')
    expect(messages.fieldErrors.custom(PARAMS)).toBe('No palindromes.')
  })

  it('tells the same facts in every mail as the English one', () => {
    for (const kind of Object.keys(en.mails) as (keyof Messages['mails'])[]) {
      expect(factsIn(messages, kind), kind).toEqual(factsIn(en, kind))
      expect(messages.mails[kind].button === null, kind).toBe(en.mails[kind].button === null)
    }
  })

  it('leaves no word of the pages out', () => {
    for (const text of words(messages.pages)) expect(text.trim()).not.toBe('')
  })
})

describe('the German catalogue', () => {
  it('is not English anywhere', () => {
    const english = new Set(words({ errors: en.errors, fieldErrors: en.fieldErrors, mail: en.mail, pages: en.pages }))
    const shared = words({ errors: de.errors, fieldErrors: de.fieldErrors, mail: de.mail, pages: de.pages })
    expect(shared.filter((text) => english.has(text))).toEqual(['Text', 'HTML'])
  })
})

describe('formatMoment', () => {
  it('writes a moment in UTC, in the language asked for', () => {
    const moment = new Date('2026-03-05T07:08:59.999Z')
    expect(formatMoment(moment, 'en')).toBe('March 5, 2026 at 07:08 UTC')
    expect(formatMoment(moment, 'de')).toBe('5. März 2026 um 07:08 UTC')
  })
})

describe('formatWait', () => {
  it('never promises too early', () => {
    const waits = [1, 59.2, 89, 90, 121, 5399, 5400, 7201]
    expect(waits.map((seconds) => formatWait(seconds, 'en'))).toEqual([
      'in 1 second',
      'in 60 seconds',
      'in 89 seconds',
      'in 2 minutes',
      'in 3 minutes',
      'in 90 minutes',
      'in 2 hours',
      'in 3 hours',
    ])
    expect(formatWait(60, 'de')).toBe('in 60 Sekunden')
    expect(formatWait(7200, 'de')).toBe('in 2 Stunden')
  })
})

/** Begins with a capital, ends like a sentence, and has no hole in it. */
const SENTENCE = /^(?!.*(?:undefined|null|NaN|\[object|\$\{| {2}))\p{Lu}.*[.\-_]$/su

const PARAMS: FieldErrorParams = {
  minLength: 12,
  maxLength: 34,
  min: 56,
  max: 78,
  choices: 'red, blue',
  message: 'No palindromes.',
}

const FACTS: MailFacts = {
  siteName: 'SITE',
  newEmail: 'NEW-EMAIL',
  until: 'UNTIL',
  at: 'MOMENT',
  agent: 'AGENT',
  address: 'ADDRESS',
  provider: 'PROVIDER',
}

function factsIn(messages: Messages, kind: keyof Messages['mails']): readonly string[] {
  const { subject, before, after } = messages.mails[kind]
  const text = [subject(FACTS), ...before(FACTS), ...after(FACTS)].join('\n')
  return Object.values(FACTS).filter((fact) => text.includes(fact))
}

/** Every text below `node`; functions are called with a word that no catalogue has. */
function words(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node]
  if (typeof node === 'function') return words((node as (argument: unknown) => unknown)({}))
  if (typeof node === 'object' && node !== null) return Object.values(node).flatMap(words)
  return []
}

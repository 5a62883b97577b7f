import { describe, expect, it } from 'vitest'
import { loadCatalogues } from '../../../test/support/load-catalogues.ts'
import { sentencesOf, WITHOUT_HOLES } from '../../../test/support/sentences.ts'
import { drfCatalogues, drfMessagesFor } from './catalogues.ts'
import { csrfWords } from './csrf-words.ts'
import type { DrfFieldErrorParams, DrfMessages } from './drf-messages.ts'
import { en } from './en.ts'

const catalogues = await loadCatalogues(drfCatalogues)

describe('drfMessagesFor', () => {
  it('finds the catalogue for what a browser asks for, and English for everything else', () => {
    const asked = {
      'de-AT': 'de',
      'pt-br': 'pt-BR',
      'fr-CA, en;q=0.5': 'fr',
      'eo, ka;q=0.8': 'ka',
      'zh-CN': 'zh-Hans',
      me: 'me',
    }
    for (const [header, language] of Object.entries(asked)) expect(drfMessagesFor(header).language).toBe(language)
    for (const unknown of ['eo', '', '*', 'constructor', '__proto__']) expect(drfMessagesFor(unknown)).toBe(en)
  })
})

describe('drfCatalogues', () => {
  it('speaks the languages of every door that shares it, English first', () => {
    expect(drfCatalogues.languages).toEqual([
      ...['en', 'ar', 'ca', 'cs', 'de', 'es', 'fa', 'fr', 'id', 'it', 'ja', 'ka', 'ko', 'me'],
      ...['nl', 'pl', 'pt-BR', 'ro', 'ru', 'sv', 'tr', 'uk', 'zh-Hans'],
    ])
  })

  it('names each catalogue after its language', () => {
    for (const [tag, messages] of Object.entries(catalogues)) expect(messages.language).toBe(tag)
  })

  it('counts as each language does', () => {
    const waits = (language: string) => [1, 2, 5, 21].map((wait) => drfMessagesFor(language).requests.throttled(wait))
    expect(waits('de').join()).toMatch(/1 Sekunde\..*2 Sekunden\..*5 Sekunden\..*21 Sekunden\./)
    expect(waits('ru').join()).toMatch(/1 секунду\..*2 секунды\..*5 секунд\..*21 секунду\./)
    expect(waits('pl').join()).toMatch(/1 sekundę\..*2 sekundy\..*5 sekund\..*21 sekund\./)
    expect(waits('ar').join()).toMatch(/ثانية واحدة\..*ثانيتين\..*5 ثوانٍ\..*21 ثانية\./)
    expect(waits('cs').join()).toMatch(/1 sekundu\..*2 sekundy\..*5 sekund\..*21 sekund\./)
    expect(waits('it').join()).toMatch(/1 secondo\..*2 secondi\..*5 secondi\..*21 secondi\./)
    expect(waits('nl').join()).toMatch(/1 seconde .*2 seconden .*5 seconden .*21 seconden /)
    expect(waits('ro').join()).toMatch(/1 secundă\..*2 secunde\..*5 secunde\..*21 de secunde\./)
    expect(waits('sv').join()).toMatch(/1 sekund\..*2 sekunder\..*5 sekunder\..*21 sekunder\./)
    expect(waits('uk').join()).toMatch(/1 секунду\..*2 секунди\..*5 секунд\..*21 секунду\./)
    expect(waits('me').join()).toMatch(/1 sekundu\..*2 sekunde\..*5 sekundi\..*21 sekundu\./)
  })
})

describe.each(Object.entries(catalogues))('the catalogue %s', (_language, messages) => {
  it('has a whole sentence for every complaint about a field, with and without what it may carry', () => {
    for (const params of [{}, PARAMS]) {
      for (const [code, text] of sentencesOf(messages.fieldErrors, params)) expect(text, code).toMatch(WITHOUT_HOLES)
    }
  })

  it('has a whole sentence for everything else', () => {
    for (const [path, text] of sentencesOf(wordsBesideFields(messages), MARK)) expect(text, path).toMatch(WITHOUT_HOLES)
    expect(messages.requests.throttled(null)).toMatch(WITHOUT_HOLES)
    expect(messages.requests.throttled(null)).not.toMatch(/null|\d/)
  })

  it('says in every complaint what the English one says', () => {
    const carried = Object.entries(PARAMS)
    const english = sentencesOf(en.fieldErrors, PARAMS)
    for (const [code, text] of sentencesOf(messages.fieldErrors, PARAMS)) {
      const expected = carried.filter(([, value]) => english.get(code)?.includes(`${value}`))
      expect(
        carried.filter(([, value]) => text.includes(`${value}`)),
        code,
      ).toEqual(expected)
    }
  })

  it('says in every other sentence what the English one says', () => {
    const english = sentencesOf(wordsBesideFields(en), MARK)
    for (const [path, text] of sentencesOf(wordsBesideFields(messages), MARK)) {
      expect(text.includes(`${MARK}`), path).toBe(english.get(path)?.includes(`${MARK}`))
    }
  })

  it('tells apart what a password is too similar to', () => {
    const attributes = ['username', 'email', 'firstName', 'lastName', 'nickname']
    const texts = attributes.map((attribute) => messages.fieldErrors.password_too_similar({ attribute }))
    expect(new Set(texts).size).toBe(attributes.length)
    expect(texts.at(-1)).toBe(messages.fieldErrors.password_too_similar({}))
  })

  it('keeps apart what clients tell apart', () => {
    for (const group of [messages.authentication, messages.jwt]) {
      const texts = [...sentencesOf(group, MARK).values()]
      expect(new Set(texts).size).toBe(texts.length)
    }
  })
})

describe.each(Object.entries(catalogues).slice(1))('the translation %s', (_language, messages) => {
  it('is not English but where the original is', () => {
    const english = new Set([...sentencesOf(en.fieldErrors, {}).values(), ...sentencesOf(en, PARAMS).values()])
    const own = [...sentencesOf(messages.fieldErrors, {}), ...sentencesOf(messages, PARAMS)]
    const shared = own.filter(([path, text]) => english.has(text) && !path.startsWith('csrf.'))
    expect(shared).toEqual([['fieldErrors.custom', PARAMS.message]])
    expect(messages.csrf).toBe(csrfWords)
  })
})

// Of no other meaning, and in no sentence by chance.
const MARK = 4711

const PARAMS = {
  minLength: 1234,
  maxLength: 3456,
  min: 5678,
  max: 7890,
  choices: 'RED, BLUE',
  message: 'MESSAGE',
  codePoint: 'U+D800',
  format: 'FORMAT',
  input: 'INPUT',
  model: 'MODEL',
  field: 'FIELD',
  length: 9012,
} as const satisfies DrfFieldErrorParams

function wordsBesideFields({ fields, requests, authentication, jwt, csrf }: DrfMessages): Partial<DrfMessages> {
  return { fields, requests, authentication, jwt, csrf }
}

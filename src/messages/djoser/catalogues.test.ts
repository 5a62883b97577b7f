import { describe, expect, it } from 'vitest'
import { loadCatalogues } from '../../../test/support/load-catalogues.ts'
import { sentencesOf, WITHOUT_HOLES } from '../../../test/support/sentences.ts'
import { drfCatalogues } from '../drf/catalogues.ts'
import { djoserCatalogues, djoserMessagesFor } from './catalogues.ts'
import { en } from './en.ts'

const catalogues = await loadCatalogues(djoserCatalogues)
const drf = await loadCatalogues(drfCatalogues)

describe('djoserMessagesFor', () => {
  it('finds the catalogue for what a browser asks for, and English for everything else', () => {
    const asked = { 'de-AT': 'de', 'pt-br': 'pt-BR', 'fr-CA, en;q=0.5': 'fr', 'sv, ka;q=0.8': 'ka', me: 'me' }
    for (const [header, language] of Object.entries(asked)) expect(djoserMessagesFor(header).language).toBe(language)
    for (const unknown of ['sv', '', '*', 'constructor', '__proto__']) expect(djoserMessagesFor(unknown)).toBe(en)
  })
})

describe('djoserCatalogues', () => {
  it('speaks the languages of the original, English first', () => {
    expect(djoserCatalogues.languages).toEqual([
      ...['en', 'ca', 'de', 'es', 'fa', 'fr', 'id', 'ja', 'ka', 'me', 'pl', 'pt-BR', 'ru'],
    ])
    for (const [tag, messages] of Object.entries(catalogues)) expect(messages.language).toBe(tag)
  })
})

describe.each(Object.entries(catalogues))('the catalogue %s', (language, messages) => {
  it('has a whole sentence for everything', () => {
    for (const [path, text] of sentencesOf(messages, 'MARK')) expect(text, path).toMatch(WITHOUT_HOLES)
  })

  it('names the site, the user and the field wherever the English sentence does', () => {
    const english = sentencesOf(en, 'MARK')
    for (const [path, text] of sentencesOf(messages, 'MARK')) {
      expect(text.includes('MARK'), path).toBe(english.get(path)?.includes('MARK'))
    }
  })

  it('says what it shares with other doors as they do', () => {
    const shared = drf[language]
    expect(messages.cannotLogIn).toBe(shared?.authentication.cannotLogIn)
    expect(messages.passwordsDiffer).toBe(shared?.fieldErrors.differs({}))
    expect(messages.passwordInvalid).toBe(shared?.fieldErrors.wrong_password({}))
  })

  it('has subjects that fit on one line, and no two alike', () => {
    const subjects = Object.values(messages.mails).map(({ subject }) => subject('Acme'))
    expect(new Set(subjects).size).toBe(6)
    for (const subject of subjects) expect(subject).toMatch(/^[^\r\n]{1,90}$/)
  })
})

describe.each(Object.entries(catalogues).slice(1))('the translation %s', (_language, messages) => {
  it('is not English anywhere', () => {
    const english = new Set(sentencesOf(en, 'MARK').values())
    expect([...sentencesOf(messages, 'MARK')].filter(([, text]) => english.has(text))).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { loadCatalogues } from '../../../test/support/load-catalogues.ts'
import { sentencesOf, WITHOUT_HOLES } from '../../../test/support/sentences.ts'
import { drfCatalogues } from '../drf/catalogues.ts'
import { restRegistrationCatalogues, restRegistrationMessagesFor } from './catalogues.ts'
import { en } from './en.ts'

const catalogues = await loadCatalogues(restRegistrationCatalogues)

// Of no other meaning, and in no sentence by chance.
const MARK = 4711

describe('restRegistrationMessagesFor', () => {
  it('finds the catalogue for what a browser asks for, and English for everything else', () => {
    const asked = { 'de-AT': 'de', 'pt-br': 'pt-BR', 'ca, fr-BE;q=0.5': 'fr', id: 'id' }
    for (const [header, language] of Object.entries(asked)) {
      expect(restRegistrationMessagesFor(header).language).toBe(language)
    }
    for (const unknown of ['ka', '', '*', 'constructor', '__proto__']) {
      expect(restRegistrationMessagesFor(unknown)).toBe(en)
    }
  })
})

describe('restRegistrationCatalogues', () => {
  it('speaks the languages of the original, English first, and none in which the shared words are missing', () => {
    expect(restRegistrationCatalogues.languages).toEqual(['en', 'de', 'fr', 'id', 'pt-BR'])
    expect(drfCatalogues.languages).toEqual(expect.arrayContaining([...restRegistrationCatalogues.languages]))
  })
})

describe.each(Object.entries(catalogues))('the catalogue %s', (tag, messages) => {
  it('is named after its language, and has a whole sentence for everything', () => {
    expect(messages.language).toBe(tag)
    for (const [path, text] of sentencesOf(messages, 'MARK')) expect(text, path).toMatch(WITHOUT_HOLES)
  })

  it('has as many sentences as the English one, and names in each what that one names', () => {
    const [english, own] = [sentencesOf(en, MARK), sentencesOf(messages, MARK)]
    expect([...own.keys()]).toEqual([...english.keys()])
    for (const [path, text] of own) expect(text.includes(`${MARK}`), path).toBe(english.get(path)?.includes(`${MARK}`))
  })

  it('keeps apart what clients tell apart', () => {
    for (const group of [messages.done, messages.refused, messages.fields]) {
      const texts = [...sentencesOf(group, MARK).values()]
      expect(new Set(texts).size).toBe(texts.length)
    }
  })

  it('has subjects that fit on one line, no two alike', () => {
    const subjects = Object.values(messages.mails).map(({ subject }) => subject)
    expect(new Set(subjects).size).toBe(4)
    for (const subject of subjects) expect(subject).toMatch(/^[^\r\n]{1,80}$/)
  })
})

describe.each(Object.entries(catalogues).slice(1))('the translation %s', (_language, messages) => {
  it('is not English anywhere', () => {
    const english = new Set(sentencesOf(en, MARK).values())
    expect([...sentencesOf(messages, MARK)].filter(([, text]) => english.has(text))).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { lazyCatalogues, loadLanguage } from './lazy-catalogues.ts'

const newCatalogues = () => {
  const imported: string[] = []
  const catalogues = lazyCatalogues('Hello', {
    de: async () => {
      imported.push('de')
      return 'Hallo'
    },
    fr: async () => {
      imported.push('fr')
      throw new Error('there is no such file')
    },
  })
  return { catalogues, imported }
}

describe('lazyCatalogues', () => {
  it('knows its languages from the start, and reads none of them', () => {
    const { catalogues, imported } = newCatalogues()
    expect(catalogues.languages).toEqual(['en', 'de', 'fr'])
    expect(catalogues.messagesFor('de')).toBe('Hello')
    expect(imported).toEqual([])
  })

  it('speaks a language once it is loaded, by any header that asks for it', async () => {
    const { catalogues } = newCatalogues()
    await catalogues.load('de-AT, en;q=0.5')
    expect(['de', 'DE-ch', 'sv, de;q=0.1', 'en', 'sv', ''].map(catalogues.messagesFor)).toEqual([
      ...['Hallo', 'Hallo', 'Hallo', 'Hello', 'Hello', 'Hello'],
    ])
  })

  it('imports a language once, however many ask for it at a time', async () => {
    const { catalogues, imported } = newCatalogues()
    await Promise.all([catalogues.load('de'), catalogues.load('de'), catalogues.load('de-AT')])
    expect(catalogues.load('de')).toBe(null)
    expect(imported).toEqual(['de'])
  })

  it('has nothing to wait for in English, and in a language that nobody wrote', () => {
    const { catalogues } = newCatalogues()
    for (const language of ['en', 'en-GB', 'sv', '', '*', '__proto__', 'constructor']) {
      expect(catalogues.load(language)).toBe(null)
      expect(catalogues.messagesFor(language)).toBe('Hello')
    }
  })

  it('tells once that a language cannot be loaded, and then speaks English', async () => {
    const { catalogues, imported } = newCatalogues()
    const first = Promise.allSettled([catalogues.load('fr'), catalogues.load('fr-CA')])
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(catalogues.load('fr')).toBe(null)
    expect(catalogues.messagesFor('fr')).toBe('Hello')
    expect(imported).toEqual(['fr'])
  })
})

describe('loadLanguage', () => {
  it('waits for every catalogue that lacks the language, and for nothing else', async () => {
    const { catalogues: one } = newCatalogues()
    const { catalogues: other } = newCatalogues()
    await other.load('de')
    await loadLanguage([one, other], 'de')
    expect(one.messagesFor('de')).toBe('Hallo')
    expect(loadLanguage([one, other], 'de')).toBe(null)
    expect(loadLanguage([], 'de')).toBe(null)
  })
})

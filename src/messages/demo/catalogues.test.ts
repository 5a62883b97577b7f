import { describe, expect, it } from 'vitest'
import { loadCatalogues } from '../../../test/support/load-catalogues.ts'
import { sentencesOf, WITHOUT_HOLES } from '../../../test/support/sentences.ts'
import { demoCatalogues } from './catalogues.ts'
import { en } from './en.ts'

const catalogues = await loadCatalogues(demoCatalogues)

describe.each(Object.entries(catalogues))('the catalogue %s', (tag, messages) => {
  it('is named after its language, and has a sentence for everything', () => {
    expect(messages.language).toBe(tag)
    for (const [path, text] of sentencesOf(messages, 'MARK')) expect(text, path).toMatch(WITHOUT_HOLES)
  })

  it('has the same sentences as the English one', () => {
    expect([...sentencesOf(messages, 4711).keys()]).toEqual([...sentencesOf(en, 4711).keys()])
  })
})

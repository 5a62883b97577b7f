import { chooseLanguage } from './choose-language.ts'

/** The sentences of one door in all its languages. English is there; another one is read from disk when it is asked for. */
export interface LazyCatalogues<M> {
  /** BCP 47 tags, the default first. */
  readonly languages: readonly string[]
  /** For a tag or an `Accept-Language`: the catalogue, or English as long as it has not been loaded. */
  messagesFor(language: string): M
  /**
   * Loads what `messagesFor` will then give; `null` where there is nothing to wait for. Rejects for what cannot be
   * loaded, once: from then on that language is said in English.
   */
  load(language: string): Promise<void> | null
}

/** What the catalogues of several doors have in common. */
export type LanguageLoader = Pick<LazyCatalogues<unknown>, 'load'>

/** Imports of single catalogues by BCP 47 tag. Each import is spelled out, so that tools that follow them can. */
export type CatalogueImports<M> = Readonly<Record<string, () => Promise<M>>>

/** A program rarely speaks more than two of its languages, and each takes time at the start and memory for good. */
export function lazyCatalogues<M>(english: M, imports: CatalogueImports<M>): LazyCatalogues<M> {
  const languages = ['en', ...Object.keys(imports)]
  const loaded = new Map<string, M>([['en', english]])
  const loading = new Map<string, Promise<void>>()
  // Most callers have chosen already, and give the very tag.
  const tagOf = (language: string) => (loaded.has(language) ? language : chooseLanguage(language, languages))
  async function importNow(tag: string): Promise<void> {
    try {
      loaded.set(tag, (await imports[tag]?.()) ?? english)
    } catch (error) {
      loaded.set(tag, english)
      throw error
    } finally {
      loading.delete(tag)
    }
  }
  return {
    languages,
    messagesFor: (language) => loaded.get(tagOf(language)) ?? english,
    load(language) {
      const tag = tagOf(language)
      if (loaded.has(tag)) return null
      const pending = loading.get(tag) ?? importNow(tag)
      loading.set(tag, pending)
      return pending
    },
  }
}

/** Loads one language of several doors; `null` where there is nothing to wait for. */
export function loadLanguage(catalogues: readonly LanguageLoader[], language: string): Promise<void> | null {
  const pending = catalogues.map(({ load }) => load(language)).filter((promise) => promise !== null)
  return pending.length === 0 ? null : Promise.all(pending).then(() => undefined)
}

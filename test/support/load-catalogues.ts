import type { LazyCatalogues } from '../../src/messages/lazy-catalogues.ts'

/** Every catalogue, by its language, in the order of the languages. */
export async function loadCatalogues<M>({
  languages,
  load,
  messagesFor,
}: LazyCatalogues<M>): Promise<Readonly<Record<string, M>>> {
  await Promise.all(languages.map(load))
  return Object.fromEntries(languages.map((language) => [language, messagesFor(language)]))
}

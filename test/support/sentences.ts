/**
 * Every text below `node` by its path, `requests.notFound` for one. Functions are called with `argument`, which stands
 * for each thing that a sentence is made of.
 */
export function sentencesOf(node: unknown, argument: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof node === 'string') return new Map([[path, node]])
  if (typeof node === 'function') {
    const sentence = node as (...parts: readonly unknown[]) => unknown
    return sentencesOf(sentence(argument, argument), argument, path)
  }
  const below = typeof node === 'object' && node !== null ? Object.entries(node) : []
  return new Map(
    below.flatMap(([key, value]) => [...sentencesOf(value, argument, path === '' ? key : `${path}.${key}`)]),
  )
}

/** Some text, without the marks of a value that was not there. */
export const WITHOUT_HOLES: RegExp = /^(?!.*(?:undefined|NaN|\[object|\$\{|\s{2}))\S(?:.*\S)?$/su

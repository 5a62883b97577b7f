import { closestName } from './closest-name.ts'

/**
 * Collects what is wrong with the options, so that a developer sees all of it at once.
 *
 * The checks take `unknown`, because options written in JavaScript can hold anything, and tell whether all was well.
 */
export interface Problems {
  /** `path` as written in the options, then what to write instead. */
  add(path: string, advice: string): void
  /** Notes a problem unless the number is a whole one within the bounds. */
  wholeNumber(path: string, value: unknown, bounds: { readonly min: number; readonly max?: number }): boolean
  oneOf(path: string, value: unknown, allowed: readonly string[]): boolean
  boolean(path: string, value: unknown): boolean
  text(path: string, value: unknown): boolean
  /** A list of texts, none of them empty. */
  texts(path: string, value: unknown): boolean
  /** Notes every name in `given` that is none of `names`; `path` is empty for the options as a whole. */
  onlyKnown(path: string, given: object, names: readonly string[]): boolean
  /**
   * `heading` says what the problems keep from happening.
   *
   * @throws {TypeError} with one line a problem
   */
  throwIfAny(heading?: string): void
}

export function collectProblems(): Problems {
  const lines: string[] = []
  const add = (path: string, advice: string): void => {
    lines.push(`${path} ${advice}`)
  }
  const expect = (isFine: boolean, path: string, advice: () => string): boolean => {
    if (!isFine) add(path, advice())
    return isFine
  }
  return {
    add,
    wholeNumber(path, value, { min, max = Number.MAX_SAFE_INTEGER }) {
      const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`
      const isFine = typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      return expect(isFine, path, () => `must be a whole number, ${range}; it is ${shown(value)}`)
    },
    oneOf(path, value, allowed) {
      const isFine = typeof value === 'string' && allowed.includes(value)
      return expect(isFine, path, () => `must be ${alternatives(allowed)}; it is ${shown(value)}`)
    },
    boolean(path, value) {
      return expect(typeof value === 'boolean', path, () => `must be true or false; it is ${shown(value)}`)
    },
    text(path, value) {
      return expect(typeof value === 'string', path, () => `must be a text; it is ${shown(value)}`)
    },
    texts(path, value) {
      return expect(isTexts(value), path, () => `must be a list of texts, none of them empty; it is ${shown(value)}`)
    },
    onlyKnown(path, given, names) {
      const unknown = Object.keys(given).filter((name) => !names.includes(name))
      lines.push(...unknown.map((name) => explainUnknown(path, name, names)))
      return unknown.length === 0
    },
    throwIfAny(heading = 'Portress cannot start with these options') {
      if (lines.length === 0) return
      throw new TypeError(`${heading}:\n${lines.map((line) => `  - ${line}`).join('\n')}`)
    },
  }
}

/** A value as its owner wrote it, as far as that fits on a line. Nothing that may hold a secret is shown. */
function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string') ? JSON.stringify(value) : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'function') return 'a function'
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry.trim() !== '')

const alternatives = (allowed: readonly string[]): string => allowed.map((text) => JSON.stringify(text)).join(' or ')

function explainUnknown(path: string, name: string, names: readonly string[]): string {
  const meant = closestName(name, names)
  const owner = path === '' ? 'there are' : `${path} takes`
  const advice = meant === null ? `${owner} ${names.join(', ')}` : `did you mean ${meant}?`
  return `there is no option "${path === '' ? name : `${path}.${name}`}"; ${advice}`
}

import { collectProblems, type Problems } from '../../util/option-problems.ts'

/** Judges one option: its path as written, its value, and where problems are noted. */
export type Kind = (path: string, value: unknown, problems: Problems) => void

type Bag = Readonly<Record<string, unknown>>

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every option of a door there is: a new one does not compile until it has a check. */
export type KindsOf<Options> = { readonly [K in keyof Options]-?: Kind }

interface OptionCheck {
  /** What the developer wrote: `djoser()`. */
  readonly door: string
  readonly options: object
  readonly kinds: Readonly<Record<string, Kind>>
}

/**
 * Checks names and kinds of all options: they may come from JavaScript, and hold anything.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 */
export function checkKinds({ door, options, kinds }: OptionCheck): void {
  const problems = collectProblems()
  const given: Bag = isBag(options) ? options : {}
  if (!isBag(options)) problems.add(door, 'takes an object with options')
  problems.onlyKnown('', given, Object.keys(kinds))
  for (const [name, check] of Object.entries(kinds)) {
    if (given[name] !== undefined) check(name, given[name], problems)
  }
  problems.throwIfAny(refusedOptions(door))
}

/** The heading of everything that is wrong with the options of a door. */
export const refusedOptions = (door: string): string => `${door} cannot be mounted with these options`

/** `true` or `false`. */
export const boolean: Kind = (path, value, problems) => {
  problems.boolean(path, value)
}

/** One text of a fixed set. */
export const oneOf =
  (...allowed: readonly string[]): Kind =>
  (path, value, problems) => {
    problems.oneOf(path, value, allowed)
  }

/** Entries of a fixed set, none twice. */
export const some =
  (...allowed: readonly string[]): Kind =>
  (path, value, problems) => {
    if (!Array.isArray(value) || value.length === 0)
      return problems.add(path, `must be a list of ${allowed.join(', ')}`)
    for (const [index, entry] of value.entries()) problems.oneOf(`${path}[${index}]`, entry, allowed)
    if (new Set(value).size < value.length) problems.add(path, 'must not name anything twice')
  }

/** A line that is not empty. */
export const text: Kind = (path, value, problems) => {
  if (!problems.text(path, value)) return
  if (String(value).trim() === '' || /\p{Cc}/u.test(String(value))) problems.add(path, 'must be one line of text')
}

/** Texts, none twice. */
export const list: Kind = (path, value, problems) => {
  if (!problems.texts(path, value)) return
  if (Array.isArray(value) && new Set(value).size < value.length) problems.add(path, 'must not name anything twice')
}

/** An object with known names only. */
export const each =
  (names: readonly string[], check: Kind): Kind =>
  (path, value, problems) => {
    if (!isBag(value)) return problems.add(path, `must be an object with ${names.join(', ')}`)
    problems.onlyKnown(path, value, names)
    for (const name of names) if (value[name] !== undefined) check(`${path}.${name}`, value[name], problems)
  }

/** A function. */
export const callable: Kind = (path, value, problems) => {
  if (typeof value !== 'function') problems.add(path, 'must be a function')
}

/** What an endpoint's input can be replaced by. */
export const schema: Kind = (path, value, problems) => {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  if (isObject && ('~standard' in value || ('fields' in value && 'read' in value))) return
  problems.add(path, 'must be a Standard Schema, such as z.object({ … }), or a FieldSet')
}

/** It is put between `https://` and a slash. */
export const domain: Kind = (path, value, problems) => {
  const url = typeof value === 'string' ? URL.parse(`https://${value}`) : null
  const isHost = url !== null && (url.host === value || `${url.hostname}:443` === value)
  if (!isHost) problems.add(path, 'must be a host, with its port if need be, such as "app.acme.example"')
}

/** Entries on one page of a list, or `null` for a list without pages. */
export const pageSize: Kind = (path, value, problems) => {
  if (value !== null) problems.wholeNumber(path, value, { min: 1, max: 1000 })
}

/** What the check says, or `null`. */
export const orNull =
  (check: Kind): Kind =>
  (path, value, problems) => {
    if (value !== null) check(path, value, problems)
  }

/** A list whose entries are each as the check says. */
export const listOf =
  (check: Kind): Kind =>
  (path, value, problems) => {
    if (!Array.isArray(value)) return problems.add(path, 'must be a list')
    for (const [index, entry] of value.entries()) check(`${path}[${index}]`, entry, problems)
  }

/** The moment of every request within the window is kept, and a day is the longest one that the originals know. */
export const throttleRate: Kind = (path, value, problems) => {
  const wholeNumber: Kind = (part, number) => {
    problems.wholeNumber(part, number, { min: 1, max: part.endsWith('.requests') ? 1000 : 86_400 })
  }
  each(['requests', 'windowSeconds'], wholeNumber)(path, value, problems)
  const { requests, windowSeconds } = Object(value)
  if (requests === undefined || windowSeconds === undefined) problems.add(path, 'needs requests and windowSeconds')
}

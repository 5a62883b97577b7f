import type { FieldValue } from '../../model/field.ts'
import type { User } from '../../model/user.ts'
import type { Engine } from '../context.ts'

type BackendEngine = Pick<Engine, 'backends'>

/**
 * The spelling under which guesses at an identifier are counted: the first that a backend gives, else the text itself, which
 * is counted in canonical form.
 *
 * @throws {TypeError} for a backend whose `countedAs` gives neither a text nor `null`
 */
export function countedIdentifier({ backends }: BackendEngine, identifier: string): string {
  for (const backend of backends) {
    const spelling: unknown = backend.countedAs?.(identifier) ?? null
    // An empty one would be everybody's: guesses at anybody would lock them all.
    if (spelling === null || (typeof spelling === 'string' && spelling.trim() === '')) continue
    if (typeof spelling === 'string') return spelling
    throw new TypeError(`countedAs() of the backend "${backend.name}" must give a text or null`)
  }
  return identifier
}

/** Everything that the user can type to log in, as it is counted. */
export function countedIdentifiersOf(engine: BackendEngine, user: User): readonly string[] {
  const fields = engine.backends.flatMap(({ identifiers = [] }) => identifiers.map((name) => fieldOf(user, name)))
  const names = [user.username, user.email, ...fields].filter((value) => typeof value === 'string')
  // What is stored in a field is what was made of what was typed, and need not be typed that way.
  const made = fields.filter((value) => typeof value === 'string')
  return [...new Set([...names.map((name) => countedIdentifier(engine, name)), ...made])]
}

/** `phone`, or `staff.badge` for the field of a profile. */
function fieldOf({ fields, profiles }: User, name: string): FieldValue {
  const [first = '', second] = name.split('.')
  return (second === undefined ? fields[first] : profiles[first]?.[second]) ?? null
}

import type { User } from '../model/user.ts'
import { collectProblems, type Problems } from '../util/option-problems.ts'
import { trimWhiteSpace } from '../util/text.ts'

export interface PasswordBackendOptions {
  /** Written into the sessions it begins; several in one list need a name each. @default 'password' */
  readonly name?: string
  /** What may be typed, in order of preference: user names, addresses, or the values of a declared field. */
  readonly identifiers: readonly ('username' | 'email' | FieldIdentifier)[]
  /**
   * Where what was typed must have the letter case of what is stored. Two users never differ in letter case alone, and
   * guesses at every spelling are counted together. @default [], any case
   */
  readonly exactCase?: readonly ('username' | 'email')[]
  /**
   * Addresses log in only once they are proven. A user name does all the same, where `login.emailMustBeVerified` is `false`.
   *
   * @default false
   */
  readonly provenEmailOnly?: boolean
  /** For proof that is kept elsewhere, such as in a profile. Only `true` counts. @default `emailVerifiedAt` is set */
  readonly isEmailProven?: (user: User) => boolean
  /**
   * How many users one identifier may mean, 1 to 5. Each attempt evaluates so many hashes, whomever it finds, so two make
   * every log-in twice as dear. Whoever's password it is logs in; where it is that of several, nobody does.
   *
   * More than one is of use only where users share an address that none of them has proven; who has proven it owns it alone.
   * The backend that stands in where `login.backends` is left out takes 3 where `user.emailUnique` is `'once-proven'` and
   * `login.emailMustBeVerified` is `false`. @default 1
   */
  readonly maxCandidates?: number
}

/** A declared field that people log in with. */
export interface FieldIdentifier {
  /** Its name, such as `phone`, or `staff.badge` for the field of a profile. It must be a `unique` text. */
  readonly field: string
  /** Makes what is stored out of what was typed; `null` for what cannot be a value of the field. @default trims it */
  readonly normalize?: (typed: string) => string | null
}

/** The options with their defaults. */
export interface PasswordBackendSettings extends Required<Omit<PasswordBackendOptions, 'identifiers'>> {
  readonly identifiers: readonly ('username' | 'email' | Required<FieldIdentifier>)[]
}

/** @throws {TypeError} that lists all that is wrong */
export function readPasswordBackendOptions(options: PasswordBackendOptions): PasswordBackendSettings {
  const problems = collectProblems()
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`passwordBackend() needs options: ${EXAMPLE}`)
  problems.onlyKnown('', options, NAMES)
  const {
    name = 'password',
    identifiers,
    exactCase = [],
    provenEmailOnly = false,
    isEmailProven = ({ emailVerifiedAt }) => emailVerifiedAt !== null,
    maxCandidates = 1,
  } = options
  problems.text('name', name)
  problems.wholeNumber('maxCandidates', maxCandidates, { min: 1, max: 5 })
  problems.boolean('provenEmailOnly', provenEmailOnly)
  if (typeof isEmailProven !== 'function') problems.add('isEmailProven', 'must be a function of a user')
  checkIdentifiers(identifiers, problems)
  if (!Array.isArray(exactCase)) problems.add('exactCase', 'must be a list of "username" and "email"')
  else for (const field of exactCase) requireIdentifier('exactCase', { field, identifiers }, problems)
  if (provenEmailOnly) requireIdentifier('provenEmailOnly', { field: 'email', identifiers }, problems)
  problems.throwIfAny('passwordBackend() cannot work with these options')
  return {
    name,
    identifiers: identifiers.map(withNormalize),
    exactCase,
    provenEmailOnly,
    isEmailProven,
    maxCandidates,
  }
}

const EXAMPLE = "passwordBackend({ identifiers: ['username', 'email'] })"

const NAMES = ['name', 'identifiers', 'exactCase', 'provenEmailOnly', 'isEmailProven', 'maxCandidates']

function checkIdentifiers(identifiers: unknown, problems: Problems): void {
  if (!Array.isArray(identifiers) || identifiers.length === 0) {
    problems.add('identifiers', `must name what may be typed: ${EXAMPLE}`)
    return
  }
  for (const [index, identifier] of identifiers.entries()) {
    if (identifier === 'username' || identifier === 'email') continue
    const { field, normalize } = Object(identifier) as Partial<FieldIdentifier>
    if (typeof field !== 'string' || field === '') {
      problems.add(`identifiers[${index}]`, 'must be "username", "email", or a field like { field: "phone" }')
    } else if (normalize !== undefined && typeof normalize !== 'function') {
      problems.add(`identifiers[${index}].normalize`, 'must be a function of what was typed')
    }
  }
}

function requireIdentifier(
  option: string,
  { field, identifiers }: { readonly field: unknown; readonly identifiers: unknown },
  problems: Problems,
): void {
  if (field !== 'username' && field !== 'email') problems.add(option, 'may name "username" and "email"')
  else if (Array.isArray(identifiers) && !identifiers.includes(field)) {
    problems.add(option, `is about "${field}", which is none of the identifiers`)
  }
}

function withNormalize(
  identifier: PasswordBackendOptions['identifiers'][number],
): PasswordBackendSettings['identifiers'][number] {
  return typeof identifier === 'string' ? identifier : { normalize: trimWhiteSpace, ...identifier }
}

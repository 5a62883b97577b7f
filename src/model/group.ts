import type { FieldError } from '../errors.ts'
import { hasControlCharacters, isLongerThan, trimWhiteSpace } from '../util/text.ts'
import { textProblem } from './field-value.ts'
import { canonicalText, MAX_IDENTIFIER_LENGTH } from './identifier.ts'
import type { UserId } from './user.ts'

/** Of the same kind as the ids of users. */
export type GroupId = UserId

/** Users who may do the same. */
export interface Group {
  readonly id: GroupId
  /** Without white space around it. No two groups have names with one canonical form. */
  readonly name: string
  /** In the order of their names; also those that the program no longer declares. */
  readonly permissions: readonly string[]
}

/** What a group is called. */
export type NamedGroup = Pick<Group, 'id' | 'name'>

/** What a store needs for a new group; the store draws integer ids itself. */
export interface NewGroup extends Omit<Group, 'id'> {
  /** Set only where `ids` is `'uuid'`. */
  readonly id: GroupId | null
}

/** A group with how many users are in it. */
export interface ListedGroup extends Group {
  readonly memberCount: number
}

/** Code points. */
const MAX_NAME_LENGTH = 150

/** The form in which a name is stored and shown. */
export function normalizeGroupName(text: string): string {
  return trimWhiteSpace(text)
}

/** The form by which names are kept unique: what cannot be seen makes no other name. */
export function canonicalGroupName(name: string): string {
  return trimWhiteSpace(canonicalText(name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '')))
}

/** Says what is wrong with the name of a group as it was typed. Whether it is taken only the store knows. */
export function groupNameProblems(input: unknown): readonly FieldError[] {
  if (input === undefined || input === null) return [{ code: 'required' }]
  const problem = textProblem(input, MAX_NAME_LENGTH)
  if (problem !== null) return [problem]
  const name = normalizeGroupName(String(input))
  const canonical = canonicalGroupName(name)
  if (canonical === '') return [{ code: 'required' }]
  // A name stands in lists of what somebody may do: it must not turn the line around it.
  if (hasControlCharacters(name) || /\p{Bidi_Control}/u.test(name)) return [{ code: 'not_text' }]
  // Some characters stand for many: the key of a short name can be too long for an index.
  const isTooLong = isLongerThan(canonical, MAX_IDENTIFIER_LENGTH)
  return isTooLong ? [{ code: 'too_long', params: { maxLength: MAX_NAME_LENGTH } }] : []
}

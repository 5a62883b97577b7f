/**
 * The one form in which names and addresses are looked up, counted and kept unique.
 *
 * Every spelling that a person could take for the same name has one canonical form, and the form of a form is itself.
 * Registration, log-in, lockout, reset, admin and import all go through here.
 */
import type { FieldError } from '../errors.ts'
import { asciiDomain } from '../util/ascii-domain.ts'
import { caseFold } from '../util/case-fold.ts'
import { hasMixedScripts } from '../util/mixed-scripts.ts'
import { isLongerThan, trimWhiteSpace } from '../util/text.ts'

/** UTF-16 units. Callers refuse anything longer before they normalise it, count it or write it down. */
export const MAX_IDENTIFIER_LENGTH = 254

/** Names that nobody may take from outside: they mean something in addresses, in code, or to people. */
export const RESERVED_USERNAMES: readonly string[] = (
  '. .. .well-known __proto__ abuse account accounts admin administrator anonymous api auth billing constructor ' +
  'everyone guest health help hostmaster info login logout mailer-daemon me moderator nan no-reply nobody noreply null ' +
  'official operator owner password portress postmaster prototype ready register registration root security self ' +
  'server settings signin signup staff sudo superuser support sysadmin system undefined unknown user users webmaster'
).split(' ')

export interface UsernameRules {
  /** Code points. */
  readonly maxLength: number
  /** Compared in canonical form. */
  readonly reserved: readonly string[]
  /** `false` where addresses log in, so that no name can ever be somebody's address. */
  readonly allowAt: boolean
}

/**
 * What was typed to log in, in the form in which it is looked up and counted.
 *
 * Surrounding white space goes, because no name and no address can have it; what stands after the last `@` becomes a
 * domain in ASCII; the rest is NFKC and case-folded (the rule of Django, without its trap of the dotless ı).
 */
export function canonicalIdentifier(text: string): string {
  return untilStable(text, canonicalStep)
}

/** The look-up form of a user name: the same as when it is typed to log in. */
export function canonicalUsername(name: string): string {
  return canonicalIdentifier(name)
}

/** The look-up form of an address: the same as when it is typed to log in. */
export function canonicalEmail(address: string): string {
  return canonicalIdentifier(address)
}

/** The look-up form of any other unique text: NFKC and case-folded, white space kept. */
export function canonicalText(text: string): string {
  return untilStable(text, foldStep)
}

/** The form in which a user name is stored and shown: NFKC, as Django stores it. */
export function normalizeUsername(text: string): string {
  return text.normalize('NFKC')
}

/**
 * Says what is wrong with a user name as it was typed.
 *
 * Letters, digits and `_ . + -` (and `@` where allowed) of one writing system are right: nothing invisible, no marks
 * that stand alone, no look-alikes from another script, no reserved name. Whether it is taken only the store knows.
 */
export function usernameProblems(text: string, rules: UsernameRules): readonly FieldError[] {
  const tooLong: FieldError = { code: 'too_long', params: { maxLength: rules.maxLength } }
  // Normalising can shorten a name, such as one in Hangul jamo, but is not done at all on what cannot become short.
  if (text.length > rules.maxLength * 4) return [tooLong]
  if (text === '') return [{ code: 'required' }]
  const name = normalizeUsername(text)
  const canonical = canonicalUsername(name)
  if (isLongerThan(name, rules.maxLength)) return [tooLong]
  if (name.length > MAX_IDENTIFIER_LENGTH || canonical.length > MAX_IDENTIFIER_LENGTH) return [tooLong]
  if (!isUsernameText(name, rules)) return [{ code: 'username_invalid' }]
  if (rules.reserved.some((word) => canonicalUsername(word) === canonical)) return [{ code: 'username_reserved' }]
  return []
}

function isUsernameText(name: string, { allowAt }: UsernameRules): boolean {
  // Django's validator: its \w is exactly letters, numbers and the underscore.
  if (!/^[\p{L}\p{N}_.@+-]+$/u.test(name)) return false
  if (name.includes('@') && !allowAt) return false
  // The Hangul fillers are letters that nobody can see.
  if (/\p{Default_Ignorable_Code_Point}/u.test(name)) return false
  return !hasMixedScripts(name)
}

function canonicalStep(text: string): string {
  const normal = trimWhiteSpace(text.normalize('NFKC'))
  const at = normal.lastIndexOf('@')
  const domain = at < 0 ? null : asciiDomain(normal.slice(at + 1))
  return domain === null ? foldStep(normal) : foldStep(normal.slice(0, at + 1)) + domain
}

function foldStep(text: string): string {
  return caseFold(text.normalize('NFKC')).normalize('NFKC')
}

// Folding can make a text that normalises further, and the other way round; two rounds settle every code point.
function untilStable(text: string, step: (text: string) => string): string {
  let current = text
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = step(current)
    if (next === current) return current
    current = next
  }
  return current
}

const MAX_ROUNDS = 8

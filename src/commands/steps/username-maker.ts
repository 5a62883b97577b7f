import type { InsertUserOptions } from '../../contracts/store.ts'
import { canonicalUsername, usernameProblems } from '../../model/identifier.ts'
import type { CommandContext } from '../context.ts'
import { decimalDigits } from './decimal-digits.ts'
import type { CheckedNewUser } from './read-new-user.ts'

/** The longest number with a `_` before it, and the digits for the case that somebody has the name. */
const ROOM_FOR_NUMBERS = 26

/** How many digits are tried where there is no number, or somebody has the name with it; 8 from then on. */
const DIGITS = [6, 6]

/**
 * Makes the public name of a user who gave none: first and last name in small letters, and the user's number behind them, or
 * random digits where ids are UUIDs.
 *
 * A person's name that has an `@` in it is left out, and the address is never looked at: the name may stand in URLs. It is
 * made once, when the user is added, and follows no later change of the names.
 */
export function usernameMaker(
  ctx: CommandContext,
  names: Pick<CheckedNewUser, 'firstName' | 'lastName'>,
): NonNullable<InsertUserOptions['inventUsername']> {
  const base = baseOf(ctx, names)
  const reserved = new Set(ctx.config.user.reservedUsernames.map(canonicalUsername))
  return (id, attempt) => {
    const plain = typeof id === 'number' ? `${base}_${id}` : null
    if (plain !== null && attempt === 0 && !reserved.has(canonicalUsername(plain))) return plain
    return `${plain ?? base}_${decimalDigits(ctx, DIGITS[attempt] ?? 8)}`
  }
}

function baseOf(
  { config: { user } }: CommandContext,
  { firstName, lastName }: Pick<CheckedNewUser, 'firstName' | 'lastName'>,
): string {
  const first = nameLetters(firstName)
  const last = nameLetters(lastName)
  const room = user.usernameMaxLength - ROOM_FOR_NUMBERS
  const bases = [first + last, first, last].map((name) => Array.from(name).slice(0, room).join(''))
  return bases.find((base) => base !== '' && isAllowed(base)) ?? 'user'
}

/** Of a text with an `@`, in any of its forms, nothing: it may be an address, and its beginning the name of a mailbox. */
function nameLetters(name: string): string {
  const text = name.normalize('NFKC')
  return text.includes('@') ? '' : text.toLowerCase().replace(/[^\p{L}\p{N}-]/gu, '')
}

const isAllowed = (base: string): boolean =>
  usernameProblems(`${base}_0`, { maxLength: 150, reserved: [], allowAt: false }).length === 0

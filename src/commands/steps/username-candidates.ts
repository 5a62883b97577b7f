import { RESERVED_USERNAMES, usernameProblems } from '../../model/identifier.ts'
import type { CommandContext } from '../context.ts'
import type { CheckedIdentity } from './check-identity.ts'
import { decimalDigits } from './decimal-digits.ts'

/** How many digits are tried behind a name, the more the more often there was a clash. */
const DIGITS = [2, 2, 3, 3, 4, 4, 6, 6, 8, 8, 10, 10]

/** What a name can be made of. */
export type NameSource = Pick<CheckedIdentity, 'usernameHint' | 'firstName' | 'lastName' | 'email'>

/**
 * User names for somebody who did not choose one, best first: the name at a provider as it is, then one made of the first
 * name, the last name or the address, then that one with digits. `null` where there are no names, or the store makes one.
 *
 * All of them are names that could be registered, and none is an address. Whether one is free only the store knows.
 */
export function* usernameCandidates(ctx: CommandContext, source: NameSource): Generator<string | null> {
  const { username } = ctx.config.user
  if (username === 'none' || username === 'invented') {
    yield null
    return
  }
  const hint = plainName(ctx, source.usernameHint)
  if (isAllowed(ctx, hint)) yield hint
  const base =
    [hint, source.firstName, source.lastName, source.email, 'user']
      .map((text) => plainName(ctx, text).toLowerCase())
      .find((name) => name !== '' && isAllowed(ctx, `${name}0`)) ?? 'user'
  if (base !== hint && isAllowed(ctx, base)) yield base
  for (const count of DIGITS) yield base + decimalDigits(ctx, Math.min(count, roomForDigits(ctx)))
}

const roomForDigits = ({ config }: CommandContext): number =>
  Math.min(10, Math.floor(config.user.usernameMaxLength / 2))

/** What stands before an `@`, in the characters that names are made of, with room for digits. */
function plainName(ctx: CommandContext, text: string | null): string {
  const [before = ''] = (text ?? '').slice(0, 300).toWellFormed().normalize('NFKC').split('@')
  const name = before
    .trim()
    .replace(/\s+/gu, '_')
    .replace(/[^\p{L}\p{N}_.+-]/gu, '')
  return Array.from(name)
    .slice(0, ctx.config.user.usernameMaxLength - roomForDigits(ctx))
    .join('')
}

function isAllowed({ config }: CommandContext, name: string): boolean {
  const rules = {
    maxLength: config.user.usernameMaxLength,
    reserved: [...RESERVED_USERNAMES, ...config.user.reservedUsernames],
    allowAt: false,
  }
  return usernameProblems(name, rules).length === 0
}

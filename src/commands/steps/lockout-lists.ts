import type { ResolvedLockoutList } from '../../config/resolved-config.ts'
import { canonicalIdentifier } from '../../model/identifier.ts'
import type { User } from '../../model/user.ts'
import { parseIpAddress } from '../../util/ip-address.ts'
import { rangeContains } from '../../util/ip-range.ts'
import type { CommandContext } from '../context.ts'
import { countedIdentifiersOf } from './counted-identifier.ts'

/** Whom a guess is about: what was typed, and each user it could prove. */
export interface Named {
  readonly identifier: string | null
  readonly users: readonly User[]
}

/** Who is named without those who are never locked; `null` where nobody is left, and the guess is counted nowhere. */
export function withoutNeverLocked(ctx: CommandContext, named: Named): Named | null {
  const { neverLock } = ctx.config.lockout
  const { identifier, users } = named
  if (isAddressListed(ctx, neverLock)) return null
  if (users.length === 0) return isNameListed(ctx, neverLock, named) ? null : named
  // One by one: what was typed may be the name of one of them, and mean others as well.
  const counted = users.filter((user) => !isNameListed(ctx, neverLock, { identifier: null, users: [user] }))
  return counted.length === 0 ? null : { identifier, users: counted }
}

/** An unknown source is in no list. */
export function isAddressListed({ request }: CommandContext, { addresses }: ResolvedLockoutList): boolean {
  if (addresses.length === 0 || request.address === null) return false
  const address = parseIpAddress(request.address)
  return address !== null && addresses.some((range) => rangeContains(range, address))
}

/** Of several users behind one identifier all must be listed, under any of their names, or what was typed itself. */
export function isNameListed(
  ctx: CommandContext,
  { identifiers }: ResolvedLockoutList,
  { identifier, users }: Named,
): boolean {
  if (identifiers.size === 0) return false
  const has = (name: string): boolean => identifiers.has(canonicalIdentifier(name))
  if (identifier !== null && has(identifier)) return true
  return users.length > 0 && users.every((user) => countedIdentifiersOf(ctx, user).some(has))
}

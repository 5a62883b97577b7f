import type { LockoutKey } from '../../config/options.ts'
import { formatIpAddress, parseIpAddress } from '../../util/ip-address.ts'
import { type IpRange, parseIpRange, rangeContains } from '../../util/ip-range.ts'
import type { CommandContext } from '../context.ts'
import { refuseField } from './input.ts'

/** Rules that are kept at most. */
export const MAX_RULES = 1000

/**
 * The context of a call in which what operators say of its source holds beside what the options say. One short statement
 * where there are no rules, and nothing where the source is not known.
 */
export async function withAddressRules(ctx: CommandContext): Promise<CommandContext> {
  const { address } = ctx.request
  const parsed = address === null ? null : parseIpAddress(address)
  if (parsed === null) return ctx
  const rules = await ctx.store.addressRules.list(ctx.clock.now(), MAX_RULES)
  const found = rules.filter(({ range }) => rangeContains(parseIpRange(range), parsed))
  if (found.length === 0) return ctx
  const { lockout } = ctx.config
  const { keys, alwaysRefuse } = lockout
  const blocked = found.flatMap(({ range, effect }) => (effect === 'block' ? [parseIpRange(range)] : []))
  const isAllowed = found.some(({ effect }) => effect === 'allow')
  return {
    ...ctx,
    config: {
      ...ctx.config,
      lockout: {
        ...lockout,
        keys: isAllowed ? keys.filter(isAboutSomebody) : keys,
        alwaysRefuse: { ...alwaysRefuse, addresses: [...alwaysRefuse.addresses, ...blocked] },
      },
    },
  }
}

/**
 * Not a count of the source alone. Those of users hold from every source: an operator who could switch them off would guess
 * the passwords of superusers. Only the options can, with `neverLock`.
 */
const isAboutSomebody = (parts: readonly LockoutKey[]): boolean =>
  parts.includes('user') || parts.includes('identifier')

/** Wider ones shut out whole networks of people. An IPv4 prefix counts from the 96th bit. */
const MIN_BITS = { 4: 96 + 8, 6: 16 } as const

/**
 * An address or a range as it was typed, in canonical form.
 *
 * @throws {AuthError} `validation_failed`
 */
export function readRange(typed: unknown): string {
  if (typeof typed !== 'string' || typed.length > 100) throw refuseField('range', 'not_a_choice')
  const range = parsedRange(typed.trim())
  if (range === null) throw refuseField('range', 'not_a_choice')
  const { first, bits } = range
  if (bits < MIN_BITS[first.family]) {
    throw refuseField('range', 'too_small', { min: MIN_BITS[first.family] - (first.family === 4 ? 96 : 0) })
  }
  const address = formatIpAddress(first)
  return bits === 128 ? address : `${address}/${first.family === 4 ? bits - 96 : bits}`
}

export function isInRange(range: string, address: string | null): boolean {
  const parsed = address === null ? null : parseIpAddress(address)
  return parsed !== null && rangeContains(parseIpRange(range), parsed)
}

function parsedRange(text: string): IpRange | null {
  try {
    return parseIpRange(text)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

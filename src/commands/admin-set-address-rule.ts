import { AuthError } from '../errors.ts'
import type { AddressRule } from '../model/address-rule.ts'
import { textProblems } from '../model/field-input.ts'
import { toBase64Url } from '../util/base64url.ts'
import type { CommandContext } from './context.ts'
import { isInRange, MAX_RULES, readRange } from './steps/address-rules.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { assertNoErrors, refuseField } from './steps/input.ts'
import { requireOperator } from './steps/require-operator.ts'
import { writeAudit } from './steps/write-audit.ts'

export interface AdminSetAddressRuleInput extends FreshnessInput {
  /** An address or a CIDR range, `192.0.2.0/24`, no wider than /8, of IPv6 /16. */
  readonly range: unknown
  /** `block`: no password from there is looked at. `allow`: guesses from there never lock the source, only who is guessed at. */
  readonly effect: unknown
  /** Why, for other operators; up to 200 characters. @default none */
  readonly note?: unknown
  /** After this moment it means nothing. @default it stays */
  readonly expiresAt?: Date | null
}

const NOTE_LENGTH = 200

/**
 * Blocks or allows source addresses, at once and in every process. A rule for the same range is replaced. An operator cannot
 * block the address they come from.
 *
 * @throws {AuthError} `not_authenticated`, `validation_failed`; `forbidden`, with the reason `own_account` or
 * `proof_too_old`
 */
export async function adminSetAddressRule(ctx: CommandContext, input: AdminSetAddressRuleInput): Promise<AddressRule> {
  await requireOperator(ctx, 'change_address_rule')
  const { effect, note = '', expiresAt = null } = input
  if (effect !== 'block' && effect !== 'allow') throw refuseField('effect', 'not_a_choice')
  assertNoErrors({ note: textProblems(note, { maxLength: NOTE_LENGTH }) })
  const range = readRange(input.range)
  const now = ctx.clock.now()
  const isMoment = expiresAt === null || (expiresAt instanceof Date && expiresAt > now)
  if (!isMoment) throw refuseField('expiresAt', 'not_date')
  if (effect === 'block' && isInRange(range, ctx.request.address)) {
    throw new AuthError('forbidden', { reason: 'own_account' })
  }
  await assertFresh(ctx, input)
  const id = toBase64Url(ctx.random.bytes(16))
  const rule: AddressRule = { id, range, effect, note: String(note), createdAt: now, expiresAt }
  if (!(await ctx.store.addressRules.put(rule, MAX_RULES))) throw refuseField('range', 'too_large', { max: MAX_RULES })
  const object = { kind: 'address-rule', id, name: range } as const
  const changes = expiresAt === null ? [] : [{ field: 'expiresAt', from: null, to: expiresAt.toISOString() }]
  await writeAudit(ctx, { action: effect === 'block' ? 'address.blocked' : 'address.allowed', object, changes })
  return rule
}

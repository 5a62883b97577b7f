import { AuthError } from '../errors.ts'
import type { AddressRule } from '../model/address-rule.ts'
import type { CommandContext } from './context.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { requireOperator } from './steps/require-operator.ts'
import { writeAudit } from './steps/write-audit.ts'

export interface AdminDeleteAddressRuleInput extends FreshnessInput {
  readonly ruleId: AddressRule['id']
}

/**
 * Takes a rule about source addresses away, at once and in every process.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`; `forbidden`, with the reason `proof_too_old`
 */
export async function adminDeleteAddressRule(ctx: CommandContext, input: AdminDeleteAddressRuleInput): Promise<void> {
  await requireOperator(ctx, 'change_address_rule')
  await assertFresh(ctx, input)
  const { ruleId } = input
  const isKnown = typeof ruleId === 'string' && /^[\w-]{1,64}$/.test(ruleId)
  const rule = isKnown ? await ctx.store.addressRules.delete(ruleId) : null
  if (rule === null) throw new AuthError('not_found')
  await writeAudit(ctx, {
    action: 'address.rule-deleted',
    object: { kind: 'address-rule', id: rule.id, name: rule.range },
    changes: [{ field: 'effect', from: rule.effect, to: null }],
  })
}

import type { AddressRule } from '../model/address-rule.ts'
import type { CommandContext } from './context.ts'
import { MAX_RULES } from './steps/address-rules.ts'
import { requireOperator } from './steps/require-operator.ts'

/**
 * The source addresses that operators block or allow, the latest first. Those of the options are not among them.
 *
 * @throws {AuthError} `not_authenticated`, `forbidden`
 */
export async function adminListAddressRules(ctx: CommandContext): Promise<readonly AddressRule[]> {
  await requireOperator(ctx, 'view_lock')
  return ctx.store.addressRules.list(ctx.clock.now(), MAX_RULES)
}

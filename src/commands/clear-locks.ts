import { canonicalIdentifier } from '../model/identifier.ts'
import type { CommandContext } from './context.ts'
import { addressLockKey, lockKeysOf, lockKeysOfIdentifier } from './steps/lock-keys.ts'

/** What an operator unlocks. */
export type ClearLocksInput = { readonly identifier: string } | { readonly addressBucket: string }

/** Ends the locks of a user, of a name that nobody has, or of a source address. For operators; nobody's proof is asked. */
export async function clearLocks(ctx: CommandContext, input: ClearLocksInput): Promise<void> {
  if ('addressBucket' in input) {
    await ctx.throttles.delete([addressLockKey(input.addressBucket)])
    return
  }
  const { identifier } = input
  const [user = null] = await ctx.store.users.findByIdentifier(
    canonicalIdentifier(identifier),
    ['username', 'email'],
    1,
  )
  await ctx.throttles.delete([...lockKeysOfIdentifier(identifier), ...(user === null ? [] : lockKeysOf(user))])
  ctx.emit('userUnlocked', { user, identifier }, ctx.request)
}

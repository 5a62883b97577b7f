import { deviceKeys, narrowerKeys } from '../../model/lock-key.ts'
import type { User } from '../../model/user.ts'
import type { Engine } from '../context.ts'
import { lockKeysOf } from './lock-keys.ts'

/** Ends the user's locks and forgets the wrong guesses, wherever they came from, known devices included. */
export async function forgetGuesses(
  { throttles, config, backends }: Pick<Engine, 'throttles' | 'config' | 'backends'>,
  user: User,
): Promise<void> {
  const keys = lockKeysOf({ backends }, user)
  await throttles.delete(keys)
  await throttles.deleteByPrefix(deviceKeys(user.id))
  const isNarrowed = config.lockout.keys.some((parts) => parts.length > 1)
  if (!isNarrowed) return
  for (const key of keys) await throttles.deleteByPrefix(narrowerKeys(key))
}

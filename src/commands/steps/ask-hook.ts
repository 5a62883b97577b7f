import type { HookAnswer } from '../../contracts/hooks.ts'
import { AuthError } from '../../errors.ts'

/**
 * Asks a `before…` hook. One that throws stops the command: a check that failed has not said yes.
 *
 * @throws {AuthError} `refused_by_hook` with what the hook said
 */
export async function askHook(answer: HookAnswer | Promise<HookAnswer>): Promise<void> {
  const said = await answer
  if (said) throw new AuthError('refused_by_hook', { message: said.refuse })
}

import type { CommandContext } from './context.ts'
import { assertNoErrors } from './steps/input.ts'
import { isUsernameTaken } from './steps/insert-user.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { readUsername } from './steps/read-new-user.ts'

export interface CheckUsernameInput {
  readonly username: unknown
}

/**
 * Judges a name that somebody wants to register with: its form, and whether it is free. It counts as a registration, so
 * that it is no way to look up more names.
 *
 * @throws {AuthError} `validation_failed`, `rate_limited`
 */
export async function checkUsername(ctx: CommandContext, input: CheckUsernameInput): Promise<void> {
  const { value: username, errors } = readUsername(ctx, { value: input.username, by: 'visitor' })
  assertNoErrors(errors)
  await limitByAddress(ctx, 'registrationsPerAddress')
  assertNoErrors({ username: (await isUsernameTaken(ctx, username)) ? [{ code: 'taken' }] : [] })
}

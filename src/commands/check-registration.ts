import type { CommandContext } from './context.ts'
import { assertNoErrors } from './steps/input.ts'
import { judgeRegistration } from './steps/judge-registration.ts'
import { limitByAddress } from './steps/limit-rate.ts'

/** What is missing is not asked for. */
export interface CheckRegistrationInput {
  readonly username?: unknown
  readonly email?: unknown
  readonly password?: unknown
  /** Code points that a password needs where the site has no validators at all. @default 0 */
  readonly minLengthWithoutValidators?: number
  /** Tells whether somebody has the address. @default false */
  readonly dangerouslyTellTaken?: boolean
}

/**
 * Judges parts of a registration: name, address and password, as far as they are given. It counts as a registration, so
 * that it is no way to look up more names or addresses.
 *
 * @throws {AuthError} `validation_failed`, `rate_limited`
 */
export async function checkRegistration(ctx: CommandContext, input: CheckRegistrationInput): Promise<void> {
  await limitByAddress(ctx, 'registrationsPerAddress')
  const { errors } = await judgeRegistration(ctx, input)
  const given = JUDGED.filter((part) => input[part] !== undefined)
  assertNoErrors(Object.fromEntries(given.map((part) => [part, errors[part] ?? []])))
}

const JUDGED = ['username', 'email', 'password'] as const

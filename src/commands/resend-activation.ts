import type { CommandContext } from './context.ts'
import { requestMail } from './steps/request-mail.ts'

export interface ResendActivationInput {
  readonly email: unknown
  /** Users who are active already, or have no password, get no mail. @default false */
  readonly onlyPending?: boolean
  /** Refuses where nobody gets the mail, so that anybody can find out who waits for one. @default false */
  readonly dangerouslyTellUnknown?: boolean
}

/**
 * Mails a new activation code to an address that waits for one.
 *
 * Resolves the same way, after the same work, whether or not anybody has the address: who it belongs to is looked up
 * when the mail is written.
 *
 * @throws {AuthError} `validation_failed`, `rate_limited`; `not_found` with `dangerouslyTellUnknown`
 */
export async function resendActivation(ctx: CommandContext, input: ResendActivationInput): Promise<void> {
  const { email, onlyPending = false, dangerouslyTellUnknown = false } = input
  const onlyFor = onlyPending ? 'pending' : null
  await requestMail(ctx, { kind: 'verify-email', email, onlyFor, dangerouslyTellUnknown })
}

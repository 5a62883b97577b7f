import type { CommandContext } from './context.ts'
import { enqueueMailJob } from './steps/enqueue-mail.ts'
import { assertIdentifier } from './steps/input.ts'
import { limitByAddress } from './steps/limit-rate.ts'

export interface ResendActivationInput {
  readonly email: unknown
}

/**
 * Mails a new activation code to an address that waits for one.
 *
 * Resolves the same way, after the same work, whether or not anybody has the address: who it belongs to is looked up
 * when the mail is written.
 *
 * @throws {AuthError} `validation_failed`, `rate_limited`
 */
export async function resendActivation(ctx: CommandContext, { email }: ResendActivationInput): Promise<void> {
  assertIdentifier('email', email)
  await limitByAddress(ctx, 'mailsPerAddress')
  await enqueueMailJob(ctx, {
    kind: 'verify-email',
    to: email,
    userId: null,
    sessionEpoch: null,
    isOwed: false,
    language: ctx.request.language,
    data: {},
  })
}

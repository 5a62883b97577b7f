import type { CommandContext } from './context.ts'
import { enqueueMailJob } from './steps/enqueue-mail.ts'
import { assertIdentifier } from './steps/input.ts'
import { limitByAddress } from './steps/limit-rate.ts'

export interface RequestPasswordResetInput {
  readonly email: unknown
}

/**
 * Mails a reset code to the stored address of the user who has this one.
 *
 * Resolves the same way, after the same work, whether or not anybody has it: that is looked up when the mail is
 * written, outside the request.
 *
 * @throws {AuthError} `validation_failed`, `rate_limited`
 */
export async function requestPasswordReset(ctx: CommandContext, { email }: RequestPasswordResetInput): Promise<void> {
  assertIdentifier('email', email)
  await limitByAddress(ctx, 'mailsPerAddress')
  const { language } = ctx.request
  await enqueueMailJob(ctx, {
    kind: 'reset-password',
    to: email,
    userId: null,
    sessionEpoch: null,
    isOwed: false,
    language,
    data: {},
  })
}

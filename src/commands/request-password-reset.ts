import type { MailJob } from '../model/mail.ts'
import type { CommandContext } from './context.ts'
import { requestMail } from './steps/request-mail.ts'

export interface RequestPasswordResetInput {
  /** The address; without it `identifier` says who is meant. */
  readonly email?: unknown
  /** A user name or an address, as it is typed to log in. */
  readonly identifier?: unknown
  /** As what `identifier` is looked up, in order. @default as `login.identifiers` says */
  readonly identifiers?: readonly ('username' | 'email')[]
  /**
   * Users who are not active get no mail, and those without a password only where `'even-without-password'` says so.
   * @default false
   */
  readonly onlyActive?: boolean | 'even-without-password'
  /** Refuses where nobody gets the mail, so that anybody can find out who has an account. @default false */
  readonly dangerouslyTellUnknown?: boolean
}

/**
 * Mails a reset code to the stored address of the user who has this one, or this name.
 *
 * Resolves the same way, after the same work, whether or not anybody has it: that is looked up when the mail is
 * written, outside the request.
 *
 * @throws {AuthError} `validation_failed`, `rate_limited`; `not_found` with `dangerouslyTellUnknown`
 */
export async function requestPasswordReset(ctx: CommandContext, input: RequestPasswordResetInput): Promise<void> {
  const { onlyActive = false, dangerouslyTellUnknown = false, ...asked } = input
  const onlyFor = audienceOf(onlyActive)
  await requestMail(ctx, { kind: 'reset-password', ...asked, onlyFor, dangerouslyTellUnknown })
}

function audienceOf(onlyActive: NonNullable<RequestPasswordResetInput['onlyActive']>): MailJob['onlyFor'] {
  if (onlyActive === 'even-without-password') return 'active-even-without-password'
  return onlyActive ? 'active' : null
}

import { AuthError } from '../../errors.ts'
import type { MailJob } from '../../model/mail.ts'
import type { CommandContext } from '../context.ts'
import { enqueueMailJob } from './enqueue-mail.ts'
import { findAddressee } from './find-addressee.ts'
import { assertIdentifier } from './input.ts'
import { limitByAddress } from './limit-rate.ts'

/** A mail that a visitor asks for. */
interface MailRequest extends Pick<MailJob, 'kind' | 'onlyFor'> {
  readonly email: unknown
  readonly dangerouslyTellUnknown: boolean
}

/**
 * Mails to the stored address of the user who has this one.
 *
 * Resolves the same way, after the same work, whether or not anybody has it: that is looked up when the mail is
 * written, outside the request. Only `dangerouslyTellUnknown` looks now.
 *
 * @throws {AuthError} `validation_failed`, `rate_limited`; `not_found` only where the caller wants to be told
 */
export async function requestMail(ctx: CommandContext, request: MailRequest): Promise<void> {
  const { kind, onlyFor, email, dangerouslyTellUnknown } = request
  assertIdentifier('email', email)
  await limitByAddress(ctx, 'mailsPerAddress')
  const { language } = ctx.request
  const job = { kind, to: email, userId: null, sessionEpoch: null, isOwed: false, onlyFor, language, data: {} }
  if (dangerouslyTellUnknown && (await findAddressee(ctx, { ...job, style: ctx.mailStyle }))?.kind !== kind) {
    throw new AuthError('not_found')
  }
  await enqueueMailJob(ctx, job)
}

import type { CommandContext } from './context.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertNoErrors, assertPasswordText, refuseField } from './steps/input.ts'
import { assertWithinLimit, limitByAddress } from './steps/limit-rate.ts'
import { proveUser } from './steps/prove-user.ts'
import { readEmail } from './steps/read-new-user.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ChangeEmailInput {
  readonly newEmail: unknown
  readonly currentPassword: unknown
}

/**
 * Asks the new address to confirm, and tells the old one how to stop it. Nothing changes before the confirmation.
 *
 * An address that somebody else has gets the same answer; whose it is is decided when it is confirmed.
 *
 * @throws {AuthError} `not_authenticated`, `wrong_current_password`, `validation_failed`, `rate_limited`
 */
export async function changeEmail(ctx: CommandContext, input: ChangeEmailInput): Promise<void> {
  const { user: actor } = requireActor(ctx)
  assertPasswordText('currentPassword', input.currentPassword)
  const { value: newEmail, errors } = readEmail(ctx, input.newEmail)
  assertNoErrors(errors.email === undefined ? {} : { newEmail: errors.email })
  if (newEmail === null) throw refuseField('newEmail', 'required')
  await limitByAddress(ctx, 'mailsPerAddress')
  await assertWithinLimit(ctx, 'changesPerUser', `email:${actor.id}`)
  const claim = { user: actor }
  const { user } = await proveUser(ctx, { claim, password: input.currentPassword, action: 'change-email' })
  await enqueueMail(ctx, { kind: 'confirm-email-change', user, to: newEmail })
  await enqueueMail(ctx, { kind: 'email-change-requested', user, data: { newEmail } })
  ctx.emit('emailChangeRequested', { user, newEmail }, ctx.request)
}

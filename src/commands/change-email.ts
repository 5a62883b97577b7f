import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertNoErrors, assertPasswordText, refuseField } from './steps/input.ts'
import { assertWithinLimit, limitByAddress } from './steps/limit-rate.ts'
import { proveUser } from './steps/prove-user.ts'
import { readEmail } from './steps/read-new-user.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ChangeEmailInput {
  readonly newEmail: unknown
  readonly currentPassword?: unknown
  /**
   * The caller's session is proof enough, and `currentPassword` is not looked at. Whoever gets hold of a session can then
   * ask for a change; the old address is told, and can stop it. @default false
   */
  readonly dangerouslyWithoutCurrentPassword?: boolean
}

/**
 * Asks the new address to confirm, and tells the old one how to stop it. Nothing changes before the confirmation.
 *
 * An address that somebody else has gets the same answer, and its owner a notice in place of the link.
 *
 * @throws {AuthError} `not_authenticated`, `wrong_current_password`, `validation_failed`, `rate_limited`
 */
export async function changeEmail(ctx: CommandContext, input: ChangeEmailInput): Promise<void> {
  const { user: actor } = requireActor(ctx)
  const password = readPassword(input)
  const { value: newEmail, errors } = readEmail(ctx, input.newEmail)
  assertNoErrors(errors.email === undefined ? {} : { newEmail: errors.email })
  if (newEmail === null) throw refuseField('newEmail', 'required')
  await limitByAddress(ctx, 'mailsPerAddress')
  await assertWithinLimit(ctx, 'changesPerUser', `email:${actor.id}`)
  const user = password === null ? actor : await proveActor(ctx, password)
  await enqueueMail(ctx, { kind: 'confirm-email-change', user, to: newEmail })
  await enqueueMail(ctx, { kind: 'email-change-requested', user, data: { newEmail } })
  ctx.emit('emailChangeRequested', { user, newEmail }, ctx.request)
}

/** `null`: none is asked for. */
function readPassword({ currentPassword, dangerouslyWithoutCurrentPassword }: ChangeEmailInput): string | null {
  if (dangerouslyWithoutCurrentPassword === true) return null
  assertPasswordText('currentPassword', currentPassword)
  return currentPassword
}

async function proveActor(ctx: CommandContext, password: string): Promise<User> {
  const { user } = await proveUser(ctx, {
    claim: { user: requireActor(ctx).user },
    password,
    action: 'change-email',
  })
  return user
}

import type { FieldError } from '../errors.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { planAddressChange, tellAddressChange } from './steps/address-change.ts'
import { auditChange } from './steps/audit-change.ts'
import { stillAsProven } from './steps/conditions.ts'
import { confirmBeside } from './steps/confirm-beside.ts'
import { findSubjectToChange, subjectMissed } from './steps/find-subject.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { refuseTaken } from './steps/insert-user.ts'
import { stillAsJudged } from './steps/may-touch.ts'
import { readEmail } from './steps/read-new-user.ts'
import { repetitionProblems } from './steps/repetition-problems.ts'
import { requireActor } from './steps/require-actor.ts'

export interface SetEmailInput {
  /** Empty or `null` takes the address away, where the model makes it optional. */
  readonly email: unknown
  /** The address a second time, where the form asks for it; compared as it was typed. */
  readonly emailAgain?: unknown
  /** The caller's, where the step must be confirmed by it. @default it need not be */
  readonly currentPassword?: unknown
  /** Another user, for staff. @default the caller */
  readonly userId?: unknown
  /** `mailed`: whoever has another address now must confirm it before they can go on. `none`: nobody is asked. */
  readonly activation: 'mailed' | 'none'
}

/**
 * Changes an address at once, without asking the new one first. `changeEmail` is the safer way.
 *
 * The new address counts as unproven. The old one, if it was proven, is told and can take the change back; every other
 * mailed code of the user dies. With `mailed` the user is pending until the new address is confirmed: other sessions
 * end, and the caller's own is refused meanwhile. Disabled users stay so.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`, `forbidden`, `wrong_current_password`, `validation_failed`,
 * `rate_limited`, `token_invalid`
 */
export async function setEmail(ctx: CommandContext, input: SetEmailInput): Promise<User> {
  const user = await findSubjectToChange(ctx, input.userId)
  const { value: email, errors } = readEmail(ctx, input.email)
  const proven = await confirmIfAsked(ctx, input, errors)
  assertNoErrors(errors)
  assertNoErrors({ emailAgain: repetitionProblems(input.email, input.emailAgain) })
  const plan = await planAddressChange(ctx, user, { email, activation: input.activation })
  const after = plan.isChanged ? await replaceAddress(ctx, { user, proven, plan }) : user
  if (user.id !== requireActor(ctx).user.id) await auditChange(ctx, user, after)
  await tellAddressChange(ctx, plan, { before: user, after })
  return after
}

/** The caller as the password proved them, or `null` where none was asked for. */
async function confirmIfAsked(
  ctx: CommandContext,
  { currentPassword }: SetEmailInput,
  problems: Readonly<Record<string, readonly FieldError[]>>,
): Promise<User | null> {
  if (currentPassword === undefined) return null
  assertPasswordText('currentPassword', currentPassword)
  return confirmBeside(ctx, { actor: requireActor(ctx).user, currentPassword, action: 'set-email', problems })
}

interface Replacement {
  readonly user: User
  readonly proven: User | null
  readonly plan: Awaited<ReturnType<typeof planAddressChange>>
}

async function replaceAddress(ctx: CommandContext, { user, proven, plan }: Replacement): Promise<User> {
  const { changes, options } = plan
  // A password proves the caller; whether it is still theirs matters only where they are whom it is about.
  const when = {
    ...options.when,
    ...stillAsJudged(ctx, user),
    ...(proven?.id === user.id ? stillAsProven(proven) : {}),
  }
  const updated = await ctx.store.users.update(user.id, changes, { ...options, when })
  if (updated.outcome === 'conflict') throw refuseTaken(updated.field)
  if (updated.outcome === 'missed') throw subjectMissed(ctx, user)
  return updated.user
}

import { AuthError } from '../errors.ts'
import type { Carrier, IssuedToken } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { addRegisteredUser } from './steps/add-registered-user.ts'
import { askHook } from './steps/ask-hook.ts'
import { beginFirstSession } from './steps/begin-first-session.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { inventedNames, judgeRegistration, type RegistrationInput } from './steps/judge-registration.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import type { CheckedNewUser } from './steps/read-new-user.ts'

export interface RegisterInput extends RegistrationInput {
  /**
   * Whether the user waits for the mailed code. Who has no address has nothing to wait for, and who has one always waits
   * where `login.emailMustBeVerified` is on. @default as `login.emailMustBeVerified` says
   */
  readonly activation?: 'mailed' | 'none'
  /** Logs in, this way, a user who is active at once. @default nobody is logged in */
  readonly carrier?: Carrier
  /** Begins a session with a cookie beside the one of the carrier. @default false */
  readonly withCookie?: boolean
}

export interface RegisterResult {
  readonly user: User
  /** `verification_required`: nobody can log in before the mailed code was used. */
  readonly status: 'active' | 'verification_required'
  /**
   * Only where a carrier was given and the user is active. `null` beside the status `active` where the address was taken,
   * for there is nobody to be logged in then, and where `beforeLogin` refused.
   */
  readonly issued: IssuedToken | null
  /** Only beside `issued`, with `withCookie`. */
  readonly cookie: IssuedToken | null
}

/**
 * Makes a user, who stays `pending` until the address is proven where the configuration or the caller asks for that.
 *
 * An address that somebody has already gets the same answer after the same work, and its owner a mail: a stand-in
 * with an address that nobody has takes the new user's place, so that not even further registrations tell the difference.
 * Only `dangerouslyTellTaken` says so; a registration that was never confirmed still makes room.
 *
 * @throws {AuthError} `registration_closed`, `rate_limited`, `validation_failed`, `refused_by_hook`, `overloaded`
 */
export async function register(ctx: CommandContext, input: RegisterInput): Promise<RegisterResult> {
  if (!ctx.config.registration.open) throw new AuthError('registration_closed')
  await limitByAddress(ctx, 'registrationsPerAddress')
  const { user: checked, errors } = await judgeRegistration(ctx, input)
  assertNoErrors(errors)
  await askHook(ctx.hooks.beforeRegister?.(checked, ctx.request))
  const status = isPendingAtFirst(ctx, checked, input) ? 'pending' : 'active'
  const state = { ...NOBODY_SPECIAL, passwordHash: await hashOf(ctx, input), status } as const
  const adding = { state, inventedNames: inventedNames(ctx, input), tellsTaken: input.dangerouslyTellTaken === true }
  const { user, isStandIn } = await addRegisteredUser(ctx, checked, adding)
  const { carrier, withCookie = false } = input
  // Nobody waits with a session, and nobody is behind a stand-in.
  const first = { user, carrier: status === 'pending' || isStandIn ? undefined : carrier, withCookie }
  const sessions = await beginFirstSession(ctx, { ...first, assurance: 'password', by: 'registration' })
  return { user, status: status === 'pending' ? 'verification_required' : status, ...sessions }
}

const NOBODY_SPECIAL = { emailVerifiedAt: null, isStaff: false, isSuperuser: false } as const

async function hashOf(ctx: CommandContext, { password, withoutPassword }: RegisterInput): Promise<string | null> {
  if (withoutPassword === true) return null
  assertPasswordText('password', password)
  return ctx.hasher.hash({ password, fairnessKey: `address:${ctx.request.addressBucket}` })
}

function isPendingAtFirst({ config }: CommandContext, user: CheckedNewUser, { activation }: RegisterInput): boolean {
  const { emailMustBeVerified } = config.login
  const isAsked = activation === undefined ? emailMustBeVerified : activation !== 'none'
  return user.email !== null && (emailMustBeVerified || isAsked)
}

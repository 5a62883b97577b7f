import { AuthError } from '../errors.ts'
import { canonicalEmail } from '../model/identifier.ts'
import type { Carrier, IssuedToken } from '../model/session.ts'
import type { User } from '../model/user.ts'
import { toBase64Url } from '../util/base64url.ts'
import { hmacSha256 } from '../util/secrets.ts'
import type { CommandContext } from './context.ts'
import { newPasswordErrors } from './steps/accept-password.ts'
import { askHook } from './steps/ask-hook.ts'
import { beginFirstSession } from './steps/begin-first-session.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { insertUser, isUsernameTaken, type NewUserState, refuseTaken } from './steps/insert-user.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { type CheckedNewUser, type NewUserInput, readNewUser } from './steps/read-new-user.ts'

export interface RegisterInput extends NewUserInput {
  readonly password: unknown
  /** The password a second time, where the form asks for it; compared as it is. */
  readonly passwordAgain?: unknown
  /**
   * Whether the user waits for the mailed code. Who has no address has nothing to wait for, and who has one always waits
   * where `login.emailMustBeVerified` is on. @default as `login.emailMustBeVerified` says
   */
  readonly activation?: 'mailed' | 'none'
  /** Logs in, this way, a user who is active at once. @default nobody is logged in */
  readonly carrier?: Carrier
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
}

/**
 * Makes a user, who stays `pending` until the address is proven where the configuration or the caller asks for that.
 *
 * An address that somebody has already gets the same answer after the same work, and its owner a mail: a stand-in
 * with an address that nobody has takes the new user's place, so that not even further registrations tell the difference.
 *
 * @throws {AuthError} `registration_closed`, `rate_limited`, `validation_failed`, `refused_by_hook`, `overloaded`
 */
export async function register(ctx: CommandContext, input: RegisterInput): Promise<RegisterResult> {
  if (!ctx.config.registration.open) throw new AuthError('registration_closed')
  await limitByAddress(ctx, 'registrationsPerAddress')
  const { password, carrier } = input
  const checked = await checkRegistration(ctx, input)
  assertPasswordText('password', password)
  await askHook(ctx.hooks.beforeRegister?.(checked, ctx.request))
  const fairnessKey = `address:${ctx.request.addressBucket}`
  const passwordHash = await ctx.hasher.hash({ password, fairnessKey })
  const status = isPendingAtFirst(ctx, checked, input) ? 'pending' : 'active'
  const { user, isStandIn } = await addUser(ctx, checked, { ...NOBODY_SPECIAL, passwordHash, status })
  if (status === 'pending') return { user, status: 'verification_required', issued: null }
  const first = { user, carrier, assurance: 'password', by: 'registration' } as const
  return { user, status, issued: isStandIn ? null : await beginFirstSession(ctx, first) }
}

const NOBODY_SPECIAL = { emailVerifiedAt: null, isStaff: false, isSuperuser: false } as const

/** Everything that is wrong is told at once, and before anything is hashed. */
async function checkRegistration(ctx: CommandContext, input: RegisterInput): Promise<CheckedNewUser> {
  const { user, errors } = readNewUser(ctx, input, { by: 'visitor' })
  const { password, passwordAgain: again } = input
  const isTaken = errors['username'] === undefined && (await isUsernameTaken(ctx, user.username))
  assertNoErrors({
    ...errors,
    ...(isTaken ? { username: [{ code: 'taken' }] } : {}),
    ...(await newPasswordErrors(ctx, user, { field: 'password', password, again })),
  })
  return user
}

function isPendingAtFirst({ config }: CommandContext, user: CheckedNewUser, { activation }: RegisterInput): boolean {
  const { emailMustBeVerified } = config.login
  const isAsked = activation === undefined ? emailMustBeVerified : activation !== 'none'
  return user.email !== null && (emailMustBeVerified || isAsked)
}

interface AddedUser {
  readonly user: User
  /** The address was taken: nobody can ever log in as this user. */
  readonly isStandIn: boolean
}

async function addUser(ctx: CommandContext, checked: CheckedNewUser, state: NewUserState): Promise<AddedUser> {
  const inserted = await insertUser(ctx, checked, state)
  if ('user' in inserted) {
    const { user } = inserted
    await enqueueMail(ctx, { kind: 'verify-email', user })
    await tellActivated(ctx, user, state)
    ctx.emit('userRegistered', { user }, ctx.request)
    return { user, isStandIn: false }
  }
  if (inserted.taken !== 'email' || checked.email === null) throw refuseLate(inserted.taken)
  return { user: await addStandIn(ctx, checked, state), isStandIn: true }
}

/** A name was free when it was looked up: somebody was faster. */
function refuseLate(field: string): AuthError {
  const { details, code } = refuseTaken(field)
  return field === 'username'
    ? new AuthError(code, { ...details, reason: 'taken_meanwhile' })
    : new AuthError(code, details)
}

async function addStandIn(ctx: CommandContext, checked: CheckedNewUser, state: NewUserState): Promise<User> {
  const email = standInAddress(ctx, checked.email ?? '')
  const standIn = await insertUser(ctx, { ...checked, email }, { ...state, status: 'pending' })
  if ('taken' in standIn) throw refuseLate(standIn.taken)
  const [owner] = await ctx.store.users.findByIdentifier(canonicalEmail(checked.email ?? ''), ['email'], 1)
  if (owner !== undefined) await enqueueMail(ctx, { kind: 'already-registered', user: owner })
  await tellActivated(ctx, standIn.user, state)
  return { ...standIn.user, email: checked.email, status: state.status }
}

/** The same work for a stand-in: the outbox finds out that it is not active. */
async function tellActivated(ctx: CommandContext, user: User, { status }: NewUserState): Promise<void> {
  if (status === 'active') await enqueueMail(ctx, { kind: 'account-activated', user })
}

/**
 * An address that nobody has (RFC 2606 §2), the same for every stand-in of one address: a new stand-in replaces the one
 * before it and frees its name, just as a new registration replaces one that was never confirmed.
 */
function standInAddress(ctx: CommandContext, email: string): string {
  const [key] = ctx.keys.keysFor('stand-in')
  return `${toBase64Url(hmacSha256(key, canonicalEmail(email))).toLowerCase()}@stand-in.invalid`
}

import { AuthError } from '../errors.ts'
import { canonicalEmail } from '../model/identifier.ts'
import type { User } from '../model/user.ts'
import { toBase64Url } from '../util/base64url.ts'
import { hmacSha256 } from '../util/secrets.ts'
import type { CommandContext } from './context.ts'
import { passwordProblems } from './steps/accept-password.ts'
import { askHook } from './steps/ask-hook.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import { assertNoErrors, assertPasswordText } from './steps/input.ts'
import { insertUser, type NewUserState, refuseTaken } from './steps/insert-user.ts'
import { limitByAddress } from './steps/limit-rate.ts'
import { type CheckedNewUser, type NewUserInput, readNewUser } from './steps/read-new-user.ts'

export interface RegisterInput extends NewUserInput {
  readonly password: unknown
}

export interface RegisterResult {
  readonly user: User
  /** `verification_required`: nobody can log in before the mailed code was used. */
  readonly status: 'active' | 'verification_required'
}

/**
 * Makes a user, who stays `pending` until the address is proven where the configuration asks for that.
 *
 * An address that somebody has already gets the same answer after the same work, and its owner a mail: a stand-in
 * with an address that nobody has takes the new user's place, so that not even further registrations tell the difference.
 *
 * @throws {AuthError} `registration_closed`, `rate_limited`, `validation_failed`, `refused_by_hook`, `overloaded`
 */
export async function register(ctx: CommandContext, input: RegisterInput): Promise<RegisterResult> {
  if (!ctx.config.registration.open) throw new AuthError('registration_closed')
  await limitByAddress(ctx, 'registrationsPerAddress')
  const { user: checked, errors } = readNewUser(ctx, input, { by: 'visitor' })
  assertPasswordText('password', input.password)
  assertNoErrors({ ...errors, password: await passwordProblems(ctx, checked, input.password) })
  await askHook(ctx.hooks.beforeRegister?.(checked, ctx.request))
  const fairnessKey = `address:${ctx.request.addressBucket}`
  const passwordHash = await ctx.hasher.hash({ password: input.password, fairnessKey })
  const user = await addUser(ctx, checked, passwordHash)
  return { user, status: ctx.config.login.emailMustBeVerified ? 'verification_required' : 'active' }
}

async function addUser(ctx: CommandContext, checked: CheckedNewUser, passwordHash: string): Promise<User> {
  const state: NewUserState = {
    passwordHash,
    status: ctx.config.login.emailMustBeVerified ? 'pending' : 'active',
    emailVerifiedAt: null,
    isStaff: false,
    isSuperuser: false,
  }
  const inserted = await insertUser(ctx, checked, state)
  if ('user' in inserted) {
    await enqueueMail(ctx, { kind: 'verify-email', user: inserted.user })
    ctx.emit('userRegistered', { user: inserted.user }, ctx.request)
    return inserted.user
  }
  if (inserted.taken !== 'email' || checked.email === null) throw refuseTaken(inserted.taken)
  return addStandIn(ctx, checked, state)
}

async function addStandIn(ctx: CommandContext, checked: CheckedNewUser, state: NewUserState): Promise<User> {
  const email = standInAddress(ctx, checked.email ?? '')
  const standIn = await insertUser(ctx, { ...checked, email }, { ...state, status: 'pending' })
  if ('taken' in standIn) throw refuseTaken(standIn.taken)
  const [owner] = await ctx.store.users.findByIdentifier(canonicalEmail(checked.email ?? ''), ['email'], 1)
  if (owner !== undefined) await enqueueMail(ctx, { kind: 'already-registered', user: owner })
  return { ...standIn.user, email: checked.email, status: state.status }
}

/**
 * An address that nobody has (RFC 2606 §2), the same for every stand-in of one address: a new stand-in replaces the one
 * before it and frees its name, just as a new registration replaces one that was never confirmed.
 */
function standInAddress(ctx: CommandContext, email: string): string {
  const [key] = ctx.keys.keysFor('stand-in')
  return `${toBase64Url(hmacSha256(key, canonicalEmail(email))).toLowerCase()}@stand-in.invalid`
}

import { AuthError } from '../../errors.ts'
import { canonicalEmail } from '../../model/identifier.ts'
import type { KnownIdentity } from '../../model/identity.ts'
import { isActive, type User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { assertMayLogIn } from './assert-may-log-in.ts'
import { type CheckedIdentity, toNewIdentity } from './check-identity.ts'
import { stillAsProven } from './conditions.ts'
import { logAttempt } from './log-attempt.ts'
import { noteIdentityLogin } from './note-identity-login.ts'
import { refuseLogin, SOCIAL_LOGIN } from './refuse-login.ts'
import { type NewcomerInput, registerIdentity } from './register-identity.ts'
import { tellOfIdentity } from './tell-of-identity.ts'

/** Who may come in by an identity, and whether they are new here. */
export interface Admitted {
  readonly user: User
  readonly isNew: boolean
}

interface Admission {
  /** The handle of the session that a success will begin, for the attempt log. */
  readonly sessionId: string
  /** What is asked of a new user, and the application's own fields as they came in. */
  readonly own: NewcomerInput
}

/**
 * The gate of social log-in: finds the user of a proven identity, or makes one, and asks all that a log-in by password is
 * asked after the password. A lock of the password is none of it: it keeps guesses out, and here is nothing to guess.
 *
 * Users are found by the identity alone. An address never finds one, unless the configuration says so and both sides have
 * proven it.
 *
 * @throws {AuthError} `registration_closed`, `rate_limited`, `validation_failed`, `email_in_use`, `email_not_verified`,
 * `user_not_active`, `invalid_credentials`, `refused_by_hook`
 */
export async function admitIdentity(
  ctx: CommandContext,
  checked: CheckedIdentity,
  admission: Admission,
): Promise<Admitted> {
  const admitted = (await admitKnown(ctx, checked)) ?? (await admitNew(ctx, checked, admission))
  await logAttempt(ctx, { ...ATTEMPT, user: admitted.user, outcome: 'success', sessionId: admission.sessionId })
  return admitted
}

const ATTEMPT = { identifier: null, action: SOCIAL_LOGIN } as const

async function admitKnown(ctx: CommandContext, checked: CheckedIdentity): Promise<Admitted | null> {
  const known = await ctx.store.identities.find(checked)
  if (known === null) return null
  const user = await withProvenAddress(ctx, known, checked)
  await assertMayLogIn(ctx, { user, action: SOCIAL_LOGIN })
  await noteIdentityLogin(ctx, known.identity, checked)
  return { user, isNew: false }
}

/** The provider now vouches for the very address that the user still had to prove: that is proof enough. */
async function withProvenAddress(
  ctx: CommandContext,
  { user }: KnownIdentity,
  { email, isEmailProven }: CheckedIdentity,
): Promise<User> {
  if (!isEmailProven || user.status === 'disabled' || user.emailVerifiedAt !== null || !isSame(user.email, email)) {
    return user
  }
  const { status, email: address, sessionEpoch } = user
  const updated = await ctx.store.users.update(
    user.id,
    { status: 'active', emailVerifiedAt: ctx.clock.now() },
    { when: { status, email: address, sessionEpoch } },
  )
  if (updated.outcome !== 'updated') return user
  ctx.emit('emailVerified', { user: updated.user }, ctx.request)
  return updated.user
}

/**
 * A first log-in. Two at the same moment find one user: the second of them is told that somebody has the identity, and
 * then finds it.
 */
async function admitNew(ctx: CommandContext, checked: CheckedIdentity, { own }: Admission): Promise<Admitted> {
  const linked = await linkByAddress(ctx, checked)
  if (linked !== null) return { user: linked, isNew: false }
  const registered = await registerIdentity(ctx, checked, own)
  if (registered === null) return (await admitKnown(ctx, checked)) ?? refuseVanished()
  if (!isActive(registered)) {
    const error = new AuthError('email_not_verified')
    return refuseLogin(ctx, { user: registered, action: SOCIAL_LOGIN, outcome: 'not_verified', error })
  }
  await assertMayLogIn(ctx, { user: registered, action: SOCIAL_LOGIN })
  return { user: registered, isNew: true }
}

/** Somebody had the identity a moment ago and was deleted since. */
function refuseVanished(): never {
  throw new AuthError('provider_refused')
}

/** Only where the configuration asks for it, and the address was proven on both sides. */
async function linkByAddress(ctx: CommandContext, checked: CheckedIdentity): Promise<User | null> {
  const { email, isEmailProven } = checked
  if (!ctx.config.social.linkProvenAddresses || !isEmailProven || email === null) return null
  const [user] = await ctx.store.users.findByIdentifier(canonicalEmail(email), ['email'], 1)
  if (user === undefined || user.emailVerifiedAt === null || user.status === 'pending') return null
  await assertMayLogIn(ctx, { user, action: SOCIAL_LOGIN })
  const condition = { ...stillAsProven(user), email: user.email }
  const result = await ctx.store.identities.insert(toNewIdentity(ctx, checked), user.id, condition)
  if (result.outcome !== 'inserted') return null
  await tellOfIdentity(ctx, user, result.identity)
  return user
}

const isSame = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && canonicalEmail(one) === canonicalEmail(other)

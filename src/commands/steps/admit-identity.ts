import { AuthError } from '../../errors.ts'
import { toAccount } from '../../model/account.ts'
import { canonicalEmail } from '../../model/identifier.ts'
import { type KnownIdentity, toIdentityInfo } from '../../model/identity.ts'
import { isActive, type User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { askHook } from './ask-hook.ts'
import { type CheckedIdentity, toNewIdentity } from './check-identity.ts'
import { stillAsProven } from './conditions.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { logAttempt } from './log-attempt.ts'
import { refuseLogin, SOCIAL_LOGIN } from './refuse-login.ts'
import { type OwnInput, registerIdentity } from './register-identity.ts'

/** Who may come in by an identity, and whether they are new here. */
export interface Admitted {
  readonly user: User
  readonly isNew: boolean
}

interface Admission {
  /** The handle of the session that a success will begin, for the attempt log. */
  readonly sessionId: string
  /** The application's own fields of a new user, as they came in. */
  readonly own: OwnInput
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

/**
 * Lets a user in who was found, or refuses as the gate for passwords does.
 *
 * Who is not verified is told so, whatever `login.revealStatus` says: it is told to whoever proves an identity for the
 * first time just the same, so that nothing can be learnt from it.
 */
async function assertMayLogIn(ctx: CommandContext, user: User): Promise<void> {
  const refuse = (outcome: 'not_active' | 'not_verified' | 'refused', error: AuthError): Promise<never> =>
    refuseLogin(ctx, { user, action: SOCIAL_LOGIN, outcome, error })
  const isUnproven = user.email !== null && user.emailVerifiedAt === null
  if (user.status === 'pending' || (isActive(user) && isUnproven && ctx.config.login.emailMustBeVerified)) {
    await enqueueMail(ctx, { kind: 'verify-email', user })
    return refuse('not_verified', new AuthError('email_not_verified'))
  }
  if (!isActive(user)) {
    const { revealStatus } = ctx.config.login
    return refuse('not_active', new AuthError(revealStatus ? 'user_not_active' : 'invalid_credentials'))
  }
  try {
    await askHook(ctx.hooks.beforeLogin?.(toAccount(user), ctx.request))
  } catch (error) {
    if (error instanceof AuthError) return refuse('refused', error)
    throw error
  }
}

async function admitKnown(ctx: CommandContext, checked: CheckedIdentity): Promise<Admitted | null> {
  const known = await ctx.store.identities.find(checked)
  if (known === null) return null
  const user = await withProvenAddress(ctx, known, checked)
  await assertMayLogIn(ctx, user)
  const { extraData, sealedTokens } = checked
  const tokens = sealedTokens === null ? {} : { sealedTokens }
  await ctx.store.identities.noteLogin(known.identity.id, { lastLoginAt: ctx.clock.now(), extraData, ...tokens })
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
  await assertMayLogIn(ctx, registered)
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
  await assertMayLogIn(ctx, user)
  const condition = { ...stillAsProven(user), email: user.email }
  const result = await ctx.store.identities.insert(toNewIdentity(ctx, checked), user.id, condition)
  if (result.outcome !== 'inserted') return null
  ctx.emit('identityConnected', { user, identity: toIdentityInfo(result.identity) }, ctx.request)
  return user
}

const isSame = (one: string | null, other: string | null): boolean =>
  one !== null && other !== null && canonicalEmail(one) === canonicalEmail(other)

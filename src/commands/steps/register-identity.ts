import type { InsertWithUserResult } from '../../contracts/store.ts'
import { AuthError } from '../../errors.ts'
import type { AttemptOutcome } from '../../model/attempt.ts'
import { canonicalEmail } from '../../model/identifier.ts'
import { toIdentityInfo } from '../../model/identity.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { askHook } from './ask-hook.ts'
import { type CheckedIdentity, toNewIdentity } from './check-identity.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { assertNoErrors } from './input.ts'
import { isUsernameTaken, type NewUserState, newUserRow, refuseTaken } from './insert-user.ts'
import { limitByAddress } from './limit-rate.ts'
import { type CheckedNewUser, type NewUserInput, readNewUser } from './read-new-user.ts'
import { refuseLogin, SOCIAL_LOGIN } from './refuse-login.ts'
import { insertStandIn, isHeldByStandIn } from './stand-in.ts'
import { usernameCandidates } from './username-candidates.ts'

/** What an application may ask of a new user besides what the provider tells. */
export interface OwnInput {
  readonly fields?: NonNullable<NewUserInput['fields']>
  readonly profiles?: NonNullable<NewUserInput['profiles']>
}

/** The same, and what a door asks of all who are new. */
export interface NewcomerInput extends OwnInput {
  /**
   * `mailed`: who has an address that the provider only claims waits for the mailed code, as all do where
   * `login.emailMustBeVerified` is on. @default as `login.emailMustBeVerified` says
   */
  readonly activation?: 'mailed'
  /** The user names that will do, of those that are made up. @default all that the configuration allows */
  readonly acceptsUsername?: (username: string) => boolean
  /** Tells that an address is in use also where it is only claimed, so that anybody can find out. @default false */
  readonly dangerouslyTellTaken?: boolean
}

/**
 * Makes a user of somebody who came by a provider for the first time, with the identity as one atomic step. `null` where
 * somebody else was faster with the same identity.
 *
 * The address is as good as the provider's word for it: vouched for, it is proven; otherwise it is a registration like any
 * other, and waits for the mailed code where that is asked of all. An address that somebody has is never taken over, nor
 * does it let anybody in. A registration that was never confirmed is nobody's: it makes room, password and all.
 *
 * @throws {AuthError} `registration_closed`, `rate_limited`, `validation_failed`, `refused_by_hook`, `email_in_use`,
 * `email_not_verified`
 */
export async function registerIdentity(
  ctx: CommandContext,
  checked: CheckedIdentity,
  own: NewcomerInput,
): Promise<User | null> {
  if (!ctx.config.registration.open) return refuse(ctx, 'refused', new AuthError('registration_closed'))
  await limitByAddress(ctx, 'registrationsPerAddress')
  const added = await addUnderFreeName(ctx, checked, own)
  if (added.outcome === 'inserted') return added.user
  if (added.outcome === 'identity-taken') return null
  if (added.field === 'email') return refuseTakenAddress(ctx, checked, own)
  throw refuseTaken(added.field)
}

/** The application is asked once, about the first name that is free; when somebody takes it meanwhile, another is found. */
async function addUnderFreeName(
  ctx: CommandContext,
  checked: CheckedIdentity,
  own: NewcomerInput,
): Promise<InsertWithUserResult> {
  let isAsked = false
  for (const username of acceptedNames(ctx, checked, own)) {
    if (await isUsernameTaken(ctx, username)) continue
    const user = readUser(ctx, checked, { ...own, username })
    if (!isAsked) await askHook(ctx.hooks.beforeRegister?.(user, ctx.request))
    isAsked = true
    const added = await addUser(ctx, user, { checked, own })
    if (added.outcome !== 'conflict' || added.field !== 'username') return added
  }
  return { outcome: 'conflict', field: 'username' }
}

function* acceptedNames(
  ctx: CommandContext,
  checked: CheckedIdentity,
  { acceptsUsername = () => true }: NewcomerInput,
): Generator<string | null> {
  for (const username of usernameCandidates(ctx, checked)) {
    if (username === null || acceptsUsername(username)) yield username
  }
}

function readUser(ctx: CommandContext, checked: CheckedIdentity, input: NewUserInput): CheckedNewUser {
  const { email, firstName, lastName } = checked
  const { user, errors } = readNewUser(ctx, { ...input, email, firstName, lastName }, { by: 'visitor' })
  assertNoErrors(errors)
  return user
}

interface Newcomer {
  readonly checked: CheckedIdentity
  readonly own: NewcomerInput
}

async function addUser(
  ctx: CommandContext,
  user: CheckedNewUser,
  { checked, own }: Newcomer,
): Promise<InsertWithUserResult> {
  const { row, options } = newUserRow(ctx, user, stateOf(ctx, checked, own))
  const added = await ctx.store.identities.insertWithUser(toNewIdentity(ctx, checked), row, options)
  if (added.outcome !== 'inserted') return added
  const { user: registered, identity } = added
  // The outbox leaves an address alone that is proven already.
  await enqueueMail(ctx, { kind: 'verify-email', user: registered })
  ctx.emit('userRegistered', { user: registered }, ctx.request)
  ctx.emit('identityConnected', { user: registered, identity: toIdentityInfo(identity) }, ctx.request)
  return added
}

/** Without a password, so that none works, not even an empty one. */
function stateOf(ctx: CommandContext, { email, isEmailProven }: CheckedIdentity, own: NewcomerInput): NewUserState {
  const mustWait = email !== null && !isEmailProven && isProofAsked(ctx, own)
  return {
    passwordHash: null,
    status: mustWait ? 'pending' : 'active',
    emailVerifiedAt: isEmailProven ? ctx.clock.now() : null,
    isStaff: false,
    isSuperuser: false,
  }
}

/** Whether everybody has to prove their address. */
const isProofAsked = ({ config }: CommandContext, { activation }: NewcomerInput): boolean =>
  config.login.emailMustBeVerified || activation === 'mailed'

/**
 * Whoever has proven the address may know that it is in use here. Where it is only claimed, and everybody must prove
 * theirs, the answer is that of a new user. The owner gets the mail that a registration would cause.
 */
async function refuseTakenAddress(ctx: CommandContext, checked: CheckedIdentity, own: NewcomerInput): Promise<never> {
  const { email, isEmailProven } = checked
  if (!isProofAsked(ctx, own)) return refuse(ctx, 'refused', new AuthError('email_in_use'))
  const [owner] = await ctx.store.users.findByIdentifier(canonicalEmail(email ?? ''), ['email'], 1)
  if (owner !== undefined) await enqueueMail(ctx, { kind: 'already-registered', user: owner })
  const isTold = isEmailProven || own.dangerouslyTellTaken === true
  if (isTold) return refuse(ctx, 'refused', new AuthError('email_in_use'))
  await holdName(ctx, checked, own)
  return refuse(ctx, 'not_verified', new AuthError('email_not_verified'))
}

/** The name that a new user would have had is taken from now on, as it would be if there were one. */
async function holdName(ctx: CommandContext, checked: CheckedIdentity, own: NewcomerInput): Promise<void> {
  for (const username of acceptedNames(ctx, checked, own)) {
    const user = readUser(ctx, checked, { ...own, username })
    if (await isHeldByStandIn(ctx, user)) return
    if (await isUsernameTaken(ctx, username)) continue
    if ('user' in (await insertStandIn(ctx, user, stateOf(ctx, checked, own)))) return
  }
}

function refuse(ctx: CommandContext, outcome: AttemptOutcome, error: AuthError): Promise<never> {
  return refuseLogin(ctx, { user: null, action: SOCIAL_LOGIN, outcome, error })
}

import type { AuthenticationBackend, BackendTools, Credentials } from '../../contracts/authentication-backend.ts'
import { AuthError } from '../../errors.ts'
import type { AttemptOutcome } from '../../model/attempt.ts'
import { canonicalIdentifier } from '../../model/identifier.ts'
import { isActive, type User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { enqueueMailJob } from './enqueue-mail.ts'
import {
  type CountedKey,
  failGuess,
  type GuessSlots,
  releaseGuess,
  type StartedLock,
  succeedGuess,
  type TakeSlotsResult,
  takeGuessSlots,
} from './guess-slots.ts'
import { limitByAddress } from './limit-rate.ts'
import { countedKeys, lockKeysOf } from './lock-keys.ts'
import { logAttempt } from './log-attempt.ts'

interface TypedClaim {
  readonly identifier: string
  /** As what it is looked up, if not as all that the backends know; whatever else it is counts as unknown. */
  readonly kinds?: readonly IdentifierKind[] | null
}

type IdentifierKind = 'username' | 'email'

/** What is offered as proof, and what for. */
export interface Proof {
  /** What was typed, or the user of the session that must be confirmed. */
  readonly claim: TypedClaim | { readonly user: User }
  readonly password: string
  /** Asked in place of the configured backends; it may prove somebody whom the claim does not name. */
  readonly backend?: AuthenticationBackend
  /** What the password is asked for, for the attempt log: `login`, `change-password`, … */
  readonly action: string
  /** The handle of the session that a success will begin, for the attempt log. */
  readonly sessionId?: string
  /**
   * A success makes earlier wrong guesses be forgotten. Not where a program sends its password all the time: it would keep
   * making room for whoever guesses. @default true
   */
  readonly forgives?: boolean
  /** Tells why a right password does not let in. @default as `login.revealStatus` says */
  readonly revealStatus?: boolean
  /** Tells that nobody has the name that was typed, after the same work. @default false */
  readonly tellsUnknown?: boolean
  /** Asked once the user is proven; what it throws makes a failed attempt of it. */
  readonly accept?: (user: User) => Promise<void>
}

export interface ProvenUser {
  readonly user: User
  /** The name of the backend that proved it. */
  readonly backend: string
}

/**
 * The one gate: the only place where a password is checked, whoever asks.
 *
 * The order is what makes the lockout exact and the answers alike. A slot is taken before anything is hashed; one
 * hash is evaluated whatever was found; status and verification are looked at only after the password; and unknown,
 * wrong, inactive, unverified, ambiguous and locked cost the same and say the same unless the configuration tells them
 * apart.
 *
 * @throws {AuthError} `invalid_credentials`; where the configuration tells them apart also `locked_out`,
 * `user_not_active`, `email_not_verified`; `rate_limited` for an address; `overloaded`
 */
export async function proveUser(ctx: CommandContext, proof: Proof): Promise<ProvenUser> {
  await limitByAddress(ctx, 'passwordsPerAddress')
  const asked = await whoIsMeant(ctx, proof)
  const keys = countedKeys(ctx, asked)
  const taken = await takeGuessSlots(ctx, keys)
  if (taken.outcome === 'locked') return refuseLocked(ctx, { proof, asked, kind: taken.kind, until: taken.until })
  const { judged, slots } = await judge(ctx, { proof, asked, slots: taken.slots })
  if (judged.outcome === 'failed') return refuseFailed(ctx, { proof, asked, slots, failure: judged })
  if (proof.forgives === false) await releaseGuess(ctx, slots)
  else await succeedGuess(ctx, slots, alsoForgotten(judged.user, slots))
  await logAttempt(ctx, { ...loggedClaim(proof), user: judged.user, outcome: 'success' })
  if (judged.isStoredPassword) await upgradeHash(ctx, judged.user, proof.password)
  return { user: judged.user, backend: judged.backend }
}

/** Each backend with the users it could prove for what was typed. */
export interface Asked {
  readonly identifier: string | null
  readonly candidates: readonly { readonly backend: AuthenticationBackend; readonly users: readonly User[] }[]
}

async function whoIsMeant(ctx: CommandContext, proof: Proof): Promise<Asked> {
  const { claim, backend: only } = proof
  const backends = only === undefined ? ctx.backends : [only]
  const candidates: { backend: AuthenticationBackend; users: readonly User[] }[] = []
  if ('user' in claim) {
    // Read again: the session's user may be older than the request, and a password is only proven against today's.
    const user = await ctx.store.users.findById(claim.user.id)
    if (user === null) throw new AuthError('token_invalid')
    for (const backend of backends) candidates.push({ backend, users: [user] })
    return { identifier: null, candidates }
  }
  const tools = backendTools(ctx, { fairnessKey: '', proof })
  for (const backend of backends) {
    candidates.push({ backend, users: await backend.candidates(claim.identifier, tools) })
  }
  return { identifier: claim.identifier, candidates }
}

type Judgement =
  | {
      readonly outcome: 'proven'
      readonly user: User
      readonly backend: string
      /** The password that was typed is the one of which the hash is stored. */
      readonly isStoredPassword: boolean
    }
  | {
      readonly outcome: 'failed'
      readonly reason: AttemptOutcome
      readonly user: User | null
      readonly error?: AuthError
    }

interface Judged {
  readonly proof: Proof
  readonly asked: Asked
  readonly slots: GuessSlots
}

async function judge(
  ctx: CommandContext,
  asked: Judged,
): Promise<{ readonly judged: Judgement; readonly slots: GuessSlots }> {
  const found = await askBackends(ctx, asked)
  if (found.outcome === 'failed') return { judged: found, slots: asked.slots }
  const taken = await countUnnamed(ctx, asked, found.user)
  if (taken.outcome === 'taken') return { judged: await mayComeIn(ctx, asked.proof, found), slots: taken.slots }
  const error = ctx.config.login.revealLocks ? { error: lockedOut(ctx, taken.until) } : {}
  return { judged: { outcome: 'failed', reason: 'locked', user: found.user, ...error }, slots: asked.slots }
}

/**
 * Whom nothing that was typed had named is counted only now: their lock holds, and guesses at them wait for each other. What
 * was typed keeps its count, or whoever names somebody else and proves to be themselves would make room for more guesses.
 */
async function countUnnamed(ctx: CommandContext, { asked, slots }: Judged, user: User): Promise<TakeSlotsResult> {
  if (asked.candidates.some(({ users }) => users.some(({ id }) => id === user.id))) return { outcome: 'taken', slots }
  const keys = countedKeys(ctx, { identifier: null, candidates: [{ users: [user] }] })
  const own = keys.filter(({ key }) => !slots.keys.some((held) => held.key === key))
  try {
    return await takeGuessSlots(ctx, own, { ...slots, keys: slots.keys.map((key) => ({ ...key, remembers: true })) })
  } catch (error) {
    await failGuess(ctx, slots)
    throw error
  }
}

async function mayComeIn(
  ctx: CommandContext,
  proof: Proof,
  found: Extract<Judgement, { readonly outcome: 'proven' }>,
): Promise<Judgement> {
  const { user } = found
  if (!isActive(user)) return { outcome: 'failed', reason: 'not_active', user }
  // Who has no address has none to prove.
  const isUnproven = user.email !== null && user.emailVerifiedAt === null
  if (ctx.config.login.emailMustBeVerified && isUnproven) {
    return { outcome: 'failed', reason: 'not_verified', user }
  }
  const error = await refusalBy(proof, user)
  return error === null ? found : { outcome: 'failed', reason: 'refused', user, error }
}

async function refusalBy({ accept }: Proof, user: User): Promise<AuthError | null> {
  try {
    await accept?.(user)
    return null
  } catch (error) {
    if (error instanceof AuthError) return error
    throw error
  }
}

async function askBackends(ctx: CommandContext, { proof, asked, slots }: Judged): Promise<Judgement> {
  const verified = new Set<string>()
  const tools = backendTools(ctx, { fairnessKey: fairnessKeyOf(asked), proof, verified })
  const credentials: Credentials = { identifier: asked.identifier ?? '', password: proof.password }
  const meant = meantUser(asked)
  let answered = 0
  for (const { backend, users } of asked.candidates) {
    const verdict = await backend.authenticate(credentials, users, tools).catch(async (error: unknown) => {
      // A full queue gives the slot back, but only where no backend has judged the password yet.
      if (answered === 0 && isOverload(error)) await releaseGuess(ctx, slots)
      else await failGuess(ctx, slots)
      throw error
    })
    answered += 1
    if (verdict.outcome === 'proven') {
      if (proof.backend === undefined) assertNamed(backend, users, verdict.user)
      const { user } = verdict
      const isStoredPassword = user.passwordHash !== null && verified.has(user.passwordHash)
      return { outcome: 'proven', user, backend: verdict.backend ?? backend.name, isStoredPassword }
    }
    if (verdict.outcome === 'refused') return { outcome: 'failed', reason: 'refused', user: meant }
  }
  return { outcome: 'failed', reason: meant === null ? 'unknown_user' : 'wrong_password', user: meant }
}

/** Wrong guesses at a user who was not named were not counted against that user: such a proof must not count either. */
function assertNamed({ name }: AuthenticationBackend, users: readonly User[], proven: User): void {
  if (users.some(({ id }) => id === proven.id)) return
  throw new TypeError(`the backend "${name}" proved a user whom its candidates() had not named`)
}

const isOverload = (error: unknown): boolean => error instanceof AuthError && error.code === 'overloaded'

interface Locked {
  readonly proof: Proof
  readonly asked: Asked
  readonly kind: CountedKey['kind']
  readonly until: Date
}

async function refuseLocked(ctx: CommandContext, { proof, asked, kind, until }: Locked): Promise<never> {
  const user = meantUser(asked)
  await logAttempt(ctx, { ...loggedClaim(proof), user, outcome: 'locked', sessionId: null })
  emitFailure(ctx, { proof, user, outcome: 'locked' })
  // The lock of an address tells nothing about any user, so it may answer at once.
  if (kind === 'address') throw new AuthError('rate_limited', lockedOut(ctx, until).details)
  if (ctx.config.login.revealLocks) throw lockedOut(ctx, until)
  // As dear as a wrong password, once for each backend, and never looking at the right one.
  for (const _ of asked.candidates) {
    await ctx.hasher.verify({ password: proof.password, fairnessKey: fairnessKeyOf(asked) }, null)
  }
  throw refusal(ctx, proof, { reason: 'wrong_password', user })
}

function lockedOut(ctx: CommandContext, until: Date): AuthError {
  const remainingMilliseconds = until.getTime() - ctx.clock.now().getTime()
  return new AuthError('locked_out', { retryAfterSeconds: Math.max(1, Math.ceil(remainingMilliseconds / 1000)) })
}

interface Failed extends Judged {
  readonly failure: Extract<Judgement, { readonly outcome: 'failed' }>
}

async function refuseFailed(ctx: CommandContext, { proof, slots, failure }: Failed): Promise<never> {
  const locks = await failGuess(ctx, slots)
  await logAttempt(ctx, { ...loggedClaim(proof), user: failure.user, outcome: failure.reason, sessionId: null })
  emitFailure(ctx, { proof, user: failure.user, outcome: failure.reason })
  await announceLocks(ctx, { proof, user: failure.user, locks })
  throw failure.error ?? refusal(ctx, proof, failure)
}

type Refused = Pick<Failed['failure'], 'reason' | 'user'>

/** What the caller is told. By default only that it was wrong. */
function refusal(ctx: CommandContext, proof: Proof, { reason, user }: Refused): AuthError {
  const { revealStatus = ctx.config.login.revealStatus } = proof
  if (revealStatus && reason === 'not_active') {
    return new AuthError('user_not_active', user?.status === 'pending' ? { reason: 'pending' } : {})
  }
  if (revealStatus && reason === 'not_verified') return new AuthError('email_not_verified')
  if ('user' in proof.claim) return new AuthError('wrong_current_password')
  const isTold = proof.tellsUnknown === true && user === null
  return new AuthError('invalid_credentials', isTold ? { reason: 'user_unknown' } : {})
}

interface Announced {
  readonly proof: Proof
  readonly user: User | null
  readonly locks: readonly StartedLock[]
}

async function announceLocks(ctx: CommandContext, { proof, user, locks }: Announced): Promise<void> {
  const { identifier } = loggedClaim(proof)
  for (const { kind, until } of locks) {
    if (kind === 'address') ctx.emit('addressLockedOut', { address: ctx.request.addressBucket, until }, ctx.request)
  }
  const lock = locks.find(({ kind }) => kind !== 'address')
  if (lock === undefined) return
  ctx.emit('userLockedOut', { user, identifier, until: lock.until }, ctx.request)
  // The same work for a name that nobody has: the outbox finds out that there is nobody to tell.
  const to = user?.email ?? identifier
  if (to === null) return
  const data = { until: lock.until.toISOString() }
  const { language } = ctx.request
  await enqueueMailJob(ctx, {
    kind: 'locked-out',
    to,
    userId: user?.id ?? null,
    sessionEpoch: null,
    isOwed: false,
    language,
    data,
  })
}

function emitFailure(
  ctx: CommandContext,
  { proof, user, outcome }: { readonly proof: Proof; readonly user: User | null; readonly outcome: AttemptOutcome },
): void {
  const credentials = { identifier: loggedClaim(proof).identifier, password: '********************' } as const
  ctx.emit('loginFailed', { user, credentials, outcome, action: proof.action }, ctx.request)
}

const loggedClaim = (
  proof: Proof,
): { readonly identifier: string | null; readonly action: string; readonly sessionId: string | null } => ({
  identifier: 'user' in proof.claim ? null : proof.claim.identifier,
  action: proof.action,
  sessionId: proof.sessionId ?? null,
})

/** A known device vouches only for itself: what strangers did to the name stays. */
function alsoForgotten(user: User, { keys }: GuessSlots): readonly string[] {
  const isByDevice = keys.some(({ kind }) => kind === 'device')
  if (isByDevice) return []
  const taken = new Set(keys.map(({ key }) => key))
  return lockKeysOf(user).filter((key) => !taken.has(key))
}

/** The password is at hand only now: a hash of old parameters is replaced, unless somebody changed it meanwhile. */
async function upgradeHash(ctx: CommandContext, user: User, password: string): Promise<void> {
  if (user.passwordHash === null || !ctx.hasher.needsRehash(user.passwordHash)) return
  try {
    const passwordHash = await ctx.hasher.hash({ password, fairnessKey: `user:${user.id}` })
    await ctx.store.users.update(user.id, { passwordHash }, { when: { passwordHash: user.passwordHash } })
  } catch (error) {
    // The log-in has succeeded; the next one will try again.
    ctx.logger.warn({ err: error, userId: user.id }, 'a password hash could not be upgraded')
  }
}

interface ToolsFor {
  readonly fairnessKey: string
  readonly proof: Proof
  /** Gets each hash that the typed password fits. What a backend takes for a proof may be another site's password, or a PIN. */
  readonly verified?: Set<string>
}

function backendTools(ctx: CommandContext, { fairnessKey, proof, verified }: ToolsFor): BackendTools {
  const kinds = 'user' in proof.claim ? null : (proof.claim.kinds ?? null)
  return {
    users: kinds === null ? ctx.store.users : usersByKinds(ctx, kinds),
    verifyPassword: async (password, encoded) => {
      const isRight = await ctx.hasher.verify({ password, fairnessKey }, encoded)
      if (isRight && encoded !== null && password === proof.password) verified?.add(encoded)
      return isRight
    },
    canonical: canonicalIdentifier,
  }
}

/** What the caller does not ask for is found by no backend, however many it looks in. */
function usersByKinds({ store: { users } }: CommandContext, kinds: readonly IdentifierKind[]): BackendTools['users'] {
  return {
    findById: (id) => users.findById(id),
    async findByIdentifier(key, fields, limit) {
      const allowed = fields.filter((field) => kinds.includes(field))
      return allowed.length === 0 ? [] : users.findByIdentifier(key, allowed, limit)
    },
  }
}

/** Guesses at one user, or at one name that nobody has, wait in one line; others pass them. */
function fairnessKeyOf(asked: Asked): string {
  const user = meantUser(asked)
  return user === null ? `identifier:${canonicalIdentifier(asked.identifier ?? '')}` : `user:${user.id}`
}

const meantUser = (asked: Asked): User | null => asked.candidates.flatMap(({ users }) => users)[0] ?? null

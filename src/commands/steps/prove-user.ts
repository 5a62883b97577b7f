import type { AuthenticationBackend } from '../../contracts/authentication-backend.ts'
import { AuthError } from '../../errors.ts'
import type { AttemptOutcome } from '../../model/attempt.ts'
import { canonicalIdentifier } from '../../model/identifier.ts'
import { isActive, type User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { withAddressRules } from './address-rules.ts'
import { announceLocks } from './announce-locks.ts'
import { type Asked, askBackends, dueEvaluations, isOverload } from './ask-backends.ts'
import { backendTools, type Evaluations, noEvaluations } from './backend-tools.ts'
import { countedIdentifier } from './counted-identifier.ts'
import { findCandidates } from './find-candidates.ts'
import {
  type CountedKey,
  failGuess,
  type GuessSlots,
  releaseGuess,
  succeedGuess,
  type TakeSlotsResult,
  takeGuessSlots,
} from './guess-slots.ts'
import { limitByAddress } from './limit-rate.ts'
import { countedKeys, forgivenKeys, namedBy } from './lock-keys.ts'
import { isAddressListed, isNameListed } from './lockout-lists.ts'
import { logAttempt } from './log-attempt.ts'

interface TypedClaim {
  readonly identifier: string
  /** As what it is looked up, if not as all that the backends know; whatever else it is counts as unknown. */
  readonly kinds?: readonly ('username' | 'email')[] | null
}

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
  /** Tells of a lock. @default as `login.revealLocks` says */
  readonly revealLocks?: boolean
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
 * The order is what makes the lockout exact and the answers alike. A slot is taken before anything is hashed, of
 * everybody who is meant. Each backend evaluates as many hashes as it declares, of its candidates or of a decoy, and
 * `makeUpWork` adds to a refusal what is missing up to the sum of all backends: one of them may have ended the asking, or
 * none was asked because of a lock. What depends on no user, such as a source that asks too often, is answered at once.
 * Status and verification are looked at only after the password. So unknown, wrong, inactive, unverified,
 * ambiguous and locked cost the same and say the same unless the configuration tells them apart.
 *
 * @throws {AuthError} `invalid_credentials`; where the configuration tells them apart also `locked_out`,
 * `user_not_active`, `email_not_verified`; `rate_limited` for an address; `overloaded`
 */
export async function proveUser(call: CommandContext, proof: Proof): Promise<ProvenUser> {
  await limitByAddress(call, 'passwordsPerAddress')
  const ctx = await withAddressRules(call)
  const meant = await whoIsMeant(ctx, proof)
  if (isAddressListed(ctx, ctx.config.lockout.alwaysRefuse)) return refuseAddress(ctx, proof, meant)
  const { asked, taken } = await takeSlots(ctx, meant)
  if (taken.outcome === 'locked') return refuseLocked(ctx, { proof, asked, kind: taken.kind, until: taken.until })
  const evaluations = noEvaluations()
  const { judged, slots: held } = await judge(ctx, { proof, asked, evaluations, slots: taken.slots })
  if (judged.outcome === 'failed') return refuseFailed(ctx, { proof, asked, evaluations, slots: held, failure: judged })
  const slots = await failOthers(ctx, { proof, judged, slots: held })
  if (proof.forgives === false) await releaseGuess(ctx, slots)
  else await succeedGuess(ctx, slots, alsoForgotten(ctx, judged.user, slots))
  await logAttempt(ctx, { ...loggedClaim(proof), user: judged.user, outcome: 'success' })
  if (judged.isStoredPassword) await upgradeHash(ctx, judged.user, proof.password)
  return { user: judged.user, backend: judged.backend }
}

async function whoIsMeant(ctx: CommandContext, proof: Proof): Promise<Asked> {
  const { claim, backend: only, password } = proof
  const backends = only === undefined ? ctx.backends : [only]
  if ('user' in claim) {
    // Read again: the session's user may be older than the request, and a password is only proven against today's.
    const user = await ctx.store.users.findById(claim.user.id)
    if (user === null) throw new AuthError('token_invalid')
    return { identifier: null, candidates: backends.map((backend) => ({ backend, users: [user] })) }
  }
  const { identifier, kinds = null } = claim
  const tools = backendTools(ctx, { fairnessKey: '', password, kinds, evaluations: noEvaluations() })
  return { identifier, candidates: await findCandidates(backends, identifier, tools) }
}

interface TakenSlots {
  readonly asked: Asked
  readonly taken: TakeSlotsResult
}

/**
 * Takes a slot for everybody who is meant. Of several behind one identifier those who are locked are left out, and the others
 * go on: nobody is kept out by guesses at somebody else.
 */
async function takeSlots(ctx: CommandContext, asked: Asked): Promise<TakenSlots> {
  const taken = await takeGuessSlots(ctx, countedKeys(ctx, asCounted(ctx, asked)))
  if (taken.outcome === 'taken' || taken.userId === null) return { asked, taken }
  const candidates = asked.candidates.map(({ backend, users }) => ({
    backend,
    users: users.filter(({ id }) => id !== taken.userId),
  }))
  const isAnybodyLeft = candidates.some(({ users }) => users.length > 0)
  return isAnybodyLeft ? takeSlots(ctx, { ...asked, candidates }) : { asked, taken }
}

function asCounted(ctx: CommandContext, { identifier, candidates }: Asked): Asked {
  return { identifier: identifier === null ? null : countedIdentifier(ctx, identifier), candidates }
}

type Judgement =
  | {
      readonly outcome: 'proven'
      readonly user: User
      readonly backend: string
      /** The password that was typed is the one of which the hash is stored. */
      readonly isStoredPassword: boolean
      /** Others of whom it was tried as well: for them it was a wrong guess. */
      readonly alsoTried: readonly User[]
    }
  | {
      readonly outcome: 'failed'
      readonly reason: AttemptOutcome
      readonly user: User | null
      readonly error?: AuthError
      /** What a backend or a hook threw that is no answer. */
      readonly fault?: unknown
    }

interface Judged {
  readonly proof: Proof
  readonly asked: Asked
  readonly evaluations: Evaluations
  readonly slots: GuessSlots
}

async function judge(
  ctx: CommandContext,
  asked: Judged,
): Promise<{ readonly judged: Judgement; readonly slots: GuessSlots }> {
  const found = await judgePassword(ctx, asked)
  if (found.outcome === 'failed') return { judged: found, slots: asked.slots }
  const taken = await countUnnamed(ctx, asked, found.user)
  if (taken.outcome === 'taken') return { judged: await mayComeIn(ctx, asked.proof, found), slots: taken.slots }
  const error = tellsLocks(ctx, asked.proof) ? { error: lockedOut(ctx, taken.until) } : {}
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
  // Whom nothing that was typed had named is found out only here.
  if (isNameListed(ctx, ctx.config.lockout.alwaysRefuse, { identifier: null, users: [user] })) {
    return { outcome: 'failed', reason: 'refused', user }
  }
  if (!isActive(user)) return { outcome: 'failed', reason: 'not_active', user }
  // Who has no address has none to prove.
  const isUnproven = user.email !== null && user.emailVerifiedAt === null
  if (ctx.config.login.emailMustBeVerified && isUnproven) {
    return { outcome: 'failed', reason: 'not_verified', user }
  }
  try {
    await proof.accept?.(user)
    return found
  } catch (error) {
    const refused = { outcome: 'failed', reason: 'refused', user } as const
    return error instanceof AuthError ? { ...refused, error } : { ...refused, fault: error }
  }
}

async function judgePassword(ctx: CommandContext, { proof, asked, slots, evaluations }: Judged): Promise<Judgement> {
  const { claim, password, backend } = proof
  const user = meantUser(asked)
  // Counted like a wrong password, and never looking at the right one.
  const isRefused = isNameListed(ctx, ctx.config.lockout.alwaysRefuse, namedBy(asCounted(ctx, asked)))
  if (isRefused) return { outcome: 'failed', reason: 'refused', user }
  const found = await askBackends(ctx, {
    asked,
    password,
    kinds: 'user' in claim ? null : (claim.kinds ?? null),
    fairnessKey: fairnessKeyOf(asked),
    provesCandidatesOnly: backend === undefined,
    evaluations,
  })
  switch (found.outcome) {
    case 'proven':
      return found
    case 'refused':
      return { outcome: 'failed', reason: 'refused', user }
    case 'unproven':
      return { outcome: 'failed', reason: user === null ? 'unknown_user' : 'wrong_password', user }
    case 'failed':
      // A full queue gives the slot back, but only where no backend has judged the password yet.
      if (found.wasJudged || !isOverload(found.error))
        return { outcome: 'failed', reason: 'refused', user, fault: found.error }
      await releaseGuess(ctx, slots)
      throw found.error
  }
}

interface Proven {
  readonly proof: Proof
  readonly judged: Extract<Judgement, { readonly outcome: 'proven' }>
  readonly slots: GuessSlots
}

/**
 * What was right for one of those behind an identifier was a wrong guess at each of the others of whom it was tried: otherwise
 * somebody who shares their identifier could go on guessing, with a right password of their own in between. Of whom nothing
 * was tried nothing changes.
 */
async function failOthers(ctx: CommandContext, { proof, judged, slots }: Proven): Promise<GuessSlots> {
  const { slotId } = slots
  const { identifier } = loggedClaim(proof)
  const others = new Map(judged.alsoTried.map((user) => [user.id, user]))
  for (const user of others.values()) {
    const locks = await failGuess(ctx, { slotId, keys: slots.keys.filter(({ userId }) => userId === user.id) })
    await announceLocks(ctx, { identifier, user, locks })
  }
  const kept = slots.keys.filter(({ userId }) => userId === undefined || !others.has(userId))
  // What was typed names the others as well: it may be all that is counted of guesses at them from elsewhere.
  const isElses = ({ kind, userId }: CountedKey): boolean =>
    userId === undefined ? kind === 'identifier' && others.size > 0 : userId !== judged.user.id
  return { slotId, keys: kept.map((key) => (isElses(key) ? { ...key, remembers: true } : key)) }
}

/** Tells nothing about any user, so it may answer at once. */
async function refuseAddress(ctx: CommandContext, proof: Proof, asked: Asked): Promise<never> {
  const user = meantUser(asked)
  await logAttempt(ctx, { ...loggedClaim(proof), user, outcome: 'refused', sessionId: null })
  emitFailure(ctx, { proof, user, outcome: 'refused' })
  throw new AuthError('rate_limited')
}

interface Locked {
  readonly proof: Proof
  readonly asked: Asked
  readonly kind: CountedKey['kind']
  readonly until: Date | null
}

async function refuseLocked(ctx: CommandContext, { proof, asked, kind, until }: Locked): Promise<never> {
  const user = meantUser(asked)
  await logAttempt(ctx, { ...loggedClaim(proof), user, outcome: 'locked', sessionId: null })
  emitFailure(ctx, { proof, user, outcome: 'locked' })
  // The lock of an address tells nothing about any user, so it may answer at once.
  if (kind === 'address') throw new AuthError('rate_limited', lockedOut(ctx, until).details)
  if (tellsLocks(ctx, proof)) throw lockedOut(ctx, until)
  await makeUpWork(ctx, { proof, asked, evaluations: noEvaluations() })
  throw refusal(ctx, proof, { reason: 'wrong_password', user })
}

const tellsLocks = ({ config }: CommandContext, { revealLocks = config.login.revealLocks }: Proof): boolean =>
  revealLocks

/** Says when to come back, where the lock ends by itself. */
function lockedOut(ctx: CommandContext, until: Date | null): AuthError {
  if (until === null) return new AuthError('locked_out')
  const remainingMilliseconds = until.getTime() - ctx.clock.now().getTime()
  return new AuthError('locked_out', { retryAfterSeconds: Math.max(1, Math.ceil(remainingMilliseconds / 1000)) })
}

interface Failed extends Judged {
  readonly failure: Extract<Judgement, { readonly outcome: 'failed' }>
}

async function refuseFailed(ctx: CommandContext, failed: Failed): Promise<never> {
  const { proof, slots, failure } = failed
  const locks = await failGuess(ctx, slots)
  await logAttempt(ctx, { ...loggedClaim(proof), user: failure.user, outcome: failure.reason, sessionId: null })
  emitFailure(ctx, { proof, user: failure.user, outcome: failure.reason })
  await announceLocks(ctx, { identifier: loggedClaim(proof).identifier, user: failure.user, locks })
  if ('fault' in failure) throw failure.fault
  await makeUpWork(ctx, failed)
  throw failure.error ?? refusal(ctx, proof, failure)
}

/**
 * Every refusal is as dear as a wrong password that all backends were asked about, whichever of them ended it, and even
 * where one of them forgot to. Nobody's password is looked at in doing so.
 */
async function makeUpWork(
  ctx: CommandContext,
  { proof, asked, evaluations }: Pick<Judged, 'proof' | 'asked' | 'evaluations'>,
): Promise<void> {
  const request = { password: proof.password, fairnessKey: fairnessKeyOf(asked) }
  for (let done = evaluations.count; done < dueEvaluations(asked); done += 1) await ctx.hasher.verify(request, null)
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
function alsoForgotten(ctx: CommandContext, user: User, { keys }: GuessSlots): readonly string[] {
  const isByDevice = keys.some(({ kind }) => kind === 'device')
  // Whoever is never locked may log in all day long, and would keep making room for those who guess.
  if (isByDevice || keys.length === 0) return []
  const taken = new Set(keys.map(({ key }) => key))
  return forgivenKeys(ctx, user).filter((key) => !taken.has(key))
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

/** Guesses at one user, or at one name that nobody has, wait in one line; others pass them. */
function fairnessKeyOf(asked: Asked): string {
  const user = meantUser(asked)
  return user === null ? `identifier:${canonicalIdentifier(asked.identifier ?? '')}` : `user:${user.id}`
}

const meantUser = (asked: Asked): User | null => asked.candidates.flatMap(({ users }) => users)[0] ?? null

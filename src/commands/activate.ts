import { AuthError } from '../errors.ts'
import type { Code } from '../model/code.ts'
import type { Carrier, IssuedToken } from '../model/session.ts'
import { isActive, isUnconfirmed, type User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { beginFirstSession } from './steps/begin-first-session.ts'
import { ALL_BUT_UNDO } from './steps/conditions.ts'
import { enqueueMail } from './steps/enqueue-mail.ts'
import {
  assertOwnerExists,
  type FoundCode,
  type PresentedCodeInput,
  peekCode,
  refuseCode,
  takeCode,
  whyMissed,
} from './steps/find-code.ts'

/** The code from the mailed link, and whatever else the link says of it. */
export interface ActivateInput extends PresentedCodeInput {
  /** Logs in, this way, a user who has never been let in before. @default nobody is logged in */
  readonly carrier?: Carrier
  /** Begins a session with a cookie beside the one of the carrier. @default false */
  readonly withCookie?: boolean
  /**
   * Logs in also who was active without having proven the address: whoever reads the mailbox is in then, past the
   * password. @default false
   */
  readonly dangerouslyLogInActive?: boolean
}

export interface ActivateResult {
  readonly user: User
  /** Only where a carrier was given, the user is one to be let in, and nothing kept the session from beginning. */
  readonly issued: IssuedToken | null
  /** Only beside `issued`, with `withCookie`. */
  readonly cookie: IssuedToken | null
}

/**
 * Proves the address that the code was mailed to, and activates a user who was pending.
 *
 * A user whom an operator disabled stays disabled, and a code for an address that is no longer the user's is dead. Who
 * was let in before is not logged in by a link, unless the caller asks for it: their password, and whatever else they log
 * in with, is not passed by.
 *
 * @throws {AuthError} `code_invalid`, with the reason `user_unknown` where a user is named whom there is not, and
 * `already_active` for a code that was used or has nothing left to do; `rate_limited`
 */
export async function activate(ctx: CommandContext, input: ActivateInput): Promise<ActivateResult> {
  const { carrier, withCookie = false, dangerouslyLogInActive = false, ...presented } = input
  const code = await findActivation(ctx, presented)
  const before = await requireUnproven(ctx, code)
  await takeCode(ctx, code)
  const updated = await ctx.store.users.update(
    before.id,
    { status: 'active', emailVerifiedAt: ctx.clock.now() },
    { when: { status: before.status, email: before.email }, removeCodes: ALL_BUT_UNDO },
  )
  if (updated.outcome !== 'updated') throw new AuthError('code_invalid')
  const { user } = updated
  await markSpent(ctx, code)
  ctx.emit('emailVerified', { user }, ctx.request)
  if (!isActive(before)) await enqueueMail(ctx, { kind: 'account-activated', user })
  const isLetIn = isUnconfirmed(before) || (dangerouslyLogInActive && isActive(before))
  if (!isLetIn) return { user, issued: null, cookie: null }
  const first = { user, carrier, assurance: 'mailed-code', withCookie, by: 'activation' } as const
  return { user, ...(await beginFirstSession(ctx, first)) }
}

async function findActivation(ctx: CommandContext, presented: PresentedCodeInput): Promise<FoundCode> {
  await assertOwnerExists(ctx, presented)
  const code = await peekCode(ctx, presented, 'verify-email')
  if (code !== null) return code
  const spent = await peekCode(ctx, presented, 'spent-verify-email')
  if (spent === null) return refuseCode(ctx, await whyMissed(ctx, presented, 'verify-email', 'spent-verify-email'))
  const user = await ctx.store.users.findById(spent.userId)
  throw user !== null && isProven(user) ? alreadyActive() : new AuthError('code_invalid')
}

async function requireUnproven(ctx: CommandContext, { userId, payload }: FoundCode): Promise<User> {
  const user = await ctx.store.users.findById(userId)
  if (user === null || user.status === 'disabled' || user.email !== payload.address) throw new AuthError('code_invalid')
  if (isProven(user)) throw alreadyActive()
  return user
}

const isProven = (user: User): boolean => isActive(user) && user.emailVerifiedAt !== null

const alreadyActive = (): AuthError => new AuthError('code_invalid', { reason: 'already_active' })

/** Until it would have expired, pressing the link again is answered otherwise than a link that never was. */
async function markSpent(ctx: CommandContext, code: Code): Promise<void> {
  try {
    await ctx.store.codes.insert({ ...code, purpose: 'spent-verify-email' })
  } catch (error) {
    // The address is proven: a missing mark costs a better sentence, nothing else.
    ctx.logger.warn({ err: error, userId: code.userId }, 'a used code could not be marked')
  }
}

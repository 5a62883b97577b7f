import { AuthError } from '../../errors.ts'
import { toAccount } from '../../model/account.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { askHook } from './ask-hook.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { forgetGuesses } from './forget-guesses.ts'
import { refuseField } from './input.ts'
import { refuseTaken } from './insert-user.ts'
import { stillAsJudged, type Touch } from './may-touch.ts'
import type { OperatorRight } from './require-operator.ts'

export type UserActionName =
  | 'activate'
  | 'deactivate'
  | 'unlock'
  | 'end-sessions'
  | 'verify-email'
  | 'send-reset'
  | 'delete'

/** Something that operators do to users with a click. */
export interface UserAction {
  readonly right: OperatorRight
  readonly touch: Touch
  /** The operator must have given the password lately. */
  readonly isDangerous: boolean
  /** Not to oneself. */
  readonly isForOthersOnly: boolean
  /** What the audit log calls it. */
  readonly audited: string
  readonly run: (ctx: CommandContext, user: User) => Promise<'done' | 'unchanged'>
}

const HARMLESS = { touch: 'data', isDangerous: false, isForOthersOnly: true } as const

const DANGEROUS = { touch: 'way-in', isDangerous: true, isForOthersOnly: true } as const

export const USER_ACTIONS: Readonly<Record<UserActionName, UserAction>> = {
  activate: { ...HARMLESS, right: 'change_user', audited: 'user.activated', run: activate },
  deactivate: { ...HARMLESS, right: 'change_user', audited: 'user.deactivated', run: deactivate },
  unlock: { ...HARMLESS, right: 'unlock', audited: 'user.unlocked', run: unlock },
  'end-sessions': { ...HARMLESS, right: 'end_session', audited: 'user.sessions-ended', run: endSessions },
  'verify-email': { ...DANGEROUS, right: 'change_user', audited: 'user.email-verified', run: verifyEmail },
  'send-reset': { ...HARMLESS, right: 'change_user', audited: 'user.reset-sent', run: sendReset },
  delete: { ...DANGEROUS, right: 'delete_user', audited: 'user.deleted', run: remove },
}

async function activate(ctx: CommandContext, user: User): Promise<'done' | 'unchanged'> {
  if (user.status === 'active') return 'unchanged'
  const updated = await ctx.store.users.update(user.id, { status: 'active' }, { when: stillAsJudged(ctx, user) })
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  ctx.emit('profileUpdated', { user: updated.user }, ctx.request)
  return 'done'
}

async function deactivate(ctx: CommandContext, user: User): Promise<'done' | 'unchanged'> {
  if (user.status === 'disabled') return 'unchanged'
  const consequences = { endSessions: 'all', removeCodes: 'all', when: stillAsJudged(ctx, user) } as const
  const updated = await ctx.store.users.update(user.id, { status: 'disabled' }, consequences)
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  ctx.emit('sessionRevoked', { user: updated.user, sessionIds: 'all' }, ctx.request)
  return 'done'
}

async function unlock(ctx: CommandContext, user: User): Promise<'done'> {
  await forgetGuesses(ctx, user)
  ctx.emit('userUnlocked', { user, identifier: null }, ctx.request)
  return 'done'
}

async function endSessions(ctx: CommandContext, user: User): Promise<'done' | 'unchanged'> {
  const now = ctx.clock.now()
  const live = await ctx.store.sessions.listForUser(user.id, now)
  // Also where there are none: a log-in that is under way begins no session in this epoch any more.
  const updated = await ctx.store.users.update(user.id, {}, { endSessions: 'all', when: stillAsJudged(ctx, user) })
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  const ids = live.map(({ id }) => id)
  await ctx.store.attempts.markLoggedOut(ids, now)
  ctx.emit('sessionRevoked', { user: updated.user, sessionIds: 'all' }, ctx.request)
  return ids.length === 0 ? 'unchanged' : 'done'
}

async function verifyEmail(ctx: CommandContext, user: User): Promise<'done' | 'unchanged'> {
  const { email, emailVerifiedAt } = user
  if (email === null) throw refuseField('email', 'required')
  if (emailVerifiedAt !== null) return 'unchanged'
  const when = { ...stillAsJudged(ctx, user), email }
  const updated = await ctx.store.users.update(user.id, { emailVerifiedAt: ctx.clock.now() }, { when })
  if (updated.outcome === 'conflict') throw refuseTaken(updated.field)
  if (updated.outcome === 'missed') throw new AuthError('not_found')
  ctx.emit('emailVerified', { user: updated.user }, ctx.request)
  return 'done'
}

/** To the stored address and nowhere else; who it goes to is settled when it is written. */
async function sendReset(ctx: CommandContext, user: User): Promise<'done'> {
  if (user.email === null) throw refuseField('email', 'required')
  if (user.status === 'disabled') throw new AuthError('user_not_active')
  await enqueueMail(ctx, { kind: 'reset-password', user })
  return 'done'
}

async function remove(ctx: CommandContext, user: User): Promise<'done'> {
  await askHook(ctx.hooks.beforeDelete?.(toAccount(user), ctx.request))
  if (!(await ctx.store.users.delete(user.id, stillAsJudged(ctx, user)))) throw new AuthError('not_found')
  await forgetGuesses(ctx, user)
  ctx.emit('userDeleted', { user }, ctx.request)
  return 'done'
}

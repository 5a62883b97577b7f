import { AuthError } from '../../errors.ts'
import { toAccount } from '../../model/account.ts'
import type { User, UserChanges } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { askHook } from './ask-hook.ts'
import { assertLeavesSuperuser } from './assert-leaves-superuser.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { forgetGuesses } from './forget-guesses.ts'
import { refuseField } from './input.ts'
import { refuseTaken } from './insert-user.ts'
import { stillAsJudged, type Touch } from './may-touch.ts'
import { requireActor } from './require-actor.ts'
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
  /** What becomes of a superuser by it; left out where that is none of its business. `null`: they are deleted. */
  readonly changes?: UserChanges
  readonly run: (ctx: CommandContext, user: User) => Promise<ActionOutcome>
}

/** What came of it. */
export interface ActionOutcome {
  readonly outcome: 'done' | 'unchanged'
  /** Tells whoever listens, once it is written down. */
  readonly tell: () => void
}

const UNCHANGED: ActionOutcome = { outcome: 'unchanged', tell: () => undefined }

const HARMLESS = { touch: 'data', isDangerous: false, isForOthersOnly: true } as const

const DANGEROUS = { touch: 'way-in', isDangerous: true, isForOthersOnly: true } as const

export const USER_ACTIONS: Readonly<Record<UserActionName, UserAction>> = {
  activate: { ...HARMLESS, right: 'change_user', audited: 'user.activated', run: activate },
  deactivate: {
    ...HARMLESS,
    right: 'change_user',
    audited: 'user.deactivated',
    changes: { status: 'disabled' },
    run: deactivate,
  },
  unlock: { ...HARMLESS, right: 'unlock', audited: 'user.unlocked', run: unlock },
  'end-sessions': { ...HARMLESS, right: 'end_session', audited: 'user.sessions-ended', run: endSessions },
  'verify-email': { ...DANGEROUS, right: 'change_user', audited: 'user.email-verified', run: verifyEmail },
  'send-reset': { ...HARMLESS, right: 'change_user', audited: 'user.reset-sent', run: sendReset },
  delete: { ...DANGEROUS, right: 'delete_user', audited: 'user.deleted', run: remove },
}

async function activate(ctx: CommandContext, user: User): Promise<ActionOutcome> {
  if (user.status === 'active') return UNCHANGED
  const updated = await ctx.store.users.update(user.id, { status: 'active' }, { when: stillAsJudged(ctx, user) })
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  return { outcome: 'done', tell: () => ctx.emit('profileUpdated', { user: updated.user }, ctx.request) }
}

async function deactivate(ctx: CommandContext, user: User): Promise<ActionOutcome> {
  if (user.status === 'disabled') return UNCHANGED
  const consequences = { endSessions: 'all', removeCodes: 'all', when: stillAsJudged(ctx, user) } as const
  const updated = await ctx.store.users.update(user.id, { status: 'disabled' }, consequences)
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  return {
    outcome: 'done',
    tell: () => ctx.emit('sessionRevoked', { user: updated.user, sessionIds: 'all' }, ctx.request),
  }
}

async function unlock(ctx: CommandContext, user: User): Promise<ActionOutcome> {
  await forgetGuesses(ctx, user)
  return { outcome: 'done', tell: () => ctx.emit('userUnlocked', { user, identifier: null }, ctx.request) }
}

async function endSessions(ctx: CommandContext, user: User): Promise<ActionOutcome> {
  const now = ctx.clock.now()
  const live = await ctx.store.sessions.listForUser(user.id, now)
  // Also where there are none: a log-in that is under way begins no session in this epoch any more.
  const updated = await ctx.store.users.update(user.id, {}, { endSessions: 'all', when: stillAsJudged(ctx, user) })
  if (updated.outcome !== 'updated') throw new AuthError('not_found')
  const ids = live.map(({ id }) => id)
  await ctx.store.attempts.markLoggedOut(ids, now)
  return {
    outcome: ids.length === 0 ? 'unchanged' : 'done',
    tell: () => ctx.emit('sessionRevoked', { user: updated.user, sessionIds: 'all' }, ctx.request),
  }
}

async function verifyEmail(ctx: CommandContext, user: User): Promise<ActionOutcome> {
  const { email, emailVerifiedAt } = user
  if (email === null) throw refuseField('email', 'required')
  if (emailVerifiedAt !== null) return UNCHANGED
  const when = { ...stillAsJudged(ctx, user), email }
  const updated = await ctx.store.users.update(user.id, { emailVerifiedAt: ctx.clock.now() }, { when })
  if (updated.outcome === 'conflict') throw refuseTaken(updated.field)
  if (updated.outcome === 'missed') throw new AuthError('not_found')
  return { outcome: 'done', tell: () => ctx.emit('emailVerified', { user: updated.user }, ctx.request) }
}

/** To the stored address and nowhere else; who it goes to is settled when it is written. */
async function sendReset(ctx: CommandContext, user: User): Promise<ActionOutcome> {
  if (user.email === null) throw refuseField('email', 'required')
  if (user.status === 'disabled') throw new AuthError('user_not_active')
  await enqueueMail(ctx, { kind: 'reset-password', user })
  return { ...UNCHANGED, outcome: 'done' }
}

async function remove(ctx: CommandContext, user: User): Promise<ActionOutcome> {
  await askHook(ctx.hooks.beforeDelete?.(toAccount(user), ctx.request))
  // Behind the hook, which may take longer than that is remembered.
  await assertLeavesSuperuser(ctx, { operator: requireActor(ctx).user, subject: user, changes: null })
  if (!(await ctx.store.users.delete(user.id, stillAsJudged(ctx, user)))) throw new AuthError('not_found')
  await forgetGuesses(ctx, user)
  return { outcome: 'done', tell: () => ctx.emit('userDeleted', { user }, ctx.request) }
}

import { AuthError } from '../errors.ts'
import type { AuditObject } from '../model/audit.ts'
import { LOCK_PREFIX, narrowerKeys, readLockKey } from '../model/lock-key.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { assertFresh, type FreshnessInput } from './steps/assert-fresh.ts'
import { forgetGuesses } from './steps/forget-guesses.ts'
import { assertMayTouch, assertSuperuser } from './steps/may-touch.ts'
import { requireOperator } from './steps/require-operator.ts'
import { auditedUser, writeAudit } from './steps/write-audit.ts'

export interface AdminEndLockInput extends FreshnessInput {
  /** The `id` of a lock, or, for superusers, `all` for every lock there is. */
  readonly lockId: string
}

/** No key is longer. */
const MAX_LENGTH = 1024

/**
 * Ends a lock and forgets the wrong guesses behind it; with the lock of a user all locks of that user.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`; `forbidden`, with the reason `proof_too_old`
 */
export async function adminEndLock(ctx: CommandContext, input: AdminEndLockInput): Promise<void> {
  const operator = await requireOperator(ctx, 'unlock')
  const { lockId } = input
  if (lockId === 'all') {
    assertSuperuser(operator)
    await assertFresh(ctx, input)
    return endAll(ctx)
  }
  const isKey =
    typeof lockId === 'string' && lockId.length <= MAX_LENGTH && lockId.isWellFormed() && !lockId.includes('\0')
  const subject = isKey ? readLockKey(lockId, ctx.config.ids) : null
  if (subject === null) throw new AuthError('not_found')
  const user = subject.userId === null ? null : await ctx.store.users.findById(subject.userId)
  if (user !== null) await assertMayTouch(ctx, operator, { subject: user, touch: 'data' })
  // Whoever found an open browser could else end the lock between their guesses at its owner's password.
  if (user?.id === operator.id) await assertFresh(ctx, input)
  await ctx.throttles.delete([lockId])
  await ctx.throttles.deleteByPrefix(narrowerKeys(lockId))
  if (user !== null) await forgetGuesses(ctx, user)
  await writeAudit(ctx, { action: 'lock.ended', object: auditedLock(user, subject.address) })
  ctx.emit('userUnlocked', { user, identifier: null }, ctx.request)
}

async function endAll(ctx: CommandContext): Promise<void> {
  await ctx.throttles.deleteByPrefix(LOCK_PREFIX)
  await writeAudit(ctx, { action: 'lock.all-ended', object: { kind: 'lock', id: null, name: null } })
  ctx.emit('userUnlocked', { user: null, identifier: null }, ctx.request)
}

const auditedLock = (user: User | null, address: string | null): AuditObject =>
  user === null ? { kind: 'lock', id: address, name: address } : auditedUser(user)

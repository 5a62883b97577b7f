import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { enqueueMail } from './enqueue-mail.ts'

interface OperatorNews {
  readonly before: User
  readonly after: User
  readonly changesPermissions: boolean
}

/** Tells users, and whoever listens, what an operator changed. The old address, if it was proven, can take the change back. */
export async function tellOperatorChange(
  ctx: CommandContext,
  { before, after, changesPermissions }: OperatorNews,
): Promise<void> {
  const { email: oldEmail, username: oldUsername } = before
  if (oldEmail !== null && before.emailVerifiedAt !== null && oldEmail !== after.email) {
    const data = { newEmail: after.email ?? '' }
    await enqueueMail(ctx, { kind: 'email-changed', user: before, to: oldEmail, data })
  }
  if (oldUsername !== after.username) {
    await enqueueMail(ctx, { kind: 'username-changed', user: after })
    ctx.emit('usernameChanged', { user: after, oldUsername }, ctx.request)
  }
  if (oldEmail !== after.email) ctx.emit('emailChanged', { user: after, oldEmail }, ctx.request)
  if (before.status !== 'disabled' && after.status === 'disabled') {
    ctx.emit('sessionRevoked', { user: after, sessionIds: 'all' }, ctx.request)
  }
  if (changesPermissions) ctx.emit('permissionsChanged', { user: after, replaced: 'permissions' }, ctx.request)
  ctx.emit('profileUpdated', { user: after }, ctx.request)
}

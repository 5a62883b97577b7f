import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { userChanges } from './audit-changes.ts'
import { auditedUser, writeAudit } from './write-audit.ts'

/** Writes down that somebody changed somebody else, where anything is another now. */
export async function auditChange(ctx: CommandContext, before: User, after: User): Promise<void> {
  const changes = userChanges(ctx, before, after)
  if (changes.length > 0) await writeAudit(ctx, { action: 'user.updated', object: auditedUser(after), changes })
}

import type { AuditChange, AuditObject } from '../../model/audit.ts'
import type { Group } from '../../model/group.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { maskEmail } from './mask-value.ts'

/** What was done, and to what. */
export interface AuditedAction {
  /** `user.updated`, … */
  readonly action: string
  readonly object: AuditObject
  /** @default none */
  readonly changes?: readonly AuditChange[]
}

/** Of a change of many fields so many are written down. */
const MAX_CHANGES = 100

/**
 * Writes down what an operator did: who, when, from where, through which door. Called once it is done, so an entry tells of
 * nothing that did not happen; where it cannot be written, the operator is told that the store is away.
 */
export async function writeAudit(ctx: CommandContext, { action, object, changes = [] }: AuditedAction): Promise<void> {
  const actor = ctx.actor?.user ?? null
  await ctx.store.audit.insert({
    at: ctx.clock.now(),
    actorId: actor === null ? null : String(actor.id),
    actorName: actor === null ? null : nameOf(actor),
    door: ctx.request.door,
    address: ctx.request.address,
    action,
    object,
    changes: changes.slice(0, MAX_CHANGES),
  })
}

/** Someone as far as the audit log names them. */
type Named = Pick<User, 'id' | 'username' | 'email'>

export const auditedUser = (user: Named): AuditObject => ({ kind: 'user', id: String(user.id), name: nameOf(user) })

export const auditedGroup = ({ id, name }: Group): AuditObject => ({ kind: 'group', id: String(id), name })

/** By an address only as far as it can be told from others. */
const nameOf = ({ username, email }: Named): string | null => username ?? (email === null ? null : maskEmail(email))

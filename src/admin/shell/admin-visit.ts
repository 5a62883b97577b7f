import type { CommandContext } from '../../commands/context.ts'
import { listPermissions, type PermissionsOfUser } from '../../commands/list-permissions.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import { adminMessagesFor } from '../../messages/admin/catalogues.ts'
import type { Actor } from '../../model/session.ts'
import type { AdminSetup } from '../setup.ts'
import { type CsrfValue, csrfValueOf } from './csrf-value.ts'

/** One request for a page, of whomever. */
export interface AdminVisit {
  readonly exchange: Exchange
  readonly setup: AdminSetup
  readonly ctx: CommandContext
  readonly words: AdminMessages
  readonly csrf: CsrfValue
  /** Who is logged in and lets pages be shown; `null` for the log-in page and what stands in front of it. */
  readonly operator: Operator | null
}

export interface Operator {
  readonly actor: Actor
  /**
   * What the operator may do, for what pages offer. It permits nothing: each command asks by itself.
   */
  readonly rights: ReadonlySet<string>
}

/** A request of somebody who may see pages. */
export interface AdminCall extends AdminVisit {
  readonly operator: Operator
}

/** What is known before anybody has proved anything. */
export function visitOf(exchange: Exchange, setup: AdminSetup): AdminVisit {
  return {
    exchange,
    setup,
    ctx: exchange.ctx,
    words: adminMessagesFor(exchange.info.language),
    csrf: csrfValueOf(exchange),
    operator: null,
  }
}

/**
 * The request of an operator. Others have no session here, whatever they have elsewhere: they are led to the log-in.
 *
 * @throws {AuthError} `not_authenticated`
 */
export async function callOf(exchange: Exchange, setup: AdminSetup): Promise<AdminCall> {
  const { actor } = exchange.ctx
  if (actor === null || !actor.user.isStaff) throw new AuthError('not_authenticated')
  const { effective } = await listPermissions(exchange.ctx, { userId: actor.user.id })
  return { ...visitOf(exchange, setup), operator: { actor, rights: rightsOf(effective) } }
}

function rightsOf(effective: PermissionsOfUser['effective']): ReadonlySet<string> {
  return new Set(effective.map(({ permission }) => permission))
}

import { AuthError } from '../../errors.ts'
import type { ActiveSession } from '../../model/session.ts'
import type { CommandContext } from '../context.ts'

/** @throws {AuthError} `not_authenticated` where the caller has no session */
export function requireActor(ctx: CommandContext): ActiveSession {
  if (ctx.actor === null) throw new AuthError('not_authenticated')
  return ctx.actor
}

import { AuthError } from '../../errors.ts'
import type { Actor } from '../../model/session.ts'
import type { CommandContext } from '../context.ts'

/** @throws {AuthError} `not_authenticated` where nobody proved to be somebody */
export function requireActor(ctx: CommandContext): Actor {
  if (ctx.actor === null) throw new AuthError('not_authenticated')
  return ctx.actor
}

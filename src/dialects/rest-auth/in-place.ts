import type { CommandContext } from '../../commands/context.ts'
import { logout } from '../../commands/logout.ts'
import type { Carrier } from '../../model/session.ts'
import type { LoggedIn } from './login-answer.ts'

/**
 * A log-in whose new session takes the place of the one that the browser came with: nothing is left behind of which no
 * cookie knows any more.
 */
export function inPlace<I extends { readonly carrier?: Carrier }, O extends LoggedIn>(
  command: (ctx: CommandContext, input: I) => Promise<O>,
): (ctx: CommandContext, input: I) => Promise<O> {
  return async (ctx, input) => {
    const result = await command(ctx, input)
    const begun = input.carrier === 'cookie' ? result.issued : result.cookie
    if (begun !== null && ctx.actor?.session.carrier === 'cookie') await logout(ctx)
    return result
  }
}

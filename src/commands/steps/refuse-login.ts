import type { AuthError } from '../../errors.ts'
import type { AttemptOutcome } from '../../model/attempt.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { logAttempt } from './log-attempt.ts'

/** What the attempt log calls a log-in by a provider. */
export const SOCIAL_LOGIN = 'social-login'

interface RefusedLogin {
  /** `null` where nobody here was found. */
  readonly user: User | null
  readonly action: string
  readonly outcome: AttemptOutcome
  readonly error: AuthError
}

/** Writes a log-in without a password down as failed, tells listeners, and throws. */
export async function refuseLogin(ctx: CommandContext, { user, action, outcome, error }: RefusedLogin): Promise<never> {
  await logAttempt(ctx, { user, identifier: null, action, outcome, sessionId: null })
  const credentials = { identifier: null, password: '********************' } as const
  ctx.emit('loginFailed', { user, credentials, outcome, action }, ctx.request)
  throw error
}

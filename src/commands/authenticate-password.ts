import { toAccount } from '../model/account.ts'
import type { Actor } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { CommandContext } from './context.ts'
import { askHook } from './steps/ask-hook.ts'
import { newSessionId } from './steps/begin-session.ts'
import { assertIdentifier, assertPasswordText } from './steps/input.ts'
import { proveUser } from './steps/prove-user.ts'

export interface AuthenticatePasswordInput {
  /** A user name or an address, as far as the configuration lets them log in. */
  readonly identifier: unknown
  readonly password: unknown
}

/**
 * Proves a caller who sends name and password with the request itself (HTTP Basic, RFC 7617). Nothing is begun or stored:
 * the next request must prove it again, through the same gate, with the same limits and locks.
 *
 * @throws {AuthError} `validation_failed`, what `proveUser` throws, `refused_by_hook`
 */
export async function authenticatePassword(ctx: CommandContext, input: AuthenticatePasswordInput): Promise<Actor> {
  const { identifier, password } = input
  assertIdentifier('identifier', identifier)
  assertPasswordText('password', password)
  const accept = (user: User): Promise<void> => askHook(ctx.hooks.beforeLogin?.(toAccount(user), ctx.request))
  const { user, backend } = await proveUser(ctx, {
    claim: { identifier },
    password,
    action: 'basic',
    forgives: false,
    accept,
  })
  return { user, session: unstoredSession(ctx, user, backend) }
}

function unstoredSession(ctx: CommandContext, user: User, backend: string): Actor['session'] {
  const now = ctx.clock.now()
  const { address, userAgent } = ctx.request
  return {
    // Random, so that it names no session that there is: "all others" are all.
    id: newSessionId(ctx),
    userId: user.id,
    carrier: 'none',
    createdAt: now,
    lastUsedAt: now,
    idleExpiresAt: now,
    expiresAt: now,
    address,
    userAgent,
    assurance: 'password',
    backend,
    generation: 0,
    rotatedAt: null,
  }
}

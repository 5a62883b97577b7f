import { AuthError } from '../../errors.ts'
import { toAccount } from '../../model/account.ts'
import { isActive, type User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { askHook } from './ask-hook.ts'
import { enqueueMail } from './enqueue-mail.ts'
import { refuseLogin } from './refuse-login.ts'

interface Proven {
  readonly user: User
  /** For the attempt log: `social-login` or `social-connect`. */
  readonly action: string
}

/**
 * Lets somebody in whom a provider has proven, or refuses as the gate for passwords does.
 *
 * Who is not verified is told so, whatever `login.revealStatus` says: it is told to whoever proves an identity for the
 * first time just the same, so that nothing can be learnt from it.
 *
 * @throws {AuthError} `email_not_verified`, `user_not_active`, `invalid_credentials`, `refused_by_hook`
 */
export async function assertMayLogIn(ctx: CommandContext, { user, action }: Proven): Promise<void> {
  const refuse = (outcome: 'not_active' | 'not_verified' | 'refused', error: AuthError): Promise<never> =>
    refuseLogin(ctx, { user, action, outcome, error })
  const isUnproven = user.email !== null && user.emailVerifiedAt === null
  if (user.status === 'pending' || (isActive(user) && isUnproven && ctx.config.login.emailMustBeVerified)) {
    await enqueueMail(ctx, { kind: 'verify-email', user })
    return refuse('not_verified', new AuthError('email_not_verified'))
  }
  if (!isActive(user)) {
    const { revealStatus } = ctx.config.login
    return refuse('not_active', new AuthError(revealStatus ? 'user_not_active' : 'invalid_credentials'))
  }
  try {
    await askHook(ctx.hooks.beforeLogin?.(toAccount(user), ctx.request))
  } catch (error) {
    if (error instanceof AuthError) return refuse('refused', error)
    throw error
  }
}

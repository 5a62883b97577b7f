import type { CommandContext } from '../context.ts'
import { isUsernameTaken } from './insert-user.ts'
import { usernameCandidates } from './username-candidates.ts'

interface Wanted {
  /** As it came in. */
  readonly address: unknown
  readonly accepts: (username: string) => boolean
}

/**
 * User names that nobody has at the moment, made of what stands before the `@` of an address, best first. Which one is
 * still free a moment later only the store knows.
 */
export async function* freeUsernames(ctx: CommandContext, { address, accepts }: Wanted): AsyncGenerator<string | null> {
  const email = typeof address === 'string' ? address : null
  for (const username of usernameCandidates(ctx, { usernameHint: null, firstName: '', lastName: '', email })) {
    const isAccepted = username === null || accepts(username)
    if (isAccepted && !(await isUsernameTaken(ctx, username))) yield username
  }
}

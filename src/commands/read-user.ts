import { AuthError } from '../errors.ts'
import { canonicalUsername, MAX_IDENTIFIER_LENGTH } from '../model/identifier.ts'
import type { User } from '../model/user.ts'
import { readUserId } from '../model/user-id.ts'
import type { CommandContext } from './context.ts'
import { requireActor } from './steps/require-actor.ts'

export interface ReadUserInput {
  /** A number or a text, as it stands in an address. */
  readonly userId?: unknown
  /** In place of the id. */
  readonly username?: unknown
  /** `everybody`: the caller may see all, by a rule that whoever calls this has applied. @default as staff may */
  readonly sees?: 'everybody'
}

/**
 * The user of that id or name, for staff, for the user themself, and for whom the door lets see them.
 *
 * @throws {AuthError} `not_authenticated`, `not_found`, `forbidden`
 */
export async function readUser(ctx: CommandContext, input: ReadUserInput): Promise<User> {
  const { user: actor } = requireActor(ctx)
  const user = await findUser(ctx, input)
  if (user === null) throw new AuthError('not_found')
  if (user.id !== actor.id && !actor.isStaff && input.sees !== 'everybody') throw new AuthError('forbidden')
  return user
}

async function findUser(ctx: CommandContext, { userId, username }: ReadUserInput): Promise<User | null> {
  if (username !== undefined) return findByName(ctx, username)
  const id = readUserId(userId, ctx.config.ids)
  const actor = ctx.actor?.user ?? null
  if (actor !== null && id === actor.id) return actor
  return id === null ? null : ctx.store.users.findById(id)
}

async function findByName({ store }: CommandContext, username: unknown): Promise<User | null> {
  if (typeof username !== 'string' || username.length > MAX_IDENTIFIER_LENGTH) return null
  // No database keeps these, so nobody has them.
  if (username.includes('\0') || !username.isWellFormed()) return null
  const [user = null] = await store.users.findByIdentifier(canonicalUsername(username), ['username'], 1)
  return user
}

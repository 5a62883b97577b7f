import { canonicalEmail } from '../../model/identifier.ts'
import { codePointLength } from '../../util/text.ts'
import type { CommandContext } from '../context.ts'
import { newPasswordErrors } from './accept-password.ts'
import { freeUsernames } from './free-usernames.ts'
import { holdsAddress } from './holds-address.ts'
import type { FieldErrors } from './input.ts'
import { isUsernameTaken } from './insert-user.ts'
import { type CheckedNewUser, type NewUserInput, readNewUser } from './read-new-user.ts'

/** What somebody sends who registers, and how much of it is asked for. */
export interface RegistrationInput extends NewUserInput {
  readonly password?: unknown
  /** The password a second time, where the form asks for it; compared as it is. */
  readonly passwordAgain?: unknown
  /** The user logs in some other way, or asks for a password by mail: `password` is not looked at. @default false */
  readonly withoutPassword?: boolean
  /** An address must be given, also where the model does without. @default false */
  readonly emailRequired?: boolean
  /** Code points that a password needs where the site has no validators at all. @default 0 */
  readonly minLengthWithoutValidators?: number
  /**
   * Makes a user name of the address where none is given, with digits behind it where somebody has that; a function takes
   * the names that will do. Nothing where `user.username` is `'invented'`: then all get another one. @default false
   */
  readonly inventUsername?: boolean | ((username: string) => boolean)
  /** Refuses an address that somebody has, so that anybody can find out who has an account. @default false */
  readonly dangerouslyTellTaken?: boolean
}

/** Reads a registration, and says everything that is wrong with it: at once, and before anything is hashed. */
export async function judgeRegistration(
  ctx: CommandContext,
  input: RegistrationInput,
): Promise<{ readonly user: CheckedNewUser; readonly errors: FieldErrors }> {
  const named = await withUsername(ctx, input)
  const { user, errors } = readNewUser(ctx, named, { by: 'visitor' })
  // A name that was made up was free a moment ago. If it is not any more, nobody is told: another one is made.
  const isChosen = named.username === input.username
  const isTaken = isChosen && errors['username'] === undefined && (await isUsernameTaken(ctx, user.username))
  return {
    user,
    errors: {
      ...errors,
      ...(isTaken ? { username: [{ code: 'taken' }] } : {}),
      ...(isAddressMissing(user, input) ? { email: [{ code: 'required' }] } : {}),
      ...((await isAddressTold(ctx, user, input)) ? { email: [{ code: 'taken' }] } : {}),
      ...(input.withoutPassword === true ? {} : await passwordErrors(ctx, user, input)),
    },
  }
}

/** Tells the names that may be made up where none was given; `null` where one was, or must be. Only who says nothing at all gets one. */
export function inventedNames(
  { config }: Pick<CommandContext, 'config'>,
  { inventUsername = false, username }: RegistrationInput,
): ((username: string) => boolean) | null {
  // Names that are public are not made of an address, whatever a door asks for: the store makes them.
  if (inventUsername === false || username !== undefined || config.user.username === 'invented') return null
  return inventUsername === true ? () => true : inventUsername
}

/** What is made here may be gone a moment later: then another one is made. */
async function withUsername(ctx: CommandContext, input: RegistrationInput): Promise<RegistrationInput> {
  const accepts = inventedNames(ctx, input)
  if (accepts === null) return input
  for await (const username of freeUsernames(ctx, { address: input.email, accepts })) return { ...input, username }
  return input
}

const isAddressMissing = ({ email }: CheckedNewUser, input: RegistrationInput): boolean =>
  input.emailRequired === true && email === null && isNothing(input.email)

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === ''

async function isAddressTold(
  ctx: CommandContext,
  { email }: CheckedNewUser,
  { dangerouslyTellTaken = false }: RegistrationInput,
): Promise<boolean> {
  if (!dangerouslyTellTaken || email === null) return false
  const [owner] = await ctx.store.users.findByIdentifier(canonicalEmail(email), ['email'], 1)
  return owner !== undefined && holdsAddress(ctx, owner)
}

async function passwordErrors(
  ctx: CommandContext,
  user: CheckedNewUser,
  { password, passwordAgain: again, minLengthWithoutValidators: minLength = 0 }: RegistrationInput,
): Promise<FieldErrors> {
  const errors = await newPasswordErrors(ctx, user, { field: 'password', password, again })
  const isUnjudged = ctx.validators.length === 0 && errors['password']?.length === 0
  if (!isUnjudged || codePointLength(String(password)) >= minLength) return errors
  return { ...errors, password: [{ code: 'password_too_short', params: { minLength } }] }
}

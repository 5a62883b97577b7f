import type { Auth, Caller, NewAccount, UserOf } from './auth.ts'
import { AuthError, type FieldError } from './errors.ts'
import { normalizeEmail } from './model/email-address.ts'
import type { FieldDefinitions, ValuesOf } from './model/field.ts'
import { MAX_IDENTIFIER_LENGTH } from './model/identifier.ts'

/** What a manager makes a user of. Declared fields stand flat beside the built-in ones. */
export type ManagedUser<F extends FieldDefinitions> = Omit<NewAccount<F>, 'fields'> &
  Partial<ValuesOf<F>> & {
    /** Without one the user cannot log in with a password before a reset. An empty text is refused. */
    readonly password?: string | null
    /** @default false, but true for staff users and superusers */
    readonly isStaff?: boolean
    /** @default false, but true for superusers */
    readonly isSuperuser?: boolean
  }

export interface UserManagerOptions {
  /** Whether the validators' complaints about passwords count. @default 'bypassed', as in Django's managers */
  readonly passwordCheck?: 'enforced' | 'bypassed'
  /** Where the calls come from, for events. @default unknown */
  readonly caller?: Caller
}

/** For operators, like the functions it stands on: never hand it input from outside unchecked. */
export interface UserManager<F extends FieldDefinitions> {
  /**
   * Makes an active user with a proven address, in one write.
   *
   * @throws {AuthError} `validation_failed`; its message is Django's where the model's name or address is blank
   */
  createUser(input: ManagedUser<F>): Promise<UserOf<F>>
  /** The same with `isStaff`. @throws {AuthError} `validation_failed`, also for an explicit `isStaff: false` */
  createStaffUser(input: ManagedUser<F>): Promise<UserOf<F>>
  /** The same with `isStaff` and `isSuperuser`. @throws {AuthError} `validation_failed`, also where one of them is `false` */
  createSuperuser(input: ManagedUser<F>): Promise<UserOf<F>>
  /** The user whose login field, the first of `login.identifiers`, is exactly this text; else `null`. */
  getByNaturalKey(identifier: string): Promise<UserOf<F> | null>
  /** The address trimmed and with its domain in lower case; nothing else is checked. */
  normalizeEmail(text: string | null | undefined): string
}

/**
 * The vocabulary of Django's user managers over the functions of `auth`, for code that says `User.objects.create_user(…)`.
 *
 * @example
 * ```ts
 * const users = userManager(auth)
 * await users.createSuperuser({ email: 'ann@example.org', password: 'quiet otter by the weir' })
 * ```
 */
export function userManager<F extends FieldDefinitions>(
  auth: Auth<F>,
  options: UserManagerOptions = {},
): UserManager<F> {
  // A manager of undeclared fields does whatever one of declared fields does; only the types know which there are.
  return managerOf(auth as unknown as Auth, options) as unknown as UserManager<F>
}

type AnyUser = ManagedUser<FieldDefinitions>

function managerOf(auth: Auth, options: UserManagerOptions): UserManager<FieldDefinitions> {
  const { passwordCheck = 'bypassed', caller } = options
  const add = async (input: AnyUser): Promise<UserOf<FieldDefinitions>> => {
    assertNamed(auth, input)
    return await auth.createUser({ ...newUserOf(input), passwordCheck }, caller)
  }
  return {
    createUser: add,
    async createStaffUser(input) {
      assertMarked(input.isStaff, 'isStaff', 'Staff user must have is_staff=True.')
      return await add({ ...input, isStaff: true })
    },
    async createSuperuser(input) {
      assertMarked(input.isStaff, 'isStaff', 'Superuser must have is_staff=True.')
      assertMarked(input.isSuperuser, 'isSuperuser', 'Superuser must have is_superuser=True.')
      return await add({ ...input, isStaff: true, isSuperuser: true })
    },
    getByNaturalKey: (identifier) => findByNaturalKey(auth, identifier),
    normalizeEmail: (text) => normalizeEmail(typeof text === 'string' ? text : ''),
  }
}

function newUserOf(input: AnyUser): Omit<Parameters<Auth['createUser']>[0], 'passwordCheck'> {
  const { username, email, password = null, firstName, lastName, profiles, isStaff, isSuperuser, ...fields } = input
  return {
    ...(username === undefined ? {} : { username }),
    // What is no text is told by the check of the command.
    ...(email === undefined ? {} : { email: typeof email === 'string' ? normalizeEmail(email) : email }),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(profiles === undefined ? {} : { profiles }),
    ...(isStaff === undefined ? {} : { isStaff }),
    ...(isSuperuser === undefined ? {} : { isSuperuser }),
    fields,
    password,
  }
}

/** Django's words, with the space at the end of the first. */
function assertNamed({ config }: Auth, { username, email }: AnyUser): void {
  const { user: model } = config
  if (model.username === 'required' && isBlank(username)) {
    throw refusal('username', { code: 'required' }, 'Users must have an username ')
  }
  if (model.email === 'required' && isBlank(email)) {
    throw refusal('email', { code: 'required' }, 'The given email must be set')
  }
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === ''

/** @throws {AuthError} where somebody said that the mark is not to be set */
function assertMarked(given: unknown, mark: string, message: string): void {
  if (given !== undefined && given !== true) throw refusal(mark, { code: 'custom', params: { message } }, message)
}

function refusal(field: string, error: FieldError, message: string): AuthError {
  return new AuthError('validation_failed', { fields: { [field]: [error] } }, { message })
}

/** What no store can hold, nobody is called. */
const canBeStored = (text: string): boolean =>
  text.length <= MAX_IDENTIFIER_LENGTH && text.isWellFormed() && !text.includes('\0')

async function findByNaturalKey(auth: Auth, identifier: unknown): Promise<UserOf<FieldDefinitions> | null> {
  if (typeof identifier !== 'string' || !canBeStored(identifier)) return null
  const [field = 'email'] = auth.config.login.identifiers
  const user = await auth.findUser(identifier, [field])
  if (user === null || user[field] !== identifier) return null
  // Several may claim one address there; only who has proven it is meant by it.
  const isClaimed = field === 'email' && auth.config.user.emailUnique === 'once-proven' && user.emailVerifiedAt === null
  return isClaimed ? null : user
}

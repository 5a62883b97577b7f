import type { Auth, UserOf } from '../../auth.ts'
import { AuthError } from '../../errors.ts'
import type { FieldDefinitions } from '../../model/field.ts'
import { refusalLines } from './account-words.ts'
import { type FieldArguments, fieldValues } from './field-arguments.ts'
import { Stop } from './stop.ts'

/** What is known about the new user. */
export interface AccountWish {
  readonly username: string | undefined
  readonly email: string | undefined
  readonly fields: FieldArguments
  readonly isStaff: boolean
  readonly isSuperuser: boolean
}

export interface KnownPassword {
  /** `null`: the user cannot log in with a password. */
  readonly password: string | null
  readonly passwordCheck: 'enforced' | 'bypassed'
}

export type MadeUser = UserOf<FieldDefinitions>

/** Makes the user out of what is known. @throws {AuthError} `validation_failed` */
export function makeAccount(auth: Auth, wish: AccountWish, known: KnownPassword): Promise<MadeUser> {
  const { username, email, isStaff, isSuperuser } = wish
  const input = {
    ...(username === undefined ? {} : { username }),
    ...(email === undefined ? {} : { email }),
    fields: fieldValues(auth.config.user.fields, wish.fields),
    isStaff,
    isSuperuser,
    ...known,
  }
  return auth.createUser(input, { door: 'cli' })
}

/** @throws {Stop} 1 with all complaints about what was given, where `making` refuses it */
export async function explainingRefusals(making: Promise<MadeUser>): Promise<MadeUser> {
  try {
    return await making
  } catch (error) {
    if (!(error instanceof AuthError) || error.details.fields === undefined) throw error
    throw new Stop(1, refusalLines(error.details.fields).join('\n'), { cause: error })
  }
}

import type { FieldError } from '../errors.ts'

/** What a password is judged against. */
export interface PasswordContext {
  readonly username: string | null
  readonly email: string | null
  readonly firstName: string
  readonly lastName: string
  /** Words that say where one is, such as the site's name. */
  readonly siteWords: readonly string[]
}

/** Judges a new password. All configured validators are asked, in order, and all complaints are shown. */
export interface PasswordValidator {
  readonly name: string
  /** No complaints: an empty list. The password is at most 4,096 bytes. */
  validate(password: string, context: PasswordContext): readonly FieldError[] | Promise<readonly FieldError[]>
}

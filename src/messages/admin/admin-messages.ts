import type { FieldErrorCode } from '../../errors.ts'
import type { AttemptOutcome } from '../../model/attempt.ts'
import type { UserStatus } from '../../model/user.ts'
import type { FieldErrorParams } from '../messages.ts'
import type { ListMessages } from './list-messages.ts'
import type { UserMessages } from './user-messages.ts'

/**
 * Every sentence of the pages for operators, in one language. Where Django's admin has a sentence for it, the English and the
 * German one are near to that, because operators know it.
 */
export interface AdminMessages {
  /** BCP 47. */
  readonly language: string
  readonly frame: FrameWords
  readonly sections: { readonly [K in SectionName]: string }
  readonly values: ValueWords
  readonly fields: { readonly [K in FieldName]: string }
  readonly login: {
    readonly title: string
    readonly usernameOrEmail: string
    readonly password: string
    readonly button: string
    /** Whatever was wrong; `label` is what the first field is called. */
    readonly refused: (label: string) => string
    readonly notStaff: string
  }
  readonly loggedOut: { readonly title: string; readonly sentence: string; readonly again: string }
  readonly ownPassword: {
    readonly title: string
    readonly old: string
    readonly new: string
    readonly again: string
    readonly button: string
    readonly wrong: string
    readonly done: string
  }
  /** The page in front of what is dangerous. */
  readonly confirm: {
    readonly title: string
    readonly explanation: string
    readonly password: string
    readonly button: string
    readonly wrong: string
  }
  readonly missing: { readonly title: string; readonly sentence: string; readonly back: string }
  readonly refused: { readonly title: string }
  readonly forged: { readonly title: string; readonly sentence: string }
  readonly fault: { readonly title: string; readonly sentence: (requestId: string) => string }
  /** The address asks for a list in a way that there is none. */
  readonly unfitQuery: { readonly title: string; readonly sentence: string; readonly back: string }
  readonly complaints: { readonly [K in FieldErrorCode]: (params: FieldErrorParams) => string }
  /** In place of what `complaints` has for them, where it is known which field it is and how long the text was. */
  readonly taken: (label: string) => string
  readonly tooLong: (maxLength: number, length: number) => string
  readonly users: UserMessages
  readonly lists: ListMessages
}

export interface FrameWords {
  readonly title: (siteName: string) => string
  /** In front of the title of a page whose form came back. */
  readonly errorPrefix: string
  readonly skip: string
  readonly viewSite: string
  readonly changePassword: string
  readonly logOut: string
  readonly sections: string
  readonly crumbs: string
  readonly correct: (problems: number) => string
  readonly save: string
  readonly saveAndContinue: string
  readonly saveAndAddAnother: string
  readonly cancel: string
  readonly delete: string
  readonly search: string
  readonly filter: string
  /** The line that hides the filters where there is no room for them. */
  readonly filters: string
  readonly clear: string
  readonly all: string
  readonly next: string
  readonly previous: string
  readonly first: string
  readonly none: string
  readonly run: string
  /** Of a chooser with two boxes. */
  readonly available: string
  readonly chosen: string
  readonly choose: string
  readonly unchoose: string
}

type SectionName = 'overview' | 'users' | 'groups' | 'attempts' | 'locks' | 'addresses' | 'outbox' | 'audit'

interface ValueWords {
  readonly never: string
  readonly yes: string
  readonly no: string
  readonly forever: string
  readonly count: (count: number, isExact: boolean) => string
  readonly status: { readonly [K in UserStatus]: string }
  readonly outcome: { readonly [K in AttemptOutcome]: string }
}

type FieldName =
  | 'id'
  | 'username'
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'status'
  | 'isActive'
  | 'isStaff'
  | 'isSuperuser'
  | 'isEmailVerified'
  | 'dateJoined'
  | 'lastLoginAt'
  | 'groups'
  | 'permissions'
  | 'password'
  | 'passwordAgain'

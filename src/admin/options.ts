import type { Html } from '../http/html-page.ts'
import type { Account } from '../model/account.ts'
import type { FieldValue } from '../model/field.ts'
import type { UserConditions, UserOrderKey } from '../model/user-list.ts'

/** A text in one language, or one that knows the reader's: `(language) => language === 'de' ? 'Land' : 'Country'`. */
export type AdminText = string | ((language: string) => string)

/** What a column shows. Moments are written in the reader's zone, booleans as yes or no. */
export type ColumnValue = string | number | boolean | Date | null

/** The columns there are. `fields.phone`: a declared field; `profiles.author.penName`: one of a profile. */
export type UserColumnName =
  | 'id'
  | 'username'
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'status'
  | 'isStaff'
  | 'isSuperuser'
  | 'isEmailVerified'
  | 'dateJoined'
  | 'lastLoginAt'
  | `fields.${string}`
  | `profiles.${string}.${string}`

/** A column of your own. */
export interface UserColumn {
  /** Letters, digits and `-`: it names the column in addresses and in the file that is exported. */
  readonly name: string
  readonly label: AdminText
  /** Called for each row that is shown or exported; it gets no secret. */
  readonly value: (user: Account) => ColumnValue | Promise<ColumnValue>
  /** Makes the heading a link that orders the list by this. @default it does not order */
  readonly orderBy?: UserOrderKey
}

export type UserFilterName = 'staff' | 'superuser' | 'status' | 'verified' | 'locked' | 'group' | 'joined' | 'lastLogin'

/** A filter of your own: each choice stands for conditions that the store can keep fast. */
export interface UserFilter {
  /** Letters, digits and `-`: the parameter in the address. */
  readonly name: string
  readonly label: AdminText
  readonly choices: readonly UserFilterChoice[]
}

export interface UserFilterChoice {
  readonly value: string
  readonly label: AdminText
  readonly conditions: (now: Date) => UserConditions
}

/** Something of your own that can be done to users who were ticked in the list. */
export interface UserAction {
  /** Letters, digits and `-`. */
  readonly name: string
  readonly label: AdminText
  /** Who may do it: one of the declared permissions. */
  readonly permission: string
  /** The operator must have given the password within the last minutes. @default false */
  readonly isDangerous?: boolean
  /** Gives the sentence that the list shows afterwards. */
  readonly run: (input: UserActionInput) => Promise<string>
}

export interface UserActionInput {
  readonly users: readonly Account[]
  /** Who does it. */
  readonly actor: Account
  /** BCP 47, of the operator's page. */
  readonly language: string
}

/** How a declared field is edited in place of the way that its kind has. */
export interface FieldWidget {
  /** @default the field's name, in words */
  readonly label?: AdminText
  readonly help?: AdminText
  /** `textarea` is for long texts; `choices` offers `choices` alone. @default as the kind of the field says */
  readonly as?: 'input' | 'textarea' | 'choices' | 'readonly'
  /** For `as: 'choices'`. */
  readonly choices?: readonly { readonly value: string; readonly label: AdminText }[]
  /** Shows a value that is only read. @default as text */
  readonly show?: (value: FieldValue, user: Account) => string
}

/** One group of the change form. */
export interface UserFieldset {
  readonly title: AdminText
  /** Built-in names, or declared fields as `fields.phone`. */
  readonly fields: readonly string[]
}

/** A page of your own among those of the admin, with their frame. */
export interface AdminPage {
  /** Below the mount: lower-case letters, digits and `-`. */
  readonly path: string
  readonly title: AdminText
  /** Who may open it: one of the declared permissions. */
  readonly permission: string
  /** Made with the tag `html` of this module, which escapes whatever is put into it. */
  readonly content: (input: AdminPageInput) => Html | Promise<Html>
}

export interface AdminPageInput {
  readonly actor: Account
  readonly language: string
  readonly query: URLSearchParams
}

export interface AdminUserOptions {
  /** @default username, email, firstName, lastName and isStaff, as far as the model has them */
  readonly columns?: readonly (UserColumnName | UserColumn)[]
  /** @default staff, superuser, status, verified, locked, group, joined */
  readonly filters?: readonly (UserFilterName | UserFilter)[]
  /** Beside the built-in ones. @default [] */
  readonly actions?: readonly UserAction[]
  /** How the list is ordered at first, with `-` in front for the other direction. @default by user name, else by address */
  readonly order?: UserOrderKey | `-${UserOrderKey}`
  /** Rows of a page, up to 200. @default 100 */
  readonly pageSize?: number
  /** Where in a text a word is looked for. Only the beginning can be found with an index. @default 'beginning' */
  readonly searchMatch?: 'beginning' | 'anywhere'
  /** Groups of declared fields in the change form. @default one group with all of them */
  readonly fieldsets?: readonly UserFieldset[]
  /** How declared fields are edited: by `phone`, or by `author.penName` for the field of a profile. @default by their kind */
  readonly widgets?: Readonly<Record<string, FieldWidget>>
  /** What profiles are called. @default their names, in words */
  readonly profileLabels?: Readonly<Record<string, AdminText>>
}

export interface AdminOptions {
  /** In the head of each page. @default the name of the site with “administration” behind it */
  readonly title?: AdminText
  /** One colour for links and buttons, as `#rrggbb`; it is made darker or lighter where it could not be read. @default '#1d4ed8' */
  readonly accent?: string
  /** After how long dangerous actions ask for the operator's password again, in seconds. @default 600 */
  readonly proofSeconds?: number
  readonly users?: AdminUserOptions
  /** @default [] */
  readonly pages?: readonly AdminPage[]
}

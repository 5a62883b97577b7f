/**
 * Permissions are names that the program declares: `module.codename`. What is stored are names alone; one that no
 * program declares any more opens nothing.
 */

/** The names with what a person reads beside each. */
export type DeclaredPermissions = Readonly<Record<string, string>>

/** One of them, as a page offers it. */
export interface DeclaredPermission {
  readonly permission: string
  /** What stands before the dot: the part of the application that it is about. */
  readonly module: string
  readonly description: string
}

/** The module whose permissions Portress itself declares. */
export const BUILT_IN_MODULE = 'portress'

/** Who may do what on the pages for operators. */
export const BUILT_IN_PERMISSIONS: DeclaredPermissions = {
  'portress.view_user': 'Can view users',
  'portress.add_user': 'Can add users',
  'portress.change_user': 'Can change users',
  'portress.delete_user': 'Can delete users',
  'portress.view_group': 'Can view groups',
  'portress.add_group': 'Can add groups',
  'portress.change_group': 'Can change groups',
  'portress.delete_group': 'Can delete groups',
  'portress.view_attempt': 'Can view the log of attempts',
  'portress.view_session': 'Can view the sessions of users',
  'portress.end_session': 'Can end the sessions of users',
  'portress.view_lock': 'Can view locks',
  'portress.unlock': 'Can end locks',
  'portress.change_address_rule': 'Can block and allow addresses',
  'portress.view_mail': 'Can view the outbox',
  'portress.retry_mail': 'Can send a mail of the outbox again',
  'portress.view_audit': 'Can view what operators did',
}

const MAX_LENGTH = 100

const FORM = /^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/

/** Tells whether the text could be the name of a permission, declared or not. */
export function isPermissionName(text: string): boolean {
  return text.length <= MAX_LENGTH && FORM.test(text)
}

/** `blog` of `blog.add_post`. */
export function moduleOf(permission: string): string {
  return permission.slice(0, permission.indexOf('.'))
}

/** Tells whether the program declares it now. */
export function isDeclared(declared: DeclaredPermissions, permission: unknown): permission is string {
  return typeof permission === 'string' && Object.hasOwn(declared, permission)
}

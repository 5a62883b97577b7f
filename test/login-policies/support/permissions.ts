import type { UserOf } from '../../../src/auth.ts'
import { passwordBackend } from '../../../src/backends/password-backend.ts'
import type { AuthenticationBackend, PermissionVerdict } from '../../../src/contracts/authentication-backend.ts'
import type { AuthOptions } from '../../../src/create-auth.ts'
import type { FieldDefinitions } from '../../../src/model/field.ts'
import { BUILT_IN_PERMISSIONS } from '../../../src/model/permission.ts'
import type { UserId } from '../../../src/model/user.ts'
import { GOOD_PASSWORD } from '../../support/accounts.ts'
import { type TestAuth, testAuth } from '../../support/test-auth.ts'

/** What the sites of these tests declare. */
export const PERMISSIONS = {
  'blog.add_post': 'Can add a post',
  'blog.delete_post': 'Can delete a post',
  'shop.view_order': 'Can view an order',
} as const

/** Everything that can be given there. */
export const EVERY_PERMISSION = [...Object.keys(PERMISSIONS), ...Object.keys(BUILT_IN_PERMISSIONS)]

/** A site that declares them. */
export const newSite = (options: Partial<AuthOptions> = {}): TestAuth =>
  testAuth({ permissions: PERMISSIONS, ...options })

type Marks = Partial<Pick<UserOf<FieldDefinitions>, 'isStaff' | 'isSuperuser'>>

/** Makes an active user with the good password. */
export async function addUser(
  { auth }: TestAuth,
  username: string,
  marks: Marks = {},
): Promise<UserOf<FieldDefinitions>> {
  const email = `${username}@example.org`
  return auth.createUser({ username, email, password: GOOD_PASSWORD, passwordCheck: 'bypassed', ...marks })
}

/** The permissions that the user has, of all that are declared, each asked for by itself. */
export async function allowed({ auth }: TestAuth, user: UserId | { readonly id: UserId }): Promise<readonly string[]> {
  const answers = await Promise.all(EVERY_PERMISSION.map((permission) => auth.hasPermission(user, permission)))
  return EVERY_PERMISSION.filter((_, index) => answers[index])
}

/** The modules whose pages are for the user. */
export async function openModules({ auth }: TestAuth, user: { readonly id: UserId }): Promise<readonly string[]> {
  const modules = ['blog', 'shop', 'portress']
  const answers = await Promise.all(modules.map((module) => auth.hasModulePermissions(user, module)))
  return modules.filter((_, index) => answers[index])
}

/** A backend that recognises people as the built-in one does, and answers for permissions as it is told to. */
export function backendWith(
  name: string,
  hasPermission?: AuthenticationBackend['hasPermission'],
): AuthenticationBackend {
  const password = passwordBackend({ identifiers: ['username', 'email'] })
  return { ...password, name, ...(hasPermission === undefined ? {} : { hasPermission }) }
}

/** Answers alike for every permission. */
export const always =
  (verdict: PermissionVerdict): AuthenticationBackend['hasPermission'] =>
  async () =>
    verdict

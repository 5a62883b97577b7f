import type { AdminOptions } from '../../../src/admin/index.ts'
import { admin } from '../../../src/admin/index.ts'
import type { Auth } from '../../../src/auth.ts'
import type { AuthOptions } from '../../../src/create-auth.ts'
import type { User } from '../../../src/model/user.ts'
import { type TestAuth, testAuth } from '../../support/test-auth.ts'
import { type AdminBrowser, adminBrowser } from './admin-browser.ts'

export const PASSWORD = 'correct horse battery'

export const OTHER_PASSWORD = 'a quite different sentence'

/** A site with the admin at `/admin`. */
export interface AdminSite extends TestAuth {
  /** Adds somebody with `PASSWORD`: staff and superuser as asked for, in no group. */
  add(name: string, marks?: Marks): Promise<User>
  /** A browser that nobody is logged in with. */
  browser(headers?: Readonly<Record<string, string>>): AdminBrowser
  /** A browser in which this user is logged in at the admin. */
  browserOf(name: string): Promise<AdminBrowser>
}

export interface Marks {
  readonly isStaff?: boolean
  readonly isSuperuser?: boolean
  /** Given to the user alone. */
  readonly permissions?: readonly string[]
  readonly email?: string
  readonly firstName?: string
  readonly lastName?: string
}

const sites: Auth[] = []

export async function closeAdminSites(): Promise<void> {
  for (const auth of sites.splice(0)) await auth.close()
}

export interface AdminSiteOptions {
  readonly auth?: Partial<AuthOptions>
  readonly admin?: AdminOptions
}

export function adminSite({ auth: options = {}, admin: adminOptions = {} }: AdminSiteOptions = {}): AdminSite {
  const made = testAuth({ mounts: { '/admin': admin(adminOptions) }, ...options })
  const { auth } = made
  sites.push(auth)
  const browser: AdminSite['browser'] = (headers = {}) => adminBrowser(auth, headers)
  return {
    ...made,
    async add(name, { permissions = [], email = `${name}@example.org`, ...marks } = {}) {
      const username = auth.config.user.username === 'none' ? {} : { username: name }
      const user = await auth.createUser({
        ...username,
        email,
        password: PASSWORD,
        passwordCheck: 'bypassed',
        ...marks,
      } as Parameters<typeof auth.createUser>[0])
      if (permissions.length > 0) await auth.setUserPermissions({ userId: user.id, permissions })
      return user as User
    },
    browser,
    async browserOf(name) {
      const own = browser()
      await own.logIn(name)
      return own
    },
  }
}

/** A superuser, as most tests need one. */
export async function withSuperuser(
  options: AdminSiteOptions = {},
): Promise<{ readonly site: AdminSite; readonly root: AdminBrowser; readonly user: User }> {
  const site = adminSite(options)
  const user = await site.add('root', { isStaff: true, isSuperuser: true })
  return { site, user, root: await site.browserOf(user.username ?? user.email ?? '') }
}

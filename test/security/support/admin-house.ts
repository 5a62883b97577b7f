import { BUILT_IN_PERMISSIONS } from '../../../src/model/permission.ts'
import type { AdminBrowser } from '../../admin/support/admin-browser.ts'
import { type AdminSite, adminSite } from '../../admin/support/admin-site.ts'

/** Every permission that Portress declares. */
export const EVERY_RIGHT: readonly string[] = Object.keys(BUILT_IN_PERMISSIONS)

/** A site with people of every rank in it, who are logged in at its admin. */
export interface AdminHouse {
  readonly site: AdminSite
  readonly root: AdminBrowser
  /** Staff with every permission that there is, and no superuser. */
  readonly clerk: AdminBrowser
  /** Staff who may only look. */
  readonly viewer: AdminBrowser
}

/** Ids: 1 root, 2 clerk, 3 viewer, 4 boss (staff), 5 ann. */
export async function openHouse(): Promise<AdminHouse> {
  const site = adminSite()
  await site.add('root', { isStaff: true, isSuperuser: true })
  await site.add('clerk', { isStaff: true, permissions: EVERY_RIGHT })
  await site.add('viewer', { isStaff: true, permissions: ['portress.view_user'] })
  await site.add('boss', { isStaff: true, permissions: ['portress.delete_user'] })
  await site.add('ann')
  const [root, clerk, viewer] = [
    await site.browserOf('root'),
    await site.browserOf('clerk'),
    await site.browserOf('viewer'),
  ]
  return { site, root, clerk, viewer }
}

/** What the change form of ann holds, as a browser sends it. */
export const ANN = { username: 'ann', email: 'ann@example.org', email_verified: 'on', is_active: 'on' }

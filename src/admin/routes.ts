import type { Engine } from '../commands/context.ts'
import { AuthError } from '../errors.ts'
import type { Route } from '../http/route.ts'
import { loginRows } from './entry/login-page.ts'
import { logoutForm } from './entry/logout-row.ts'
import { ownPasswordDonePage, ownPasswordPage } from './entry/own-password-page.ts'
import { addressesPage } from './lists/addresses-page.ts'
import { attemptsPage } from './lists/attempts-page.ts'
import { auditPage } from './lists/audit-page.ts'
import { groupDeletePage } from './lists/group-delete-page.ts'
import { groupAddPage, groupChangePage } from './lists/group-pages.ts'
import { groupsPage } from './lists/groups-page.ts'
import { locksPage } from './lists/locks-page.ts'
import { outboxPage } from './lists/outbox-page.ts'
import { overviewPage } from './lists/overview-page.ts'
import { ownPage } from './lists/own-page.ts'
import type { AdminSetup } from './setup.ts'
import { type FormPage, rowsOf, type ShownPage, type SubmittedForm } from './shell/admin-row.ts'
import { ASSET_FOLDER, writeAsset } from './shell/asset.ts'
import { exportUsers } from './users/export-users.ts'
import { userAddPage } from './users/user-add-page.ts'
import { userAttemptsPage } from './users/user-attempts-page.ts'
import { userChangePage } from './users/user-change-page.ts'
import { userDeletePage } from './users/user-delete-page.ts'
import { userHistoryPage } from './users/user-history-page.ts'
import { userIdentitiesPage } from './users/user-identities-page.ts'
import { userListPage } from './users/user-list-page.ts'
import { userListParts } from './users/user-list-parts.ts'
import { userPasswordPage } from './users/user-password-page.ts'
import { userSessionsPage } from './users/user-sessions-page.ts'

/** Every row with its page. */
export function routes(setup: AdminSetup, config: Engine['config']): readonly Route[] {
  return [assetRow(setup), ...loginRows(setup), ...pagesOf(setup, config).flatMap((page) => rowsOf(setup, page))]
}

function pagesOf(setup: AdminSetup, config: Engine['config']): readonly (ShownPage | FormPage | SubmittedForm)[] {
  const parts = userListParts(setup, config)
  return [
    overviewPage,
    logoutForm,
    ownPasswordPage,
    ownPasswordDonePage,
    userListPage(parts),
    exportUsers(parts),
    userAddPage,
    userChangePage,
    userPasswordPage,
    userDeletePage,
    userSessionsPage,
    userAttemptsPage,
    userIdentitiesPage,
    userHistoryPage,
    groupsPage,
    groupAddPage,
    groupChangePage,
    groupDeletePage,
    attemptsPage,
    locksPage,
    addressesPage,
    outboxPage,
    auditPage,
    ...setup.pages.map(ownPage),
  ]
}

function assetRow({ style, script }: AdminSetup): Route {
  const assets = [style, script]
  return {
    method: 'GET',
    path: `${ASSET_FOLDER}:file`,
    guard: 'public',
    async run(exchange) {
      const asset = assets.find(({ name }) => name === exchange.params['file'])
      if (asset === undefined) throw new AuthError('not_found')
      return writeAsset(exchange, asset)
    },
  }
}

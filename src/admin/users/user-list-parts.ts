import type { Engine } from '../../commands/context.ts'
import { readUserId } from '../../model/user-id.ts'
import type { AdminSetup } from '../setup.ts'
import { type ListedColumn, userColumns } from './user-columns.ts'
import { type ListedFilter, userFilters } from './user-filters.ts'

/** What the list of users is made of on this site. */
export interface UserListParts {
  readonly columns: readonly ListedColumn[]
  readonly filters: readonly ListedFilter[]
}

/** @throws {TypeError} for options that the model does not have */
export function userListParts(setup: Pick<AdminSetup, 'users'>, config: Engine['config']): UserListParts {
  const readGroupId = (text: string) => readUserId(text, config.ids)
  return { columns: userColumns(setup, config), filters: userFilters(setup, readGroupId) }
}

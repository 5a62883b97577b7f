import type { AdminListUsersInput } from '../../commands/admin-list-users.ts'
import type { UserConditions } from '../../model/user-list.ts'
import type { AdminCall } from '../shell/admin-visit.ts'
import type { ListedColumn } from './user-columns.ts'
import type { ListedFilter } from './user-filters.ts'

/** What the address of a list asks for. */
export interface UserListQuery {
  readonly input: AdminListUsersInput
  /** What was typed into the search box. */
  readonly search: string
  /** The chosen values by filter. */
  readonly chosen: Readonly<Record<string, string>>
  /** By which column, and in which direction, where the address says so. */
  readonly order: { readonly by: string; readonly isDescending: boolean }
}

export interface ListParts {
  readonly columns: readonly ListedColumn[]
  readonly filters: readonly ListedFilter[]
}

/** Parameters of the list itself. */
const OWN = new Set(['q', 'o', 'cursor', 'e'])

/**
 * Reads the address of a list. Only what the list offers can be asked for: a parameter that it does not know, and a value
 * that a filter does not have, are refused and never handed on. `null` where the address asks for no list that there is.
 */
export function readUserListQuery(call: AdminCall, { columns, filters }: ListParts): UserListQuery | null {
  const { exchange, setup } = call
  const params = exchange.query()
  const isKnown = (name: string): boolean => OWN.has(name) || filters.some((filter) => filter.name === name)
  if ([...params.keys()].some((name) => !isKnown(name) || params.getAll(name).length > 1)) return null
  const read = readFilters(call, filters, params)
  const order = readOrder(columns, params.get('o') ?? setup.users.order ?? '')
  if (read === null || order === null) return null
  const search = params.get('q') ?? ''
  const { searchMatch, pageSize = 100 } = setup.users
  return {
    input: {
      query: search,
      ...(searchMatch === undefined ? {} : { match: searchMatch }),
      conditions: read.conditions,
      isLocked: read.isLocked,
      ...(order.by === '' ? {} : { orderBy: order.by }),
      direction: order.isDescending ? 'descending' : 'ascending',
      cursor: params.get('cursor'),
      limit: pageSize,
    },
    search,
    chosen: read.chosen,
    order,
  }
}

interface ReadFilters {
  readonly conditions: UserConditions
  readonly isLocked: boolean
  readonly chosen: Readonly<Record<string, string>>
}

function readFilters(
  { ctx }: AdminCall,
  filters: readonly ListedFilter[],
  params: URLSearchParams,
): ReadFilters | null {
  let conditions: UserConditions = {}
  let isLocked = false
  const chosen: Record<string, string> = {}
  for (const filter of filters) {
    const value = params.get(filter.name) ?? ''
    if (value === '') continue
    const filtered = filter.read(value, ctx.clock.now())
    if (filtered === null) return null
    conditions = { ...conditions, ...filtered.conditions }
    isLocked ||= filtered.isLocked === true
    chosen[filter.name] = value
  }
  return { conditions, isLocked, chosen }
}

/** Only by what is a column of the list, so that no order tells what no column shows. */
function readOrder(columns: readonly ListedColumn[], text: string): UserListQuery['order'] | null {
  const isDescending = text.startsWith('-')
  const by = isDescending ? text.slice(1) : text
  if (by === '' || columns.some(({ orderBy }) => orderBy === by)) return { by, isDescending }
  return by === 'id' || by === 'username' || by === 'email' ? { by, isDescending } : null
}

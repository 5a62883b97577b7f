import type { CommandContext } from '../../commands/context.ts'
import { currentUser } from '../../commands/current-user.ts'
import { listUsers } from '../../commands/list-users.ts'
import type { User } from '../../model/user.ts'
import { refuse } from '../drf/drf-error.ts'
import { row } from '../drf/row.ts'
import type { Action, DrfAnswer, DrfCall } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'

/** `GET users/`: everybody for staff, and where users are not hidden for all; else only the caller. */
export function userList({ settings, objects }: DoorParts): Action {
  const { permissions, hideUsers, pageSize } = settings
  return row({
    permission: permissions.userList,
    isHidden: hideUsers,
    command: (ctx, { seesAll }: { readonly seesAll: boolean }) => (seesAll ? everybody(ctx) : onlyMe(ctx)),
    read: (_, { actor }) => ({ seesAll: !hideUsers || actor?.user.isStaff === true }),
    write: (users, call) => {
      if (pageSize === null) return { status: 200, body: users.map(objects.user) }
      return onPage({ users, pageSize, call, write: objects.user })
    },
  })
}

const onlyMe = async (ctx: CommandContext): Promise<readonly User[]> => [await currentUser(ctx)]

/** Users that are read at a time. */
const BATCH = 1000

async function everybody(ctx: CommandContext): Promise<readonly User[]> {
  const users: User[] = []
  let batch: readonly User[]
  do {
    batch = await listUsers(ctx, { afterId: users.at(-1)?.id ?? null, limit: BATCH, sees: 'everybody' })
    users.push(...batch)
  } while (batch.length === BATCH)
  return users
}

interface Paging {
  readonly users: readonly User[]
  readonly pageSize: number
  readonly call: DrfCall
  readonly write: DoorParts['objects']['user']
}

/** Django REST framework's `PageNumberPagination`. */
function onPage({ users, pageSize, call, write }: Paging): DrfAnswer {
  const pages = Math.max(1, Math.ceil(users.length / pageSize))
  const query = call.exchange.query()
  const asked = query.get('page') ?? '1'
  const page = asked === 'last' ? pages : Number(/^\d{1,9}$/.test(asked) ? asked : Number.NaN)
  if (!(page >= 1 && page <= pages)) throw refuse(404, call.words.requests.invalidPage)
  const results = users.slice((page - 1) * pageSize, page * pageSize).map(write)
  const next = page < pages ? addressOf(call, query, page + 1) : null
  const previous = page > 1 ? addressOf(call, query, page - 1) : null
  return { status: 200, body: { count: users.length, next, previous, results } }
}

/** Made of the site's own origin, whatever the request was sent to. */
function addressOf({ exchange }: DrfCall, query: URLSearchParams, page: number): string {
  const changed = new URLSearchParams(query)
  if (page === 1) changed.delete('page')
  else changed.set('page', String(page))
  const search = changed.toString()
  return `${exchange.engine.config.site.origin}${exchange.path}${search === '' ? '' : `?${search}`}`
}

import type { JsonValue } from '../../model/field.ts'
import { refuse } from './drf-error.ts'
import type { DrfAnswer, DrfCall } from './view.ts'

interface Listing<T> {
  readonly items: readonly T[]
  /** `null`: everything in one list. */
  readonly pageSize: number | null
  readonly write: (item: T) => JsonValue
}

/**
 * A list as a whole, or one page of it as Django REST framework's `PageNumberPagination` has it.
 *
 * @throws {DrfError} 404 for a page that there is not
 */
export function listAnswer<T>({ items, pageSize, write }: Listing<T>, call: DrfCall): DrfAnswer {
  if (pageSize === null) return { status: 200, body: items.map(write) }
  const pages = Math.max(1, Math.ceil(items.length / pageSize))
  const query = call.exchange.query()
  const asked = query.get('page') ?? '1'
  const page = asked === 'last' ? pages : Number(/^\d{1,9}$/.test(asked) ? asked : Number.NaN)
  if (!(page >= 1 && page <= pages)) throw refuse(404, call.words.requests.invalidPage)
  const results = items.slice((page - 1) * pageSize, page * pageSize).map(write)
  const next = page < pages ? addressOf(call, query, page + 1) : null
  const previous = page > 1 ? addressOf(call, query, page - 1) : null
  return { status: 200, body: { count: items.length, next, previous, results } }
}

/** Made of the site's own origin, whatever the request was sent to. */
function addressOf({ exchange }: DrfCall, query: URLSearchParams, page: number): string {
  const changed = new URLSearchParams(query)
  if (page === 1) changed.delete('page')
  else changed.set('page', String(page))
  const search = changed.toString()
  return `${exchange.engine.config.site.origin}${exchange.path}${search === '' ? '' : `?${search}`}`
}

import type { Exchange } from '../../http/exchange.ts'

/**
 * The address of the present list with some parameters changed, `null` taking one away. Another order or filter begins at
 * the first page.
 */
export function linkTo(exchange: Exchange, changes: Readonly<Record<string, string | null>>): string {
  const params = exchange.query()
  if (!('cursor' in changes)) params.delete('cursor')
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') params.delete(name)
    else params.set(name, value)
  }
  const search = params.toString()
  return exchange.path + (search === '' ? '' : `?${search}`)
}

import type { Exchange } from '../../http/exchange.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { refuse } from './drf-error.ts'

/** How the answer is put: as JSON, or on a page for people. */
export interface Rendering {
  readonly kind: 'json' | 'html'
  /** Spaces by which JSON is indented; 0 puts it on one line. */
  readonly indent: number
}

export const RENDERED_TYPES: readonly string[] = ['application/json', 'text/html']

const RENDERERS = [
  { kind: 'json', format: 'json', type: 'application', subtype: 'json' },
  { kind: 'html', format: 'api', type: 'text', subtype: 'html' },
] as const

/** What a path or `?format=` calls them. */
export const RENDERED_FORMATS: readonly string[] = RENDERERS.map(({ format }) => format)

type Renderer = (typeof RENDERERS)[number]

/** Headers are not looked at beyond this, in UTF-16 units; browsers send under 200. */
const MAX_ACCEPT_LENGTH = 2048

export const AS_JSON: Rendering = { kind: 'json', indent: 0 }

/**
 * Chooses by the path's suffix or `?format=`, and `Accept`, in the way of Django REST framework: the most specific ranges
 * first, among them JSON before HTML. Weights are not looked at, and parameters only make a range more specific.
 *
 * @throws {DrfError} 404 for a format that does not exist, 406 where nothing fits
 */
export function negotiate(exchange: Exchange, words: DrfMessages, suffix: string | null): Rendering {
  const format = suffix ?? formatInQuery(exchange)
  const offered = format === null ? RENDERERS : RENDERERS.filter((renderer) => renderer.format === format)
  if (offered.length === 0) throw refuse(404, words.requests.notFound)
  const ranges = readAccept(exchange.header('accept'))
  for (const precedence of [3, 2, 1, 0]) {
    for (const renderer of offered) {
      const match = ranges.find((range) => range.precedence === precedence && accepts(range, renderer))
      if (match !== undefined) return { kind: renderer.kind, indent: indentOf(match) }
    }
  }
  throw refuse(406, words.requests.notAcceptable)
}

/** Of several the last one counts, and an empty one is none. */
function formatInQuery(exchange: Exchange): string | null {
  // Most requests have no query at all, and parsing an address costs as much as everything else here.
  if (!exchange.request.url.includes('format=')) return null
  return exchange.query().getAll('format').at(-1) || null
}

interface MediaRange {
  readonly type: string
  readonly subtype: string
  readonly indent: string
  readonly precedence: number
}

function readAccept(header: string | null): readonly MediaRange[] {
  const text = header === null || header.trim() === '' ? '*/*' : header
  return cutAtComma(text).split(',').map(readRange)
}

// A range that was cut in two could match something else, so it goes as a whole.
function cutAtComma(text: string): string {
  if (text.length <= MAX_ACCEPT_LENGTH) return text
  return text.slice(0, Math.max(0, text.lastIndexOf(',', MAX_ACCEPT_LENGTH)))
}

function readRange(text: string): MediaRange {
  const [name = '', ...rest] = text.split(';').map((part) => part.trim().toLowerCase())
  const [type = '', subtype = ''] = name.split('/', 2)
  const parameters = new Map(rest.map(readParameter).filter(([key]) => key !== '' && key !== 'q'))
  const isExact = type !== '*' && subtype !== '*'
  const precedence = isExact ? 2 + Math.min(parameters.size, 1) : Number(type !== '*')
  return { type, subtype, indent: parameters.get('indent') ?? '', precedence }
}

function readParameter(part: string): readonly [string, string] {
  const [name = '', value] = part.split('=', 2)
  return value === undefined ? ['', ''] : [name.trim(), value.trim()]
}

function accepts({ type, subtype }: MediaRange, renderer: Renderer): boolean {
  const fits = (wanted: string, offered: string) => wanted === '*' || wanted === offered
  return fits(type, renderer.type) && fits(subtype, renderer.subtype)
}

function indentOf({ indent }: MediaRange): number {
  return /^[+-]?\d{1,20}$/.test(indent) ? Math.min(Math.max(Number(indent), 0), 8) : 0
}

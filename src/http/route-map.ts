import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'
import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { Dialect } from './dialect.ts'
import type { Method, Route } from './route.ts'

/** A dialect at its place. */
export interface Mount {
  /** `''` for the root, else like `/api`. */
  readonly path: string
  readonly dialect: Dialect
}

/** All rows of one path. */
export interface RoutedPath {
  readonly mount: Mount
  readonly rows: ReadonlyMap<Method, Route>
  readonly methods: readonly string[]
}

export interface FoundPath {
  readonly routed: RoutedPath
  readonly params: Readonly<Record<string, string>>
}

/**
 * Which rows answer a path; built once. A path is matched as it is written, never decoded or tidied. Of several patterns
 * that fit the first one written wins.
 */
export interface RouteMap {
  find(path: string): FoundPath | null
  /** The mount that a path without a row falls into; the longest wins. */
  mountOf(path: string): Mount | null
}

export function buildRouteMap(mounts: readonly Mount[], config: ResolvedConfig): RouteMap {
  const paths = collectPaths(mounts, config)
  // Most requests are for a path without parameters. It wins over any pattern, whichever was written first.
  const fixed = new Map<string, FoundPath>()
  const router = new SmartRouter<RoutedPath>({ routers: [new RegExpRouter(), new TrieRouter()] })
  for (const [path, routed] of paths) {
    if (/[:*]/.test(path)) router.add('ALL', path, routed)
    else fixed.set(path, { routed, params: NO_PARAMS })
  }
  const match = (path: string): FoundPath | null => {
    const [matches, stash] = router.match('GET', path)
    const [first] = matches
    if (first === undefined) return null
    const [routed, indexes] = first
    return { routed, params: readParams(indexes, stash) }
  }
  const longestFirst = [...mounts].sort((a, b) => b.path.length - a.path.length)
  return {
    find: (path) => fixed.get(path) ?? match(path),
    mountOf: (path) => longestFirst.find((mount) => path === mount.path || path.startsWith(`${mount.path}/`)) ?? null,
  }
}

interface CollectedPath extends RoutedPath {
  readonly rows: Map<Method, Route>
  readonly methods: string[]
}

function collectPaths(mounts: readonly Mount[], config: ResolvedConfig): ReadonlyMap<string, RoutedPath> {
  const paths = new Map<string, CollectedPath>()
  for (const mount of mounts) {
    for (const row of mount.dialect.routes(config)) {
      const path = mount.path + row.path
      const routed = paths.get(path) ?? { mount, rows: new Map<Method, Route>(), methods: [] }
      const isTaken =
        routed.rows.has(row.method) || routed.rows.has('ANY') || (row.method === 'ANY' && routed.rows.size > 0)
      if (isTaken) throw new TypeError(`two rows answer ${row.method} ${path}; mount one elsewhere`)
      routed.rows.set(row.method, row)
      routed.methods.push(...methodsOf(row))
      paths.set(path, routed)
    }
  }
  return paths
}

function methodsOf({ method, methods }: Route): readonly string[] {
  if (method === 'ANY') return methods ?? []
  return method === 'GET' ? ['GET', 'HEAD'] : [method]
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({})

/** Hono's routers give either the values themselves or their places in a stash. */
function readParams(
  indexes: Record<string, string | number>,
  stash: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  const names = Object.keys(indexes)
  if (names.length === 0) return NO_PARAMS
  const params: Record<string, string> = {}
  for (const name of names) {
    const place = indexes[name]
    params[name] = typeof place === 'number' ? (stash?.[place] ?? '') : (place ?? '')
  }
  return params
}

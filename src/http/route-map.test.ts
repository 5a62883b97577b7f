import { describe, expect, it } from 'vitest'
import { resolveConfig } from '../config/resolve-config.ts'
import { sqlite } from '../stores/sqlite/index.ts'
import { memoryMailer } from '../testing/memory-mailer.ts'
import type { Dialect } from './dialect.ts'
import type { Method, Route } from './route.ts'
import { buildRouteMap, type RouteMap } from './route-map.ts'

const config = resolveConfig({
  store: sqlite(':memory:'),
  secrets: ['4fN0b2Zk9QxWv7Lr1TsYc6JpHe3MgUaD'],
  site: { name: 'Acme', origin: 'https://acme.test' },
  mailer: memoryMailer(),
})

const rowAt = (path: string, method: Method = 'ANY'): Route => ({
  method,
  path,
  guard: 'public',
  run: async () => new Response(path),
})

function mapOf(rows: readonly Route[]): RouteMap {
  const dialect: Dialect = {
    name: 'sample',
    routes: () => rows,
    findCredential: () => null,
    writeError: () => new Response(),
    writeFault: () => new Response(),
  }
  return buildRouteMap([{ path: '/auth', dialect }], config)
}

function foundIn(map: RouteMap, path: string): readonly [string, Readonly<Record<string, string>>] | null {
  const found = map.find(path)
  const [row] = [...(found?.routed.rows.values() ?? [])]
  return found === null || row === undefined ? null : [row.path, { ...found.params }]
}

describe('buildRouteMap', () => {
  const map = mapOf([
    rowAt('/jwt/:prefixed{create.*}'),
    rowAt('/jwt/:prefixed{refresh.*}'),
    rowAt('/users/:id{[^/.]+}/'),
    rowAt('/users/:id{[^/.]+}'),
    rowAt('/users/:id{[^/.]+\\.json}'),
    rowAt('/users/me/'),
    rowAt('/users/me'),
    rowAt('/users.json'),
    rowAt('/token/login'),
  ])

  it.each([
    ['/auth/jwt/create', '/jwt/:prefixed{create.*}', { prefixed: 'create' }],
    ['/auth/jwt/create/', '/jwt/:prefixed{create.*}', { prefixed: 'create/' }],
    ['/auth/jwt/createx', '/jwt/:prefixed{create.*}', { prefixed: 'createx' }],
    ['/auth/jwt/create/extra/and/more', '/jwt/:prefixed{create.*}', { prefixed: 'create/extra/and/more' }],
    ['/auth/jwt/refresh', '/jwt/:prefixed{refresh.*}', { prefixed: 'refresh' }],
    ['/auth/users/5/', '/users/:id{[^/.]+}/', { id: '5' }],
    ['/auth/users/5', '/users/:id{[^/.]+}', { id: '5' }],
    ['/auth/users/5.json', '/users/:id{[^/.]+\\.json}', { id: '5.json' }],
    ['/auth/users/set_foo/', '/users/:id{[^/.]+}/', { id: 'set_foo' }],
    ['/auth/users.json', '/users.json', {}],
    ['/auth/token/login', '/token/login', {}],
  ])('finds what answers %s among prefixes, patterns and plain paths', (path, row, params) => {
    expect(foundIn(map, path)).toEqual([row, params])
  })

  it('prefers a plain path to a pattern that was written before it', () => {
    expect(foundIn(map, '/auth/users/me/')).toEqual(['/users/me/', {}])
    expect(foundIn(map, '/auth/users/me')).toEqual(['/users/me', {}])
  })

  it.each([
    '/auth/jwt/xcreate',
    '/auth/jwt/',
    '/auth/users//',
    '/auth/users/5/6/',
    '/auth/users/5.xml',
    '/auth//users/5/',
    '//auth/users/5/',
    '/auth/usersxjson',
    '/AUTH/token/login',
  ])('finds nothing for %s', (path) => {
    expect(foundIn(map, path)).toBeNull()
  })

  it('finds a mount for what has no row, and nothing outside of it', () => {
    expect(map.mountOf('/auth/nothing')?.path).toBe('/auth')
    expect(map.mountOf('/authority')).toBeNull()
  })

  it('works without any pattern', () => {
    expect(foundIn(mapOf([rowAt('/login')]), '/auth/other')).toBeNull()
  })

  it.each([
    ['GET', 'GET'],
    ['ANY', 'GET'],
    ['GET', 'ANY'],
    ['ANY', 'ANY'],
  ] as const)('refuses a row for %s beside one for %s', (first, second) => {
    expect(() => mapOf([rowAt('/login', first), rowAt('/login', second)])).toThrow(/two rows answer/)
  })
})

import type { Dialect } from '../../http/dialect.ts'
import { restAuthCatalogues } from '../../messages/rest-auth/catalogues.ts'
import type { FieldDefinitions } from '../../model/field.ts'
import { drfDialect } from '../drf/drf-dialect.ts'
import { checkOptions } from './check-options.ts'
import { dangersOf } from './dangers.ts'
import { drfSettings } from './drf-settings.ts'
import { mailStyle } from './mail-style.ts'
import type { RestAuthOptions } from './options.ts'
import { resolveSettings } from './resolve-settings.ts'
import { resolveDoor } from './settings.ts'
import { restAuthViews } from './views.ts'

/**
 * The vocabulary of django-rest-auth 0.9 and dj-rest-auth 7, for their clients; each generation has a mount of its own,
 * usually `/rest-auth` and `/dj-rest-auth`.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/dj-rest-auth': restAuth({ useJwt: true, jwtAuthCookie: 'access' }) } })
 * ```
 */
export function restAuth<const F extends FieldDefinitions = FieldDefinitions>(
  options: RestAuthOptions<F> = {},
): Dialect {
  checkOptions(options)
  // Inside, custom fields are what the application declared, whatever their type is called out there.
  const given = options as RestAuthOptions
  const door = resolveDoor(given)
  return drfDialect({
    name: door.name,
    languages: door.languages,
    catalogues: [restAuthCatalogues],
    dangers: dangersOf(given),
    settings: drfSettings(door),
    views: (config) => restAuthViews(resolveSettings(given, config)),
    mailStyles: (config) => [mailStyle(resolveSettings(given, config))],
  })
}

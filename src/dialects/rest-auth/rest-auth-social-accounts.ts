import type { Dialect } from '../../http/dialect.ts'
import { restAuthCatalogues } from '../../messages/rest-auth/catalogues.ts'
import type { FieldDefinitions } from '../../model/field.ts'
import { drfDialect } from '../drf/drf-dialect.ts'
import { checkOptions } from './check-options.ts'
import { doorParts } from './door-parts.ts'
import { drfSettings } from './drf-settings.ts'
import type { RestAuthOptions } from './options.ts'
import { resolveSettings } from './resolve-settings.ts'
import { resolveDoor } from './settings.ts'
import { socialAccountViews } from './social-account-views.ts'

/**
 * The list of accounts at providers, and `<id>/disconnect/`, for sites that have them outside of the door's own mount, as
 * the originals' documents show it. Give it the options of the door beside it.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 *
 * @example
 * ```ts
 * const options = { socialAccountsPath: null }
 * createAuth({
 *   ...others,
 *   mounts: { '/dj-rest-auth': restAuth(options), '/socialaccounts': restAuthSocialAccounts(options) },
 * })
 * ```
 */
export function restAuthSocialAccounts<const F extends FieldDefinitions = FieldDefinitions>(
  options: RestAuthOptions<F> = {},
): Dialect {
  checkOptions(options)
  // A name of its own, so that the attempt log tells the two apart.
  const given = { ...options, name: options.name ?? 'rest-auth-socialaccounts' } as RestAuthOptions
  const door = resolveDoor(given)
  return drfDialect({
    name: door.name,
    languages: door.languages,
    catalogues: [restAuthCatalogues],
    settings: drfSettings(door),
    views: (config) => {
      const { generation, ...parts } = doorParts(resolveSettings(given, config))
      // It has no mails of its own, so what it causes is in the product's words.
      return socialAccountViews({ ...parts, generation: { ...generation, mailStyle: null } }, '')
    },
  })
}

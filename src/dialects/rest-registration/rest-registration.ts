import type { Dialect } from '../../http/dialect.ts'
import { restRegistrationCatalogues } from '../../messages/rest-registration/catalogues.ts'
import type { FieldDefinitions } from '../../model/field.ts'
import { drfDialect } from '../drf/drf-dialect.ts'
import { checkOptions } from './check-options.ts'
import { dangersOf } from './dangers.ts'
import { drfSettings } from './drf-settings.ts'
import { mailStyle } from './mail-style.ts'
import type { RestRegistrationOptions } from './options.ts'
import { resolveSettings } from './resolve-settings.ts'
import { resolveDoor } from './settings.ts'
import { restRegistrationViews } from './views.ts'

/**
 * The vocabulary of django-rest-registration 0.9, for its clients; usually mounted at `/accounts`.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/accounts': restRegistration({ registerVerificationUrl: '/verify-user/' }) } })
 * ```
 */
export function restRegistration<const F extends FieldDefinitions = FieldDefinitions>(
  options: RestRegistrationOptions<F> = {},
): Dialect {
  checkOptions(options)
  // Inside, custom fields are what the application declared, whatever their type is called out there.
  const given = options as RestRegistrationOptions
  const door = resolveDoor(given)
  return drfDialect({
    name: door.name,
    languages: door.languages,
    catalogues: [restRegistrationCatalogues],
    dangers: dangersOf(given),
    settings: drfSettings(door),
    views: (config) => restRegistrationViews(resolveSettings(given, config)),
    mailStyles: (config) => [mailStyle(resolveSettings(given, config))],
  })
}

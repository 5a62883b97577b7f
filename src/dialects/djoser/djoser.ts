import type { Dialect } from '../../http/dialect.ts'
import { djoserCatalogues } from '../../messages/djoser/catalogues.ts'
import type { FieldDefinitions } from '../../model/field.ts'
import { DJANGO_COOKIES } from '../drf/cookies.ts'
import { drfDialect } from '../drf/drf-dialect.ts'
import type { DrfSettings } from '../drf/view.ts'
import { checkOptions } from './check-options.ts'
import { dangersOf } from './dangers.ts'
import { firstGenerationMailStyle } from './first-generation-mail-style.ts'
import { firstGenerationViews } from './first-generation-views.ts'
import { mailStyle } from './mail-style.ts'
import type { DjoserOptions } from './options.ts'
import { type DoorSettings, resolveDoor, resolveSettings } from './settings.ts'
import { secondGenerationViews } from './views.ts'

/**
 * The vocabulary of djoser, for clients written for its releases 0.x (`/me`, `/register`) and 2.x (`users/…`, `token/…`,
 * `jwt/…`); both share one mount, usually `/auth`.
 *
 * @throws {TypeError} naming every option that is wrong and what to write instead
 *
 * @example
 * ```ts
 * createAuth({ ...options, mounts: { '/auth': djoser({ activationUrl: '#/activate/{uid}/{token}' }) } })
 * ```
 */
export function djoser<const F extends FieldDefinitions = FieldDefinitions>(options: DjoserOptions<F> = {}): Dialect {
  checkOptions(options)
  // Inside, custom fields are what the application declared, whatever their type is called out there.
  const given = options as DjoserOptions
  const door = resolveDoor(given)
  const has = (generation: 'first' | 'second'): boolean => door.generations.includes(generation)
  return drfDialect({
    name: door.name,
    languages: door.languages,
    dangers: dangersOf(given),
    catalogues: [djoserCatalogues],
    settings: drfSettings(door),
    views: (config) => {
      const settings = resolveSettings(given, config)
      return [
        ...(has('first') ? firstGenerationViews(settings, config) : []),
        ...(has('second') ? secondGenerationViews(settings) : []),
      ]
    },
    mailStyles: (config) => {
      const settings = resolveSettings(given, config)
      return [
        ...(has('second') ? [mailStyle(settings)] : []),
        ...(has('first') ? [firstGenerationMailStyle(settings)] : []),
      ]
    },
  })
}

function drfSettings({ authentication, authHeaderTypes, isTranslated }: DoorSettings): DrfSettings {
  return {
    schemes: authentication,
    jwtTypes: authHeaderTypes,
    cookies: DJANGO_COOKIES,
    isTranslated,
  }
}

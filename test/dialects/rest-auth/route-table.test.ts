import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeSpans, tableRows } from '../../../scripts/support/documents.ts'
import type { View } from '../../../src/dialects/drf/view.ts'
import { checkOptions } from '../../../src/dialects/rest-auth/check-options.ts'
import type { RestAuthGeneration } from '../../../src/dialects/rest-auth/index.ts'
import { resolveSettings } from '../../../src/dialects/rest-auth/resolve-settings.ts'
import { restAuthViews } from '../../../src/dialects/rest-auth/views.ts'
import { testAuth } from '../../support/test-auth.ts'

const page = readFileSync('docs/dialects/rest-auth.md', 'utf8')

/** A part of the page. */
const partOf = (heading: string): string => page.split(`## ${heading}\n`)[1]?.split(/^## /m)[0] ?? ''

/** `POST /login/` for each action of a view. */
const rowsOf = (views: readonly View[]): readonly string[] =>
  views.flatMap(({ path, slash, actions }) => {
    const shown = path.replace(/:(\w+)\{[^}]*\}/g, '{$1}') + (slash === 'none' ? '' : '/')
    return Object.keys(actions).map((method) => `${method} ${shown}`)
  })

/** The page's rows of a generation, with the name of the one provider that the test site has. */
const documentedFor = (generation: RestAuthGeneration): readonly string[] =>
  tableRows(partOf('Routes'))
    .filter(([, generations = '']) => generations === 'both' || generations.startsWith(generation))
    .flatMap(([row = '']) => codeSpans(row))
    .map((row) => row.replace('{provider}', 'sample'))

/** The settings of both generations, of allauth and of Django, that change what is on the wire (contract §6.2 and §9). */
const SETTINGS = [
  ...['LOGIN_SERIALIZER', 'TOKEN_SERIALIZER', 'JWT_SERIALIZER', 'JWT_SERIALIZER_WITH_EXPIRATION'],
  ...['JWT_TOKEN_CLAIMS_SERIALIZER', 'USER_DETAILS_SERIALIZER', 'PASSWORD_RESET_SERIALIZER'],
  ...['PASSWORD_RESET_CONFIRM_SERIALIZER', 'PASSWORD_CHANGE_SERIALIZER', 'REGISTER_SERIALIZER'],
  ...['REGISTER_PERMISSION_CLASSES', 'REST_AUTH_REGISTER_PERMISSION_CLASSES', 'TOKEN_MODEL', 'REST_AUTH_TOKEN_MODEL'],
  ...['TOKEN_CREATOR', 'REST_AUTH_TOKEN_CREATOR', 'SESSION_LOGIN', 'REST_SESSION_LOGIN', 'USE_JWT', 'REST_USE_JWT'],
  ...['OLD_PASSWORD_FIELD_ENABLED', 'LOGOUT_ON_PASSWORD_CHANGE', 'PASSWORD_RESET_USE_SITES_DOMAIN'],
  ...['JWT_AUTH_COOKIE', 'JWT_AUTH_REFRESH_COOKIE', 'JWT_AUTH_REFRESH_COOKIE_PATH', 'JWT_AUTH_SECURE'],
  ...['JWT_AUTH_HTTPONLY', 'JWT_AUTH_SAMESITE', 'JWT_AUTH_COOKIE_DOMAIN', 'JWT_AUTH_RETURN_EXPIRATION'],
  ...['JWT_AUTH_COOKIE_USE_CSRF', 'JWT_AUTH_COOKIE_ENFORCE_CSRF_ON_UNAUTHENTICATED', 'MFA_', 'PASSKEY_'],
  ...['ACCOUNT_EMAIL_VERIFICATION', 'ACCOUNT_AUTHENTICATION_METHOD', 'ACCOUNT_LOGIN_METHODS', 'ACCOUNT_EMAIL_REQUIRED'],
  ...['ACCOUNT_USERNAME_REQUIRED', 'ACCOUNT_SIGNUP_FIELDS', 'ACCOUNT_UNIQUE_EMAIL', 'ACCOUNT_USERNAME_MIN_LENGTH'],
  ...['ACCOUNT_USERNAME_BLACKLIST', 'ACCOUNT_USERNAME_VALIDATORS', 'ACCOUNT_PRESERVE_USERNAME_CASING'],
  ...['ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS', 'ACCOUNT_EMAIL_CONFIRMATION_HMAC'],
  ...['ACCOUNT_EMAIL_CONFIRMATION_COOLDOWN', 'ACCOUNT_EMAIL_SUBJECT_PREFIX', 'ACCOUNT_DEFAULT_HTTP_PROTOCOL'],
  ...['ACCOUNT_LOGOUT_ON_GET', 'ACCOUNT_SIGNUP_PASSWORD_ENTER_TWICE', 'ACCOUNT_SIGNUP_EMAIL_ENTER_TWICE'],
  ...['AUTH_PASSWORD_VALIDATORS', 'DEFAULT_FROM_EMAIL', 'PASSWORD_RESET_TIMEOUT', 'PASSWORD_RESET_TIMEOUT_DAYS'],
  ...['SESSION_COOKIE_AGE', 'SESSION_COOKIE_SECURE', 'CSRF_COOKIE_SECURE', 'CSRF_TRUSTED_ORIGINS', 'LANGUAGE_CODE'],
  ...['DEFAULT_AUTHENTICATION_CLASSES', 'DEFAULT_THROTTLE_RATES', 'PAGE_SIZE', 'ACCESS_TOKEN_LIFETIME'],
  ...['REFRESH_TOKEN_LIFETIME', 'ROTATE_REFRESH_TOKENS', 'BLACKLIST_AFTER_ROTATION', 'JWT_EXPIRATION_DELTA'],
  ...['SOCIALACCOUNT_PROVIDERS', 'SOCIALACCOUNT_EMAIL_AUTHENTICATION', 'SOCIALACCOUNT_STORE_TOKENS'],
  ...['SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT', 'SOCIALACCOUNT_QUERY_EMAIL', 'SOCIALACCOUNT_AUTO_SIGNUP'],
]

describe('the page of the rest-auth door', () => {
  const { config } = testAuth().auth

  it.each(['0.9', '7'] as const)('lists exactly the routes of generation %s', (generation) => {
    const fitting = { ...config, social: { ...config.social, providers: ['sample'] } }
    const views = restAuthViews(resolveSettings({ generation, useJwt: true }, fitting))
    expect(documentedFor(generation).toSorted()).toEqual(rowsOf(views).toSorted())
  })

  it('says of every setting of the originals where it went', () => {
    const told = new Set(tableRows(partOf('Settings')).flatMap(([python = '']) => codeSpans(python)))
    expect(SETTINGS.filter((setting) => !told.has(setting))).toEqual([])
  })

  it('lists exactly the options, each under the setting that its doc comment names', () => {
    const source = readFileSync('src/dialects/rest-auth/options.ts', 'utf8')
    const [, members = ''] = /export interface RestAuthOptions[^{]*\{\n(.*?)\n\}/su.exec(source) ?? []
    const documented = [...members.matchAll(/\/\*\*(.*?)\*\/\s*readonly (\w+)\?/gsu)].map(
      ([, comment = '', name = '']) => ({
        name,
        setting: /^\s*\*?\s*`([A-Z][A-Z_]+)`/.exec(comment)?.[1] ?? null,
      }),
    )
    expect(documented.length).toBeGreaterThan(45)
    const table = tableRows(partOf('Settings').split('What the whole site')[0] ?? '')
    const told = new Map(
      table.flatMap(([python = '', option = '']) => {
        const [setting = null] = codeSpans(python)
        return codeSpans(option).map((name) => [name, setting] as const)
      }),
    )
    expect(new Set(told.keys())).toEqual(new Set(documented.map(({ name }) => name)))
    // Serializers are several settings in one option.
    for (const { name, setting } of documented.filter((one) => one.setting !== null && one.name !== 'schemas')) {
      expect([name, told.get(name)]).toEqual([name, setting])
    }
  })

  it('leaves out no option that is checked at start', () => {
    const [, names = ''] = /there are ([\w, ]+)/.exec(problemOf({ thereIsNoSuchOptionAtAll: 1 })) ?? []
    const options = names.split(', ')
    expect(options.length).toBeGreaterThan(45)
    expect(options.filter((name) => !partOf('Settings').includes(`\`${name}\``))).toEqual([])
  })
})

function problemOf(options: object): string {
  try {
    checkOptions(options)
    return ''
  } catch (error) {
    return String(error)
  }
}

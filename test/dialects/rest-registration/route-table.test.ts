import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeSpans, tableRows } from '../../../scripts/support/documents.ts'
import { checkOptions } from '../../../src/dialects/rest-registration/check-options.ts'
import { resolveSettings } from '../../../src/dialects/rest-registration/resolve-settings.ts'
import { restRegistrationViews } from '../../../src/dialects/rest-registration/views.ts'
import { testAuth } from '../../support/test-auth.ts'

const page = readFileSync('docs/dialects/rest-registration.md', 'utf8')

/** A part of the page. */
const partOf = (heading: string): string => page.split(`## ${heading}\n`)[1]?.split(/^## /m)[0] ?? ''

/** The settings of `REST_REGISTRATION`, and that of the redirect views. */
const KEYS = [
  ...['USER_LOGIN_FIELDS', 'USER_LOGIN_FIELDS_UNIQUE_CHECK_ENABLED', 'USER_HIDDEN_FIELDS', 'USER_PUBLIC_FIELDS'],
  ...['USER_EDITABLE_FIELDS', 'USER_EMAIL_FIELD', 'USER_VERIFICATION_ID_FIELD', 'USER_VERIFICATION_FLAG_FIELD'],
  ...['REGISTER_FLOW_ENABLED', 'REGISTER_SERIALIZER_CLASS', 'REGISTER_SERIALIZER_PASSWORD_CONFIRM'],
  ...['REGISTER_OUTPUT_SERIALIZER_CLASS', 'REGISTER_VERIFICATION_ENABLED', 'REGISTER_VERIFICATION_EMAIL_SENDER'],
  ...['REGISTER_VERIFICATION_PERIOD', 'REGISTER_VERIFICATION_URL', 'REGISTER_VERIFICATION_ONE_TIME_USE'],
  ...['REGISTER_VERIFICATION_EMAIL_TEMPLATES', 'REGISTER_VERIFICATION_AUTO_LOGIN', 'LOGIN_SERIALIZER_CLASS'],
  ...['LOGIN_AUTHENTICATOR', 'LOGIN_AUTHENTICATE_SESSION', 'LOGIN_RETRIEVE_TOKEN', 'AUTH_TOKEN_MANAGER_CLASS'],
  ...['LOGIN_DEFAULT_SESSION_AUTHENTICATION_BACKEND', 'SEND_RESET_PASSWORD_LINK_SERIALIZER_CLASS'],
  ...['SEND_RESET_PASSWORD_LINK_USER_FINDER', 'SEND_RESET_PASSWORD_LINK_SERIALIZER_USE_EMAIL'],
  ...['RESET_PASSWORD_FAIL_WHEN_USER_NOT_FOUND', 'RESET_PASSWORD_VERIFICATION_ENABLED'],
  ...['RESET_PASSWORD_VERIFICATION_EMAIL_SENDER', 'RESET_PASSWORD_VERIFICATION_PERIOD'],
  ...['RESET_PASSWORD_VERIFICATION_URL', 'RESET_PASSWORD_VERIFICATION_ONE_TIME_USE'],
  ...['RESET_PASSWORD_VERIFICATION_EMAIL_TEMPLATES', 'RESET_PASSWORD_SERIALIZER_PASSWORD_CONFIRM'],
  ...['REGISTER_EMAIL_SERIALIZER_CLASS', 'REGISTER_EMAIL_VERIFICATION_ENABLED'],
  ...['REGISTER_EMAIL_VERIFICATION_EMAIL_SENDER', 'REGISTER_EMAIL_VERIFICATION_PERIOD'],
  ...['REGISTER_EMAIL_VERIFICATION_URL', 'REGISTER_EMAIL_VERIFICATION_EMAIL_TEMPLATES', 'VERIFICATION_FROM_EMAIL'],
  ...['VERIFICATION_REPLY_TO_EMAIL', 'VERIFICATION_EMAIL_HTML_TO_TEXT_CONVERTER', 'VERIFICATION_URL_BUILDER'],
  ...['VERIFICATION_TEMPLATE_CONTEXT_BUILDER', 'VERIFICATION_TEMPLATE_RENDERER', 'VERIFICATION_TEMPLATES_SELECTOR'],
  ...['CHANGE_PASSWORD_SERIALIZER_PASSWORD_CONFIRM', 'PROFILE_SERIALIZER_CLASS', 'SUCCESS_RESPONSE_BUILDER'],
  ...['USE_NON_FIELD_ERRORS_KEY_FROM_DRF_SETTINGS', 'NOT_AUTHENTICATED_PERMISSION_CLASSES'],
  'REST_REGISTRATION_VERIFICATION_REDIRECTS',
]

describe('the page of the rest-registration door', () => {
  const { config } = testAuth().auth

  it('lists exactly the routes', () => {
    const views = restRegistrationViews(resolveSettings({ verificationRedirects: {} }, config))
    const rows = views.flatMap(({ path, actions, allow }) =>
      (allow ?? Object.keys(actions)).map((method) => `${method} ${path}/`),
    )
    const documented = tableRows(partOf('Routes')).flatMap(([row = '']) => codeSpans(row))
    expect(documented).toEqual(rows)
  })

  it('says of every setting of the original where it went', () => {
    expect(new Set(KEYS).size).toBe(55)
    const told = new Set(tableRows(partOf('Settings')).flatMap(([python = '']) => codeSpans(python)))
    expect(KEYS.filter((key) => !told.has(key))).toEqual([])
  })

  it('lists exactly the options, each under the setting that its doc comment names', () => {
    const source = readFileSync('src/dialects/rest-registration/options.ts', 'utf8')
    const [, members = ''] = /export interface RestRegistrationOptions[^{]*\{\n(.*?)\n\}/su.exec(source) ?? []
    const documented = [...members.matchAll(/\/\*\*(.*?)\*\/\s*readonly (\w+)\?/gsu)].map(
      ([, comment = '', name = '']) => ({ name, setting: /^\s*\*?\s*`([A-Z][A-Z_]+)`/.exec(comment)?.[1] ?? null }),
    )
    expect(documented.length).toBeGreaterThan(40)
    const table = tableRows(partOf('Settings').split('What the whole site')[0] ?? '')
    const told = new Map(
      table.flatMap(([python = '', option = '']) => {
        const [setting = null] = codeSpans(python)
        return codeSpans(option)
          .filter((name) => name !== 'False')
          .map((name) => [name, setting] as const)
      }),
    )
    expect(new Set(told.keys())).toEqual(new Set(documented.map(({ name }) => name)))
    // Serializers are several settings in one option.
    for (const { name, setting } of documented.filter((one) => one.setting !== null)) {
      expect([name, told.get(name)]).toEqual([name, setting])
    }
  })

  it('lists the numbers of all checks, and the source has those that can come true', () => {
    const ids = [...page.matchAll(/`([EW]\d{3})`/g)].map(([, id = '']) => id)
    const numbers = Array.from({ length: 14 }, (_, index) => `E${String(index + 1).padStart(3, '0')}`)
    expect(new Set(ids)).toEqual(new Set([...numbers, 'W001']))
  })

  it('leaves out no option that is checked at start', () => {
    const [, names = ''] = /there are ([\w, ]+)/.exec(problemOf({ thereIsNoSuchOptionAtAll: 1 })) ?? []
    const options = names.split(', ')
    expect(options.length).toBeGreaterThan(40)
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

import { describe, expect, it } from 'vitest'
import { passwordBackend } from '../../../src/backends/password-backend.ts'
import { restRegistration } from '../../../src/dialects/rest-registration/index.ts'
import type { RestRegistrationOptions } from '../../../src/dialects/rest-registration/options.ts'
import { resolveSettings } from '../../../src/dialects/rest-registration/resolve-settings.ts'
import { field } from '../../../src/index.ts'
import type { EngineOptions } from '../drf/support/drf-world.ts'
import { memoryLogger } from './support/memory-logger.ts'
import { restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const BY_EMAIL: EngineOptions = { login: { identifiers: ['username', 'email'] } }

const subject = () => 'Hello'

/** What is said at the start; nothing where all is well. */
function complaint(options: object, engine: EngineOptions = {}): string {
  try {
    newWorld(options as RestRegistrationOptions, engine)
    return ''
  } catch (error) {
    return error instanceof TypeError ? error.message : `no TypeError: ${error}`
  }
}

describe('§7 start-up checks', () => {
  it('R39: the default settings pass, and so do several backends', () => {
    expect(complaint({})).toBe('')
    const [first, second] = [
      passwordBackend({ identifiers: ['username'] }),
      passwordBackend({ identifiers: ['username'] }),
    ]
    const backends = [first, { ...second, name: 'second' }]
    expect(complaint({ loginDefaultSessionAuthenticationBackend: 'second' }, { login: { backends } })).toBe('')
  })

  it.each<[string, string, object]>([
    ['E001', 'resetPasswordVerificationUrl', { resetPasswordVerificationUrl: '' }],
    ['E001', 'resetPasswordVerificationUrl', { resetPasswordVerificationUrl: 'reset/' }],
    ['E001', 'resetPasswordVerificationUrl', { resetPasswordVerificationUrl: 'http://app.acme.test/reset/' }],
    ['E002', 'registerVerificationUrl', { registerVerificationUrl: '//evil.test/verify/' }],
    ['E002', 'registerVerificationUrl', { registerVerificationUrl: 'javascript:alert(1)' }],
    ['E003', 'registerEmailVerificationUrl', { registerEmailVerificationUrl: 4 }],
    ['E003', 'registerEmailVerificationUrl', { registerEmailVerificationUrl: '/verify\nSubject: x' }],
    ['E004', 'verificationReplyToEmail', { verificationReplyToEmail: 'nobody' }],
    ['E004', 'verificationReplyToEmail', { verificationReplyToEmail: 'a@b.test\r\nBcc: c@d.test' }],
    ['E005', 'loginRetrieveToken', { loginRetrieveToken: true, authentication: ['session', 'basic'] }],
    ['E005', 'loginRetrieveToken', { loginRetrieveToken: true, authTokenManager: 'simple-jwt' }],
    ['E007', "No 'subject' key found", { registerVerificationEmailTemplates: { body: subject } }],
    ['E007', "No 'body' key found", { resetPasswordVerificationEmailTemplates: { subject } }],
    ['E007', "No 'body' key found", { registerEmailVerificationEmailTemplates: { subject, isHtml: true } }],
    ['E011', 'authTokenManager', { authTokenManager: 'my-manager' }],
    ['E011', 'authTokenManager', { authTokenManager: { provideToken: subject } }],
    ['E012', 'email field', { schemas: { registerEmail: { fields: {}, read: subject } } }],
    ['E014', 'loginDefaultSessionAuthenticationBackend', { loginDefaultSessionAuthenticationBackend: 'ldap' }],
  ])('%s is told with what to change: %s', (id, text, options) => {
    const message = complaint(options)
    expect(message).toContain('restRegistration() cannot be mounted with these options')
    expect(message).toContain(text)
    expect(message).toContain(`(rest_registration.${id})`)
  })

  it.each<[string, RestRegistrationOptions]>([
    ['E010', { userLoginFields: ['username', 'email'] }],
    ['E013', { sendResetPasswordLinkSerializerUseEmail: true, userLoginFields: ['username'] }],
  ])('%s is told where addresses do not log in', (id, options) => {
    const message = complaint(options, { login: { identifiers: ['username'] } })
    expect(message).toContain(`(rest_registration.${id})`)
  })

  it('E013 does not fire where addresses log in', () => {
    const options = { sendResetPasswordLinkSerializerUseEmail: true, userLoginFields: ['username', 'email'] }
    expect(complaint(options, BY_EMAIL)).toBe('')
  })

  it('W001: auto-login without one-time use is told in the log', () => {
    const told = (options: RestRegistrationOptions): readonly string[] => {
      const logger = memoryLogger()
      newWorld(options, { logger }).auth.start()
      return logger.warnings.filter((text) => text.includes('W001'))
    }
    expect(told({ registerVerificationAutoLogin: true })).toHaveLength(1)
    expect(told({ registerVerificationAutoLogin: true, registerVerificationOneTimeUse: true })).toEqual([])
    expect(told({})).toEqual([])
  })

  it.each([
    ['registerVerificationEnabled', 'register/ tells'],
    ['registerEmailVerificationEnabled', 'whoever finds a session open'],
  ] as const)('W14: what is open to strangers without %s is told in the log', (option, danger) => {
    const warnings = (options: RestRegistrationOptions): string => {
      const logger = memoryLogger()
      newWorld(options, { logger }).auth.start()
      return logger.warnings.join('\n')
    }
    expect(warnings({ [option]: false })).toContain(danger)
    expect(warnings({ [option]: true })).not.toContain(danger)
  })

  it('W14: that unknown users are told is told in the log', () => {
    const logger = memoryLogger()
    newWorld({ dangerouslyResetPasswordFailWhenUserNotFound: true }, { logger }).auth.start()
    expect(logger.warnings.join('\n')).toContain('dangerouslyResetPasswordFailWhenUserNotFound')
  })

  it.each<[string, object, EngineOptions?]>([
    ['userPublicFields: each', { userPublicFields: ['username', 'last_name'] }],
    ['userHiddenFields: each', { userHiddenFields: ['shoeSize'] }],
    ['userEditableFields', { userEditableFields: ['isStaff'] }],
    ['userEditableFields', { userEditableFields: ['email'] }],
    ['nobody can register without it', { userPublicFields: ['email'] }],
    ['nobody can register without it', { userHiddenFields: ['shoeSize'] }, required()],
    [
      'userVerificationIdField',
      { userVerificationIdField: 'username' },
      { user: { username: 'optional', email: 'required' } },
    ],
    ['registerVerificationEnabled', { registerVerificationEnabled: false }, { login: { emailMustBeVerified: true } }],
    ['user.fields.passwordConfirm', {}, { user: { fields: { passwordConfirm: field.text() } } }],
    ['did you mean registerFlowEnabled', { registerFlowEnable: true }],
    ['registerFlowEnabled', { registerFlowEnabled: 'yes' }],
    ['throttleRate', { throttleRate: { requests: 0, windowSeconds: 1 } }],
    ['languages', { languages: ['es'] }],
    ['notAuthenticatedPermissions[0]', { notAuthenticatedPermissions: ['AllowAny'] }],
    ['verificationRedirects.verifyEmailSuccessUrl', { verificationRedirects: { verifyEmailSuccessUrl: '//x.test' } }],
    ['schemas.login', { schemas: { login: {} } }],
    ['serialize.profile', { serialize: { profile: 1 } }],
    ['loginAuthenticator', { loginAuthenticator: 'myapp.authenticate' }],
  ])('refuses what would not work: %s', (text, options, engine = {}) => {
    expect(complaint(options, engine)).toContain(text)
  })

  it('refuses every option that has another kind than its own', () => {
    const [, names = ''] = /there are ([\w, ]+)/.exec(complaint({ thereIsNoSuchOptionAtAll: 1 })) ?? []
    const options = names.split(', ')
    expect(options.length).toBeGreaterThan(40)
    for (const name of options) expect([name, complaint({ [name]: Symbol('none') })]).not.toEqual([name, ''])
  })

  it('refuses what are no options', () => {
    for (const value of [null, 'x', 1, []]) {
      expect(() => restRegistration(value as unknown as RestRegistrationOptions)).toThrow(
        'takes an object with options',
      )
    }
  })
})

describe('resolveSettings', () => {
  it('takes pages of this site below its own origin, never from a request', () => {
    const { config } = newWorld().auth
    const options = { registerVerificationUrl: '/verify/', resetPasswordVerificationUrl: 'https://app.test/reset' }
    expect(resolveSettings(options, config).links).toEqual({
      register: 'https://acme.test/verify/',
      resetPassword: 'https://app.test/reset',
      registerEmail: null,
    })
  })
})

function required(): EngineOptions {
  return { user: { fields: { shoeSize: field.number({ required: true }) } } }
}

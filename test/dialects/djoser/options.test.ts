import { describe, expect, it } from 'vitest'
import { type DjoserOptions, djoser } from '../../../src/dialects/djoser/index.ts'
import { testAuth } from '../../support/test-auth.ts'

/** What a mount with these options is refused with, or `null`. */
function refusalOf(options: unknown): string | null {
  try {
    djoser(options as DjoserOptions)
    return null
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return String(error)
  }
}

describe('the options of djoser()', () => {
  it.each([
    [{ hideUser: true }, 'did you mean hideUsers?'],
    [{ HIDE_USERS: true }, 'HIDE_USERS'],
    [{ permissions: { userCreated: 'allowAny' } }, 'did you mean userCreate?'],
    [{ schemas: { userCreat: {} } }, 'did you mean userCreate?'],
    [{ serialize: { me: () => null } }, 'serialize'],
    [{ mails: { activations: () => null } }, 'did you mean activation?'],
    [{ constants: { INVALID_TOKEN_ERROR: 'x' } }, 'invalidTokenError'],
  ])('refuse a name that there is not: %j', (options, advice) => {
    expect(refusalOf(options)).toContain(advice)
  })

  it.each([
    { hideUsers: 1 },
    { hideUsers: 'yes' },
    { generations: [] },
    { generations: ['third'] },
    { generations: ['first', 'first'] },
    { authentication: 'token' },
    { authentication: ['oauth'] },
    { authHeaderTypes: ['Bear er'] },
    { authHeaderTypes: [] },
    { languages: 'de' },
    { languages: ['xx'] },
    { languages: [] },
    { pageSize: 0 },
    { pageSize: '10' },
    { requiredFields: 'email' },
    { loginField: 'id' },
    { userIdField: 'email' },
    { permissions: [] },
    { permissions: { user: 'isAdmin' } },
    { permissions: { user: [] } },
    { tokenModel: 'jwt' },
    { activationUrl: 'javascript:{uid}{token}' },
    { activationUrl: '#/a b/{uid}/{token}' },
    { domain: 'https://acme.example' },
    { domain: 'acme.example/path' },
    { emailFrontendDomain: 'user@acme.example' },
    { emailFrontendProtocol: 'ftp' },
    { siteName: '' },
    { siteName: 'two\nlines' },
    { schemas: { user: {} } },
    { serialize: { user: 'id' } },
    { mails: { activation: 'text' } },
    { constants: { emailNotFound: 404 } },
    { name: 4 },
  ])('refuse %j and name it', (options) => {
    const [name = ''] = Object.keys(options)
    expect(refusalOf(options)).toContain(name)
  })

  it('tells everything that is wrong at once', () => {
    const refusal = refusalOf({ hideUsers: 1, tokenModel: 'jwt', wrong: true })
    for (const name of ['hideUsers', 'tokenModel', 'wrong']) expect(refusal).toContain(name)
  })

  it.each([null, 'x', 4, [], () => null])('refuse %j in place of options', (options) => {
    expect(refusalOf(options)).toContain('djoser()')
  })

  it.each([
    [{ login: { emailMustBeVerified: true } }, { sendActivationEmail: false }, 'sendActivationEmail'],
    [{ login: { identifiers: ['username'] } }, { loginField: 'email' }, 'loginField'],
    [{ user: { username: 'none' } }, { loginField: 'username' }, 'loginField'],
    [{ user: { username: 'optional' } }, { userIdField: 'username' }, 'userIdField'],
    [{}, { requiredFields: ['email', 'password'] }, 'requiredFields'],
    [{}, { requiredFields: ['username', 'email'] }, 'requiredFields'],
    [{}, { requiredFields: [] }, 'requiredFields'],
  ] as const)('with the configuration %j refuse %j', (config, options, name) => {
    const start = () => testAuth({ ...config, mounts: { '/auth': djoser(options) } })
    expect(start).toThrow(TypeError)
    expect(start).toThrow(name)
  })

  it('let two doors with other settings stand side by side only under two names', async () => {
    const doors = (name: string) => ({ '/auth': djoser(), '/old': djoser({ name, generations: ['first'] }) })
    expect(() => testAuth({ mounts: doors('djoser') })).toThrow('two styles of mails')
    await testAuth({ mounts: doors('old-djoser') }).auth.close()
    const door = djoser()
    await testAuth({ mounts: { '/auth': door, '/api/auth': door } }).auth.close()
  })
})

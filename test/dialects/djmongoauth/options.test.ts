import { describe, expect, it } from 'vitest'
import { type DjmongoauthOptions, djmongoauth } from '../../../src/dialects/djmongoauth/index.ts'
import { testAuth } from '../../support/test-auth.ts'

/** What a mount with these options is refused with, or `null`. */
function refusalOf(options: unknown): string | null {
  try {
    djmongoauth(options as DjmongoauthOptions)
    return null
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError)
    return String(error)
  }
}

describe('the options of djmongoauth()', () => {
  it.each([
    [{ siteURL: 'x' }, 'did you mean siteUrl?'],
    [{ SITE_URL: 'x' }, 'SITE_URL'],
    [{ sessionExpireInHours: 1 }, 'did you mean sessionExpireInHour?'],
  ])('refuse a name that there is not: %j', (options, advice) => {
    expect(refusalOf(options)).toContain(advice)
  })

  it.each([
    { name: '' },
    { name: 'two\nlines' },
    { siteUrl: 'https://test.com' },
    { siteUrl: 'test.com/path' },
    { siteUrl: 'user@test.com' },
    { siteUrl: 4 },
    { isHttps: 'yes' },
    { sessionExpireInHour: 0 },
    { sessionExpireInHour: 1.5 },
    { sessionExpireInHour: 9601 },
    { sessionExpireInHour: '168' },
    { tokenPerLogin: 1 },
    { lockedStatus: '429' },
    { lockedStatus: 401 },
    { dangerouslyTellUnknownUsers: 'yes' },
    { dangerouslyTellTakenAddresses: null },
  ])('refuse %j and name it', (options) => {
    const [name = ''] = Object.keys(options)
    expect(refusalOf(options)).toContain(name)
  })

  it('tells everything that is wrong at once', () => {
    const refusal = refusalOf({ isHttps: 1, siteUrl: '', wrong: true })
    for (const name of ['isHttps', 'siteUrl', 'wrong']) expect(refusal).toContain(name)
  })

  it.each([null, 'x', 4, [], () => null])('refuse %j in place of options', (options) => {
    expect(refusalOf(options)).toContain('djmongoauth()')
  })

  it('let two doors stand side by side only under two names', async () => {
    const doors = (name: string) => ({ '/one': djmongoauth(), '/two': djmongoauth({ name, tokenPerLogin: true }) })
    expect(() => testAuth({ mounts: doors('djmongoauth') })).toThrow('two styles of mails')
    await testAuth({ mounts: doors('other') }).auth.close()
  })
})

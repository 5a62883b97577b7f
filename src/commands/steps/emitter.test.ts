import { describe, expect, it } from 'vitest'
import { activeUser, logIn, refusalOf } from '../../../test/support/accounts.ts'
import { testAuth } from '../../../test/support/test-auth.ts'

describe('events', () => {
  it('tell of each step of an account with the request it came from, and never a secret', async () => {
    const seen: string[] = []
    const listener =
      (name: string) =>
      (event: object): void =>
        void seen.push(`${name} ${JSON.stringify(event)}`)
    const site = testAuth({
      lockout: { maxFailures: 1 },
      events: {
        userRegistered: listener('userRegistered'),
        emailVerified: listener('emailVerified'),
        loginFailed: listener('loginFailed'),
        userLockedOut: listener('userLockedOut'),
        userLoggedIn: listener('userLoggedIn'),
      },
    })
    await activeUser(site)
    await logIn(site.auth, 'ann')
    await refusalOf(logIn(site.auth, 'ann', 'a wrong guess'))
    expect(seen.map((line) => line.split(' ', 1)[0])).toEqual([
      'userRegistered',
      'emailVerified',
      'userLoggedIn',
      'loginFailed',
      'userLockedOut',
    ])
    const failed = seen.find((line) => line.startsWith('loginFailed'))
    expect(failed).toContain('"password":"********************"')
    expect(failed).toContain('"door":"library"')
    expect(seen.join('\n')).not.toContain('a wrong guess')
  })

  it('change nothing when a listener fails, at once or later', async () => {
    const errors: string[] = []
    const logger = {
      debug() {},
      info() {},
      warn() {},
      error: (_fields: object, message: string) => void errors.push(message),
    }
    const site = testAuth({
      logger,
      events: {
        userLoggedIn: () => {
          throw new Error('at once')
        },
        emailVerified: () => Promise.reject(new Error('later')),
      },
    })
    await activeUser(site)
    expect((await logIn(site.auth, 'ann')).user.username).toBe('ann')
    expect(errors).toEqual(['an event listener failed', 'an event listener failed'])
  })
})

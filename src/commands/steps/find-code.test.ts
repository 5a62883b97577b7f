import { describe, expect, it } from 'vitest'
import { activeUser, GOOD_PASSWORD, logIn, newestCode } from '../../../test/support/accounts.ts'
import { type TestAuth, testAuth } from '../../../test/support/test-auth.ts'
import type { AuthError } from '../../errors.ts'

const EMAIL = 'ann@example.org'

const NEW_PASSWORD = 'a heron at the mill pond'

const PLAIN = ['code_invalid', {}]

const EXPIRED = ['code_invalid', { reason: 'expired' }]

async function outcome(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return 'good'
  } catch (error) {
    const { code, details } = error as AuthError
    return [code, details]
  }
}

const NAMES = ['activate', 'checkResetCode', 'confirmPasswordReset', 'confirmEmailChange'] as const

/** A live code for each command that takes one with whatever else its link says, and the second in which it was made. */
async function newCode(site: TestAuth, name: (typeof NAMES)[number]): Promise<{ code: string; second: number }> {
  // Between two whole seconds, so that rounding shows.
  site.clock.advance({ milliseconds: 700 })
  const second = Math.floor(site.clock.now().getTime() / 1000)
  if (name === 'activate') {
    await site.auth.register({ username: 'ann', email: EMAIL, password: GOOD_PASSWORD })
    return { code: await newestCode(site, EMAIL), second }
  }
  await activeUser(site)
  if (name === 'confirmEmailChange') {
    const { issued } = await logIn(site.auth, 'ann')
    const change = { newEmail: EMAIL, currentPassword: GOOD_PASSWORD }
    await site.auth.changeEmail(change, { actor: issued })
    await site.auth.flush()
    const mail = site.mailer.sent.find(({ text }) => text.includes('/account/change-email?code='))
    return { code: /code=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '', second }
  }
  await site.auth.requestPasswordReset({ email: EMAIL })
  return { code: await newestCode(site, EMAIL), second }
}

type Presented = Parameters<TestAuth['auth']['activate']>[0]

const present = ({ auth }: TestAuth, name: (typeof NAMES)[number], code: Presented): Promise<unknown> =>
  name === 'confirmPasswordReset' ? auth.confirmPasswordReset({ ...code, newPassword: NEW_PASSWORD }) : auth[name](code)

/** As JSON brings it, so that whatever an attacker can send is tried. */
const JUNK: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  true,
  [],
  {},
  { toString: 1 },
  '\0',
  '\ud800',
  'x'.repeat(9_999),
]

describe.each(NAMES)('a code as %s takes it', (name) => {
  it('must have been made in the second that it came with, whichever way that is written', async () => {
    const site = testAuth()
    const { code, second } = await newCode(site, name)
    const wrong: readonly unknown[] = [
      second - 1,
      second + 1,
      second + 0.5,
      `${second}.0`,
      `0${second}`,
      ` ${second}`,
      [second],
      ...JUNK,
    ]
    for (const issuedAtSeconds of wrong as readonly never[]) {
      expect(await outcome(present(site, name, { code, issuedAtSeconds }))).toEqual(PLAIN)
    }
    expect(await outcome(present(site, name, { code, issuedAtSeconds: second }))).toBe('good')
  })

  it('takes the second in digits, the address and the name as they are stored', async () => {
    const site = testAuth()
    const { code, second } = await newCode(site, name)
    const said = { code, issuedAtSeconds: String(second), email: EMAIL, username: 'ann' }
    expect(await outcome(present(site, name, said))).toBe('good')
  })

  it('must be for the address that it came with, letter by letter', async () => {
    const site = testAuth()
    const { code } = await newCode(site, name)
    const wrong: readonly unknown[] = ['bob@example.org', 'ANN@example.org', `${EMAIL} `, [EMAIL], ...JUNK]
    for (const email of wrong as readonly never[]) {
      expect(await outcome(present(site, name, { code, email }))).toEqual(PLAIN)
    }
    expect(await outcome(present(site, name, { code, email: EMAIL }))).toBe('good')
  })

  it('must be of whom it came with by name, and says the same of names that nobody has', async () => {
    const site = testAuth()
    const { code } = await newCode(site, name)
    await activeUser(site, 'bob')
    const wrong: readonly unknown[] = ['bob', 'nobody', 'Ann', 'ann ', ['ann'], ...JUNK]
    for (const username of wrong as readonly never[]) {
      expect(await outcome(present(site, name, { code, username }))).toEqual(PLAIN)
    }
    expect(await outcome(present(site, name, { code, username: 'ann' }))).toBe('good')
  })

  it('is told from one that never was once it has expired, but only as what it was', async () => {
    const site = testAuth()
    const { code, second } = await newCode(site, name)
    site.clock.advance({ days: 7, seconds: 1 })
    expect(await outcome(present(site, name, { code, issuedAtSeconds: second, email: EMAIL }))).toEqual(EXPIRED)
    expect(await outcome(present(site, name, { code, issuedAtSeconds: second + 1 }))).toEqual(PLAIN)
    expect(await outcome(present(site, name, { code, email: 'bob@example.org' }))).toEqual(PLAIN)
    expect(await outcome(present(site, name, { code: 'A'.repeat(43) }))).toEqual(PLAIN)
    site.clock.advance({ days: 7 })
    await site.auth.cleanUp()
    expect(await outcome(present(site, name, { code }))).toEqual(PLAIN)
  })
})

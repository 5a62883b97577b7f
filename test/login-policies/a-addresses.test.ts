/** Section A: an address that several may claim has one owner once it is proven, and every address has one form. */
import { afterEach, describe, expect, it } from 'vitest'
import { djmongoauth } from '../../src/dialects/djmongoauth/index.ts'
import { djoser } from '../../src/dialects/djoser/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { restAuth } from '../../src/dialects/rest-auth/index.ts'
import { restRegistration } from '../../src/dialects/rest-registration/index.ts'
import { codeIn, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../support/accounts.ts'
import { sampleProvider } from '../support/sample-provider.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../support/test-auth.ts'

const ADDRESS = 'ann@example.org'

const sites: TestAuth[] = []
afterEach(async () => {
  for (const site of sites.splice(0)) await site.auth.close()
})

type SiteOptions = Parameters<typeof testAuth>[0]

/** Addresses are unique once they are proven. */
function sharing(options: SiteOptions = {}): TestAuth {
  return opened({ ...options, user: { emailUnique: 'once-proven', ...options.user } })
}

function opened(options: SiteOptions): TestAuth {
  const site = testAuth(options)
  sites.push(site)
  return site
}

/** Nobody has to prove an address. */
const OPEN: SiteOptions = { login: { emailMustBeVerified: false } }

const register = ({ auth }: TestAuth, username: string, email = ADDRESS) =>
  auth.register({ username, email, password: GOOD_PASSWORD })

/** Registers, and gives the code that was mailed for it. */
async function claim(site: TestAuth, username: string, email = ADDRESS): Promise<string> {
  const { user } = await register(site, username, email)
  return newestCode(site, user.email ?? '')
}

async function own(site: TestAuth, username: string, email = ADDRESS): Promise<void> {
  await site.auth.activate({ code: await claim(site, username, email) })
}

/** Subjects and recipients of what was mailed since the last look. */
async function mailed({ auth, mailer }: TestAuth): Promise<readonly string[]> {
  await auth.flush()
  const mails = mailer.sent.map(({ to, subject }) => `${to}: ${subject}`)
  mailer.clear()
  return mails
}

async function codesMailed({ auth, mailer }: TestAuth): Promise<readonly string[]> {
  await auth.flush()
  const codes = mailer.sent.map((mail) => codeIn(mail)).filter((code) => code !== null)
  mailer.clear()
  return codes
}

const statusOf = async ({ auth }: TestAuth, username: string) => (await auth.findUser(username))?.status

const taken = { code: 'validation_failed', details: { fields: { email: [{ code: 'taken' }] } } }

describe('an address that nobody has proven', () => {
  it('A6: is had by everybody who registers it, and nobody’s registration is ended by another', async () => {
    const site = sharing()
    const first = await claim(site, 'first')
    await claim(site, 'second')
    expect((await site.auth.activate({ code: first })).user).toMatchObject({ username: 'first', status: 'active' })
    expect(await statusOf(site, 'second')).toBe('pending')
  })

  it('A6: ends the registration of before in the mode that is the default', async () => {
    const site = opened({})
    const first = await claim(site, 'first')
    await claim(site, 'second')
    expect(await refusalOf(site.auth.activate({ code: first }))).toBe('code_invalid')
    expect(await site.auth.findUser('first')).toBeNull()
  })

  it('A6: belongs to the first who proves it, and the links of the others are dead from then on', async () => {
    const site = sharing()
    const [first, second] = [await claim(site, 'first'), await claim(site, 'second')]
    await site.auth.activate({ code: second })
    expect(await refusalOf(site.auth.activate({ code: first }))).toBe('code_invalid')
    expect(await statusOf(site, 'first')).toBe('pending')
    expect((await logIn(site.auth, ADDRESS)).user.username).toBe('second')
  })

  it('A6: belongs to exactly one of many who prove it at once', async () => {
    const site = sharing()
    const codes: string[] = []
    for (const name of ['a1', 'b2', 'c3', 'd4', 'e5', 'f6']) codes.push(await claim(site, name))
    const outcomes = await Promise.all(codes.map((code) => refusalOf(site.auth.activate({ code }))))
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'code_invalid')).toHaveLength(codes.length - 1)
  })

  it('A6: is cleaned up with those who never proved it', async () => {
    const site = sharing()
    await claim(site, 'first')
    await own(site, 'second')
    site.clock.advance({ days: 8 })
    await site.auth.cleanUp()
    expect(await site.auth.findUser('first')).toBeNull()
    expect(await statusOf(site, 'second')).toBe('active')
  })
})

describe('an address that somebody has proven', () => {
  it('A6: gets the answer of a free one at registration, and its owner is told', async () => {
    const site = sharing()
    await own(site, 'olga')
    await mailed(site)
    const free = await register(site, 'bob', 'bob@example.org')
    expect(await mailed(site)).toEqual([expect.stringContaining('bob@example.org: ')])
    const owned = await register(site, 'eve')
    expect({ ...owned, user: { ...owned.user, id: 0, username: '', email: '' } }).toEqual({
      ...free,
      user: { ...free.user, id: 0, username: '', email: '' },
    })
    expect(await mailed(site)).toEqual([`${ADDRESS}: You already have an account at Acme`])
    expect(await refusalOf(logIn(site.auth, 'eve'))).toBe('invalid_credentials')
    expect((await logIn(site.auth, ADDRESS)).user.username).toBe('olga')
  })

  it('A6: leaves nothing behind that tells it from a free one: the names of all who tried stay taken', async () => {
    const site = sharing()
    await own(site, 'olga')
    const names = async (email: string, first: string, second: string) => {
      for (const name of [first, second]) await register(site, name, email)
      return Promise.all([first, second].map((name) => refusalOf(register(site, name, 'other@example.org'))))
    }
    expect(await names(ADDRESS, 'one', 'two')).toEqual(await names('free@example.org', 'three', 'four'))
  })

  it('A6: is told to be taken only where it is proven, and only where that may be told', async () => {
    const site = sharing(OPEN)
    const telling = (username: string) =>
      site.auth.register({ username, email: ADDRESS, password: GOOD_PASSWORD, dangerouslyTellTaken: true })
    await telling('first')
    const { user } = await telling('second')
    expect(user.status).toBe('active')
    await site.auth.activate({ code: await newestCode(site, ADDRESS) })
    await expect(telling('third')).rejects.toMatchObject(taken)
    expect((await register(site, 'fourth')).status).toBe('active')
    expect(await refusalOf(logIn(site.auth, 'fourth'))).toBe('invalid_credentials')
  })

  it('A6: is not given to users whom operators make, and they own the address they are given', async () => {
    const site = sharing()
    const first = await claim(site, 'first')
    const create = (username: string) =>
      site.auth.createUser({ username, email: ADDRESS, password: GOOD_PASSWORD, passwordCheck: 'enforced' })
    expect((await create('made')).emailVerifiedAt).not.toBeNull()
    await expect(create('other')).rejects.toMatchObject(taken)
    expect(await refusalOf(site.auth.activate({ code: first }))).toBe('code_invalid')
  })
})

describe('a change of address', () => {
  const OTHER = 'bob@example.org'

  async function changing(): Promise<TestAuth & { readonly bob: { readonly actor: { session: { id: string } } } }> {
    const site = sharing()
    await own(site, 'bob', OTHER)
    const { issued } = await logIn(site.auth, 'bob')
    await mailed(site)
    return { ...site, bob: { actor: issued } }
  }

  it('A6: to an owned one is refused, and the owner is told instead of asked', async () => {
    const site = await changing()
    await own(site, 'ann')
    await mailed(site)
    await site.auth.changeEmail({ newEmail: ADDRESS, currentPassword: GOOD_PASSWORD }, site.bob)
    expect(await mailed(site)).toContain(`${ADDRESS}: You already have an account at Acme`)
    const direct = site.auth.setEmail({ email: ADDRESS, activation: 'none' }, site.bob)
    await expect(direct).rejects.toMatchObject(taken)
    await expect(site.auth.updateProfile({ email: ADDRESS }, site.bob)).rejects.toMatchObject(taken)
  })

  it('A6: to one that others only claim goes on, and ends none of them', async () => {
    const site = await changing()
    const code = await claim(site, 'ann')
    await site.auth.changeEmail({ newEmail: ADDRESS, currentPassword: GOOD_PASSWORD }, site.bob)
    const { email } = await site.auth.confirmEmailChange({ code: await newestCode(site, ADDRESS) })
    expect(email).toBe(ADDRESS)
    expect(await statusOf(site, 'ann')).toBe('pending')
    expect(await refusalOf(site.auth.activate({ code }))).toBe('code_invalid')
  })

  it('A6: is refused at the last moment to whom somebody else was faster', async () => {
    const site = await changing()
    await site.auth.changeEmail({ newEmail: ADDRESS, currentPassword: GOOD_PASSWORD }, site.bob)
    const code = await newestCode(site, ADDRESS)
    await own(site, 'ann')
    await expect(site.auth.confirmEmailChange({ code })).rejects.toMatchObject({
      code: 'code_invalid',
      details: { reason: 'taken_meanwhile' },
    })
    expect((await site.auth.findUser('bob'))?.email).toBe(OTHER)
  })

  it('A6: gives the old address away, and its link back works while nobody else has proven it', async () => {
    const site = await changing()
    await site.auth.setEmail({ email: ADDRESS, activation: 'none' }, site.bob)
    const undo = await newestCode(site, OTHER)
    const claimed = await claim(site, 'eve', OTHER)
    await site.auth.cancelEmailChange({ code: undo })
    expect((await site.auth.findUser('bob'))?.email).toBe(OTHER)
    expect(await refusalOf(site.auth.activate({ code: claimed }))).toBe('code_invalid')
  })
})

describe('mails that are asked for an address', () => {
  it('A6: bring a new activation to everybody who waits for one, each for the own account, five at most', async () => {
    const site = sharing()
    const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven']
    for (const name of names) await register(site, name)
    await mailed(site)
    await site.auth.resendActivation({ email: 'ANN@example.org' })
    const codes = await codesMailed(site)
    expect(codes).toHaveLength(5)
    expect((await site.auth.activate({ code: codes[1] ?? '' })).user.username).toBe('two')
    await mailed(site)
    await site.auth.resendActivation({ email: ADDRESS })
    expect(await mailed(site)).toEqual([])
  })

  it('A6: set a new password for the owner alone', async () => {
    const site = sharing()
    await claim(site, 'first')
    await own(site, 'olga')
    await mailed(site)
    for (const asked of [{ email: ADDRESS }, { identifier: ADDRESS }]) {
      await site.auth.requestPasswordReset(asked)
      const [code = '', ...others] = await codesMailed(site)
      expect(others).toEqual([])
      await site.auth.confirmPasswordReset({ code, newPassword: 'a heron at the mill pond' })
    }
    expect((await logIn(site.auth, 'olga', 'a heron at the mill pond')).user.email).toBe(ADDRESS)
    expect(await statusOf(site, 'first')).toBe('pending')
  })

  it('A6: set a new password for each who is active where nobody owns it, and then one of them does', async () => {
    const site = sharing({ login: { emailMustBeVerified: false } })
    await site.auth.register({ username: 'waiting', email: ADDRESS, password: GOOD_PASSWORD, activation: 'mailed' })
    for (const name of ['first', 'second']) await register(site, name)
    for (const asked of [{ email: ADDRESS }, { identifier: ADDRESS }]) {
      await mailed(site)
      await site.auth.requestPasswordReset(asked)
      expect(await mailed(site)).toHaveLength(2)
    }
    await site.auth.requestPasswordReset({ email: ADDRESS })
    const [first = '', second = ''] = await codesMailed(site)
    await site.auth.confirmPasswordReset({ code: second, newPassword: 'a heron at the mill pond' })
    const late = site.auth.confirmPasswordReset({ code: first, newPassword: 'a heron at the mill pond' })
    expect(await refusalOf(late)).toBe('code_invalid')
    expect((await logIn(site.auth, 'second', 'a heron at the mill pond')).user.emailVerifiedAt).not.toBeNull()
    expect(await refusalOf(logIn(site.auth, 'first', 'a heron at the mill pond'))).toBe('invalid_credentials')
  })

  it('A6: let whoever reads the mailbox finish a registration with a password of their own, as long as nobody owns it', async () => {
    const site = sharing()
    await claim(site, 'first')
    await mailed(site)
    await site.auth.requestPasswordReset({ email: ADDRESS })
    const [code = ''] = await codesMailed(site)
    await site.auth.confirmPasswordReset({ code, newPassword: 'a heron at the mill pond' })
    expect((await logIn(site.auth, ADDRESS, 'a heron at the mill pond')).user.username).toBe('first')
  })

  it('A6: never bring the owner a link for the account of somebody else who claims it', async () => {
    const site = sharing(OPEN)
    await register(site, 'claimant')
    await own(site, 'olga')
    await mailed(site)
    await site.auth.requestPasswordReset({ identifier: 'claimant' })
    expect(await mailed(site)).toEqual([])
    const told = site.auth.requestPasswordReset({ identifier: 'claimant', dangerouslyTellUnknown: true })
    expect(await refusalOf(told)).toBe('not_found')
  })

  it('A6: give no new name to somebody whose address another has proven meanwhile', async () => {
    const site = sharing(OPEN)
    await register(site, 'claimant')
    await mailed(site)
    await site.auth.requestUsernameReset({ email: ADDRESS })
    const [code = ''] = await codesMailed(site)
    await own(site, 'olga')
    expect(await refusalOf(site.auth.confirmUsernameReset({ code, newUsername: 'renamed' }))).toBe('code_invalid')
    expect(await site.auth.findUser('renamed')).toBeNull()
  })

  it('A6: tell nobody by their answers who has the address', async () => {
    const site = sharing()
    await claim(site, 'first')
    await own(site, 'olga', 'owned@example.org')
    for (const email of [ADDRESS, 'owned@example.org', 'nobody@example.org']) {
      expect(await site.auth.requestPasswordReset({ email })).toBeUndefined()
      expect(await site.auth.resendActivation({ email })).toBeUndefined()
    }
  })
})

describe('social log-in', () => {
  const provider = sampleProvider()
  const social = { providers: [provider.factory] }

  const enter = (site: TestAuth, subject: string, emailVerified: boolean) =>
    site.auth.socialLogin({
      provider: 'sample',
      accessToken: provider.tokenFor({ subject, email: ADDRESS, emailVerified, usernameHint: subject }),
    })

  it('A6: makes whoever comes with a proven address its owner, and ends nobody who claims it', async () => {
    const site = sharing({ social })
    const code = await claim(site, 'claimant')
    expect((await enter(site, 'olga', true)).user.username).toBe('olga')
    expect(await statusOf(site, 'claimant')).toBe('pending')
    expect(await refusalOf(site.auth.activate({ code }))).toBe('code_invalid')
  })

  it('A6: lets nobody have an address that another has proven, nor prove it later', async () => {
    const site = sharing({ social, ...OPEN })
    expect((await enter(site, 'claimant', false)).user.username).toBe('claimant')
    await own(site, 'olga')
    expect(await refusalOf(enter(site, 'newcomer', true))).toBe('email_in_use')
    expect((await enter(site, 'claimant', true)).user).toMatchObject({ username: 'claimant', emailVerifiedAt: null })
  })

  it('A6: links only to the owner of a proven address', async () => {
    const site = sharing({ social: { ...social, linkProvenAddresses: true } })
    await claim(site, 'claimant')
    await own(site, 'olga')
    expect((await enter(site, 'anything', true)).user.username).toBe('olga')
  })
})

describe('every door', () => {
  const page = 'https://app.acme.test/verify/'
  const door = {
    portressApi: ['/api/register', { '/api': portressApi() }, {}],
    djoser: [
      '/auth/users/',
      { '/auth': djoser({ activationUrl: 'activate/{uid}/{token}', sendActivationEmail: true }) },
      { re_password: GOOD_PASSWORD },
    ],
    restAuth: [
      '/rest/registration/',
      {
        '/rest': restAuth({ accountConfirmEmailUrl: 'confirm/{key}', passwordResetConfirmUrl: 'reset/{uid}/{token}' }),
      },
      { password1: GOOD_PASSWORD, password2: GOOD_PASSWORD },
    ],
    restRegistration: [
      '/accounts/register/',
      {
        '/accounts': restRegistration({
          registerVerificationUrl: page,
          resetPasswordVerificationUrl: page,
          registerEmailVerificationUrl: page,
        }),
      },
      { password_confirm: GOOD_PASSWORD },
    ],
    djmongoauth: ['/mongo/register', { '/mongo': djmongoauth() }, {}],
  } as const satisfies Record<string, readonly [string, NonNullable<NonNullable<SiteOptions>['mounts']>, object]>

  it.each(Object.entries(door))('A6: registers at %s as always', async (_name, [path, mounts, more]) => {
    const site = sharing({ mounts, login: { identifiers: ['username'], emailMustBeVerified: true } })
    const post = async (username: string, email: string) => {
      const body = JSON.stringify({ username, email, password: GOOD_PASSWORD, ...more })
      const headers = { 'content-type': 'application/json' }
      const { status } = await site.auth.fetch(new Request(TEST_ORIGIN + path, { method: 'POST', headers, body }))
      return status
    }
    expect([await post('first', ADDRESS), await post('second', ADDRESS)]).toEqual([201, 201])
    await site.auth.flush()
    site.mailer.clear()
    await site.auth.resendActivation({ email: ADDRESS })
    const [first = '', second = ''] = await codesMailed(site)
    expect((await site.auth.activate({ code: second })).user.username).toBe('second')
    expect(await refusalOf(site.auth.activate({ code: first }))).toBe('code_invalid')
    expect(await post('third', ADDRESS)).toBe(await post('fourth', 'free@example.org'))
    expect(await mailed(site)).toContainEqual(expect.stringContaining(`${ADDRESS}: `))
    expect((await site.auth.findUser('third'))?.email).not.toBe(ADDRESS)
  })
})

describe('the form of an address', () => {
  it('A7: has its domain in small letters from the beginning, and the rest as it was typed', async () => {
    const site = opened({})
    expect((await register(site, 'bob', 'Bob@EXAMPLE.com')).user.email).toBe('Bob@example.com')
    const made = { username: 'eve', email: 'Eve@BÜCHER.Example', password: null, passwordCheck: 'bypassed' } as const
    expect((await site.auth.createUser(made)).email).toBe('Eve@xn--bcher-kva.example')
  })

  it.each(['always', 'once-proven'] as const)('A7: is found in any case where it is unique %s', async (emailUnique) => {
    const site = opened({ user: { emailUnique } })
    await own(site, 'bob', 'Bob@EXAMPLE.com')
    for (const typed of ['Bob@example.com', 'bob@example.com', ' BOB@EXAMPLE.COM ']) {
      expect((await logIn(site.auth, typed)).user.email).toBe('Bob@example.com')
    }
  })

  it.each(['always', 'once-proven'] as const)(
    'A7: is one address in any case where it is unique %s',
    async (emailUnique) => {
      const site = opened({ user: { emailUnique } })
      await own(site, 'bob', 'Bob@EXAMPLE.com')
      const again = { username: 'eve', email: 'BOB@example.COM', password: null, passwordCheck: 'bypassed' } as const
      await expect(site.auth.createUser(again)).rejects.toMatchObject(taken)
    },
  )
})

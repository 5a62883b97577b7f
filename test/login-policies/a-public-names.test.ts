/** Section A: names that may stand in URLs have no address in them, and are made up for whoever gives none. */
import { afterEach, describe, expect, it } from 'vitest'
import { djmongoauth } from '../../src/dialects/djmongoauth/index.ts'
import { djoser } from '../../src/dialects/djoser/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { restAuth } from '../../src/dialects/rest-auth/index.ts'
import { restRegistration } from '../../src/dialects/rest-registration/index.ts'
import { activeUser, GOOD_PASSWORD, logIn, newestCode } from '../support/accounts.ts'
import { sampleProvider } from '../support/sample-provider.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../support/test-auth.ts'

const sites: TestAuth[] = []
afterEach(async () => {
  for (const site of sites.splice(0)) await site.auth.close()
})

function opened(options: Parameters<typeof testAuth>[0] = {}): TestAuth {
  const site = testAuth(options)
  sites.push(site)
  return site
}

/** Names are made up for whoever gives none. */
const inventing = (options: Parameters<typeof testAuth>[0] = {}): TestAuth =>
  opened({ ...options, user: { username: 'invented', ...options?.user } })

let addresses = 0

interface Person {
  readonly username?: string | null
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string
}

/** Registers somebody, and tells who they are from then on. */
async function register({ auth }: TestAuth, person: Person = {}): Promise<{ id: number | string; name: string }> {
  addresses += 1
  const email = `mailbox.${addresses}@example.org`
  const { user } = await auth.register({ email, password: GOOD_PASSWORD, ...person })
  return { id: user.id, name: user.username ?? '(none)' }
}

const problemOf = (options: Parameters<typeof testAuth>[0]): string => {
  try {
    opened(options)
  } catch (error) {
    return error instanceof TypeError ? error.message : String(error)
  }
  return 'accepted'
}

describe('a name that is made up', () => {
  it('A8: is first and last name in small letters, and the number of the user', async () => {
    const site = inventing()
    const { id, name } = await register(site, { firstName: 'Ann', lastName: 'Smith' })
    expect(name).toBe(`annsmith_${id}`)
    const other = await register(site, { firstName: 'Ann', lastName: 'Smith' })
    expect(other.name).toBe(`annsmith_${other.id}`)
    expect(other.name).not.toBe(name)
  })

  it('A8: has what can stand in a name of the names, however they are written', async () => {
    const site = inventing()
    const made = async (firstName: string, lastName: string): Promise<string> => {
      const { id, name } = await register(site, { firstName, lastName })
      return name.replace(`_${id}`, '_N')
    }
    expect(await made('Jean-Luc', "d'Arc")).toBe('jean-lucdarc_N')
    expect(await made('  Ada   Mary ', '')).toBe('adamary_N')
    expect(await made('', 'Größe')).toBe('größe_N')
    expect(await made('ＡＮＮ', '')).toBe('ann_N')
    expect(await made('Анна', '')).toBe('анна_N')
    expect(await made('', '')).toBe('user_N')
    expect(await made('👩‍👩‍👧', '!?')).toBe('user_N')
    // Two scripts in one name are how look-alikes are made.
    expect(await made('Анна', 'Smith')).toBe('анна_N')
    expect(await made('x'.repeat(150), 'y'.repeat(150))).toBe(`${'x'.repeat(124)}_N`)
  })

  it('A8: has no address in it, nor the beginning of one', async () => {
    const site = inventing()
    const hostile = ['ann@example.org', 'ann＠example.org', '"ann"@example.org', 'ann﹫example.org']
    for (const firstName of hostile) {
      const { id, name } = await register(site, { firstName, lastName: '', email: `ann.${addresses}@example.org` })
      expect(name, firstName).toBe(`user_${id}`)
    }
    const { id, name } = await register(site, { firstName: 'ann@example.org', lastName: 'Smith' })
    expect(name).toBe(`smith_${id}`)
  })

  it('A8: is not made of the address where a door asks for that either', async () => {
    const { auth } = inventing()
    const { user } = await auth.register({ email: 'ann@example.org', password: GOOD_PASSWORD, inventUsername: true })
    expect(user.username).toBe(`user_${user.id}`)
  })

  it('A8: stays the same when the names change, and cannot be taken away', async () => {
    const site = inventing({ login: { emailMustBeVerified: false } })
    const { name } = await register(site, { firstName: 'Ann', lastName: 'Smith', email: 'ann@example.org' })
    const { issued } = await logIn(site.auth, 'ann@example.org')
    const caller = { actor: issued }
    const renamed = await site.auth.updateProfile({ firstName: 'Bea', lastName: 'Jones' }, caller)
    expect(renamed).toMatchObject({ username: name, firstName: 'Bea' })
    for (const username of ['', null] as const) {
      await expect(site.auth.updateProfile({ username: username ?? '' }, caller)).rejects.toMatchObject({
        details: { fields: { username: [{ code: 'required' }] } },
      })
    }
    expect((await logIn(site.auth, name)).user.firstName).toBe('Bea')
  })

  it('A8: is nobody’s whom somebody else has given it to themself', async () => {
    const site = inventing({ login: { emailMustBeVerified: false } })
    const { id } = await register(site, { username: 'first' })
    const next = Number(id) + 2
    await register(site, { username: `AnnSmith_${next}` })
    const { id: own, name } = await register(site, { firstName: 'Ann', lastName: 'Smith' })
    expect(own).toBe(next)
    expect(name).toMatch(new RegExp(`^annsmith_${next}_\\d{6}$`))
  })

  it('A8: is none of those that nobody may have', async () => {
    const site = inventing({ user: { reservedUsernames: ['USER_1', 'user_2'] } })
    for (const id of [1, 2]) expect((await register(site)).name).toMatch(new RegExp(`^user_${id}_\\d{6}$`))
  })

  it('A8: has random digits where users have no numbers', async () => {
    const site = inventing({ ids: 'uuid' })
    const names = new Set<string>()
    for (let index = 0; index < 20; index += 1) names.add((await register(site, { firstName: 'Ann' })).name)
    expect(names.size).toBe(20)
    for (const name of names) expect(name).toMatch(/^ann_\d{6}$/)
  })

  it('A8: comes to each of many who register at once', async () => {
    const site = inventing()
    const made = await Promise.all(Array.from({ length: 12 }, () => register(site, { firstName: 'Ann' })))
    expect(new Set(made.map(({ name }) => name)).size).toBe(12)
    for (const { id, name } of made) expect(name).toBe(`ann_${id}`)
  })

  it('A8: comes with a stand-in as with a user, so that it does not tell whose an address is', async () => {
    const site = inventing()
    const before = await register(site, { firstName: 'Ann', email: 'ann@example.org' })
    await site.auth.activate({ code: await newestCode(site, 'ann@example.org') })
    const standIn = await register(site, { firstName: 'Eve', email: 'ann@example.org' })
    const after = await register(site, { firstName: 'Bob' })
    expect([before, standIn, after].map(({ name }) => name)).toEqual(['ann_1', 'eve_2', 'bob_3'])
  })
})

describe('a name that is given', () => {
  it('A8: is kept, and has no address in it', async () => {
    const site = inventing({ login: { identifiers: ['username'] } })
    expect((await register(site, { username: 'Ann' })).name).toBe('Ann')
    for (const username of ['ann@example.org', 'ann＠example.org', '@ann']) {
      await expect(register(site, { username })).rejects.toMatchObject({
        details: { fields: { username: [{ code: 'username_invalid' }] } },
      })
    }
    for (const username of ['', null]) {
      const { id, name } = await register(site, { username })
      expect(name).toBe(`user_${id}`)
    }
  })

  it('A8: may be an address where no address logs in, unless that is refused', async () => {
    const login = { identifiers: ['username'] } as const
    const bob = { username: 'bob@example.org' }
    expect((await register(opened({ login }), bob)).name).toBe('bob@example.org')
    const refused = { details: { fields: { username: [{ code: 'username_invalid' }] } } }
    const strict = opened({ login, user: { atInUsernames: 'refused' } })
    await expect(register(strict, bob)).rejects.toMatchObject(refused)
    await expect(register(opened(), bob)).rejects.toMatchObject(refused)
    const member = await activeUser(strict)
    const { issued } = await logIn(strict.auth, member.username ?? '')
    const input = { newUsername: 'bob@example.org', currentPassword: GOOD_PASSWORD }
    await expect(strict.auth.changeUsername(input, { actor: issued })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })
})

describe('whoever makes a user', () => {
  it('A8: as an operator need not think of a name', async () => {
    const { auth } = inventing()
    const account = {
      email: 'ann@example.org',
      firstName: 'Ann',
      password: GOOD_PASSWORD,
      passwordCheck: 'enforced',
    } as const
    const user = await auth.createUser(account)
    expect(user.username).toBe(`ann_${user.id}`)
    expect(await auth.findUser(`ANN_${user.id}`)).toMatchObject({ id: user.id })
  })

  it('A8: by a provider gets a name of the names that it tells, not of the account there', async () => {
    const provider = sampleProvider()
    const site = inventing({ social: { providers: [provider.factory] } })
    const enter = (person: Parameters<typeof provider.tokenFor>[0]) =>
      site.auth.socialLogin({ provider: 'sample', accessToken: provider.tokenFor(person) })
    const ann = { subject: '1', email: 'secret.box@example.org', emailVerified: true, usernameHint: 'secret.box' }
    const { user } = await enter({ ...ann, firstName: 'Ann', lastName: 'Lee' })
    expect(user.username).toBe(`annlee_${user.id}`)
    expect((await enter({ ...ann, firstName: 'Bea', lastName: 'Lee' })).user.username).toBe(user.username)
    const nameless = await enter({ ...ann, subject: '2', email: 'other.box@example.org' })
    expect(nameless.user.username).toBe(`user_${nameless.user.id}`)
  })

  it('A8: by a provider learns nothing of whose an address is that is only claimed', async () => {
    const provider = sampleProvider()
    const site = inventing({ social: { providers: [provider.factory] } })
    await register(site, { email: 'ann@example.org' })
    await site.auth.activate({ code: await newestCode(site, 'ann@example.org') })
    const numberAfter = async (email: string, subject: string): Promise<number> => {
      const before = await register(site)
      const accessToken = provider.tokenFor({ subject, email, emailVerified: false })
      for (const _ of [1, 2]) {
        const entered = site.auth.socialLogin({ provider: 'sample', accessToken })
        await expect(entered).rejects.toMatchObject({ code: 'email_not_verified' })
      }
      return Number((await register(site)).id) - Number(before.id)
    }
    expect(await numberAfter('ann@example.org', '1')).toBe(await numberAfter('free@example.org', '2'))
  })
})

describe('every door', () => {
  const page = 'https://app.acme.test/verify/'
  const doors = {
    portressApi: ['/api/register', { '/api': portressApi() }, {}],
    djoser: ['/auth/users/', { '/auth': djoser() }, {}],
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
  } as const satisfies Record<string, readonly [string, Record<string, unknown>, object]>

  it.each(Object.entries(doors))(
    'A8: asks for no name at %s, and takes one that is given',
    async (_name, [path, mounts, more]) => {
      const site = inventing({ mounts, login: { emailMustBeVerified: false } })
      const post = async (account: object) => {
        const body = JSON.stringify({ password: GOOD_PASSWORD, ...more, ...account })
        const headers = { 'content-type': 'application/json' }
        const { status } = await site.auth.fetch(new Request(TEST_ORIGIN + path, { method: 'POST', headers, body }))
        return status
      }
      expect(await post({ email: 'mail.box@example.org' })).toBe(201)
      const nameless = await site.auth.findUser('mail.box@example.org')
      expect(nameless?.username).toBe(`user_${nameless?.id}`)
      expect(await post({ email: 'other@example.org', username: 'bob' })).toBe(201)
      expect((await site.auth.findUser('bob'))?.email).toBe('other@example.org')
      for (const username of [['bob'], { a: 1 }, 'x'.repeat(1e5), 'nul\0', '\ud800', 'ann@example.org']) {
        const status = await post({ email: 'third@example.org', username })
        expect(status, JSON.stringify(username).slice(0, 20)).toBeGreaterThanOrEqual(400)
        expect(status).toBeLessThan(500)
      }
    },
  )
})

describe('the configuration', () => {
  it('A8: needs an address where names are made up, and room for them', () => {
    expect(problemOf({ user: { username: 'invented', email: 'optional' } })).toContain(
      'must make the user name or the e-mail required',
    )
    expect(problemOf({ user: { username: 'invented', usernameMaxLength: 29 } })).toContain('user.usernameMaxLength')
    expect(problemOf({ user: { username: 'invented', usernameMaxLength: 30 } })).toBe('accepted')
  })

  it('A8: cannot allow addresses for names where that would be dangerous', () => {
    const allowed = { atInUsernames: 'allowed' } as const
    const byName = { identifiers: ['username'] } as const
    expect(problemOf({ user: allowed })).toContain('must not be "allowed" where login.identifiers has "email"')
    expect(problemOf({ user: { ...allowed, username: 'invented' }, login: byName })).toContain(
      'must not be "allowed" where user.username is "invented"',
    )
    expect(problemOf({ user: allowed, login: byName })).toBe('accepted')
  })
})

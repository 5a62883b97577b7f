import { afterEach, describe, expect, expectTypeOf, it } from 'vitest'
import type { Auth, UserOf } from '../../src/auth.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { djoser } from '../../src/dialects/djoser/index.ts'
import { restAuth } from '../../src/dialects/rest-auth/index.ts'
import { restRegistration } from '../../src/dialects/rest-registration/index.ts'
import { AuthError } from '../../src/errors.ts'
import { field, userManager } from '../../src/index.ts'
import type { FieldDefinitions, ValuesOf } from '../../src/model/field.ts'
import { GOOD_PASSWORD, newestCode, refusalOf } from '../support/accounts.ts'
import { HOSTILE_VALUES } from '../support/members.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from '../support/test-auth.ts'

/** A1: the user of S1, whose table has no address. */
const DESCRIPTIVE = {
  email: 'optional',
  usernameMaxLength: 15,
  fields: { description: field.text({ maxLength: 50, default: 'None', required: true }) },
  displayName: ({ username }: { readonly username: string | null }) => username ?? '',
} as const

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function newSite<const F extends FieldDefinitions = Record<never, never>>(
  options: Partial<AuthOptions<F>>,
): TestAuth<F> {
  const site = testAuth<F>(options)
  closing.push(() => site.auth.close())
  return site
}

/** The complaints by field. */
async function complaints(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    if (error instanceof AuthError) return error.details.fields
    throw error
  }
  return 'none'
}

describe('a descriptive user', () => {
  type Described = UserOf<{ readonly description: (typeof DESCRIPTIVE)['fields']['description'] }>

  /** What an application gives out in the words of S1: `is_staff` and `is_admin` are views of what is stored. */
  const inWordsOfS1 = (user: Described) => ({
    username: user.username,
    description: user.fields.description,
    isActive: user.status === 'active',
    staff: user.isStaff,
    admin: user.isSuperuser,
    get is_staff() {
      return this.staff
    },
    get is_admin() {
      return this.admin
    },
  })

  const site = (): TestAuth<(typeof DESCRIPTIVE)['fields']> => newSite({ user: DESCRIPTIVE })

  it('A1: has the defaults of S1', async () => {
    const { auth } = site()
    const user = await userManager(auth).createUser({ username: 'ann', password: GOOD_PASSWORD })
    expect(inWordsOfS1(user)).toEqual({
      username: 'ann',
      description: 'None',
      isActive: true,
      staff: false,
      admin: false,
      is_staff: false,
      is_admin: false,
    })
    expectTypeOf(user.fields.description).toEqualTypeOf<string>()
  })

  it('A1: gives staff and admin out as views that nobody can set', async () => {
    const users = userManager(site().auth)
    const staff = inWordsOfS1(await users.createStaffUser({ username: 'ann', description: 'By the weir' }))
    const admin = inWordsOfS1(await users.createSuperuser({ username: 'bob', description: 'At the lock' }))
    expect([staff.is_staff, staff.is_admin, admin.is_staff, admin.is_admin]).toEqual([true, false, true, true])
    expect(() => Object.assign(staff, { is_admin: true })).toThrow(TypeError)
    expect(staff.is_admin).toBe(false)
  })

  it('A1: has a unique name of 15 characters at most, and a description of 50', async () => {
    const { auth } = site()
    const make = (username: string, description = 'x'.repeat(50)) =>
      complaints(auth.createUser({ username, fields: { description }, password: null, passwordCheck: 'bypassed' }))
    expect(await make('a'.repeat(15))).toBe('none')
    expect(await make('b'.repeat(16))).toEqual({ username: [{ code: 'too_long', params: { maxLength: 15 } }] })
    expect(await make('A'.repeat(15))).toEqual({ username: [{ code: 'taken' }] })
    expect(await make('bob', 'x'.repeat(51))).toEqual({
      description: [{ code: 'too_long', params: { maxLength: 50 } }],
    })
    expect(await make('cy', '😀'.repeat(50))).toBe('none')
  })

  it('A1: asks everybody who registers for a description', async () => {
    const { auth } = site()
    const ann = { username: 'ann', password: GOOD_PASSWORD }
    for (const description of [undefined, null, '']) {
      const fields = description === undefined ? {} : { description }
      expect(
        await complaints(auth.register({ ...ann, fields: fields as ValuesOf<(typeof DESCRIPTIVE)['fields']> })),
      ).toEqual({
        description: [{ code: 'required' }],
      })
    }
    const { user, status } = await auth.register({ ...ann, fields: { description: 'By the weir' } })
    expect({ description: user.fields.description, status }).toEqual({ description: 'By the weir', status: 'active' })
  })

  it('A1: logs in by name', async () => {
    const { auth } = site()
    await userManager(auth).createUser({ username: 'ann', password: GOOD_PASSWORD })
    expect((await auth.login({ identifier: 'ann', password: GOOD_PASSWORD })).user.username).toBe('ann')
    expect(await refusalOf(auth.login({ identifier: 'None', password: GOOD_PASSWORD }))).toBe('invalid_credentials')
  })

  it('A1: is called by the user name, whatever first and last name say', async () => {
    const greeted = async (user: AuthOptions['user']): Promise<string | undefined> => {
      const { auth, mailer } = newSite({ ...(user === undefined ? {} : { user }) })
      const ann = { username: 'ann', email: 'ann@example.org', firstName: 'Ann', lastName: 'Lee' }
      const { id } = await auth.createUser({ ...ann, password: null, passwordCheck: 'bypassed' })
      await auth.setPassword({ userId: id, newPassword: GOOD_PASSWORD, passwordCheck: 'bypassed' })
      await auth.flush()
      return /^Hello (.*),$/m.exec(mailer.sent[0]?.text ?? '')?.[1]
    }
    expect(await greeted(undefined)).toBe('Ann Lee')
    expect(await greeted({ displayName: DESCRIPTIVE.displayName })).toBe('ann')
    expect(await greeted({ displayName: () => 'Captain http://evil.example <b>Ann' })).toBe('Captain b Ann')
    // A function that fails keeps no mail from being sent.
    for (const wrong of [() => 7, () => null, () => Promise.reject(new Error('no')), () => JSON.parse('{')]) {
      expect(await greeted({ displayName: wrong as () => string })).toBe('Ann Lee')
    }
  })

  describe('at the doors of Django REST framework', () => {
    const claims = {
      staff: true,
      admin: true,
      is_staff: true,
      is_admin: true,
      is_superuser: true,
      isStaff: true,
      isSuperuser: true,
    }
    const ann = { username: 'ann', email: 'ann@example.org', description: 'By the weir' }
    const twice = (name: string, again: string) => ({ [name]: GOOD_PASSWORD, [again]: GOOD_PASSWORD })
    const doors = [
      {
        name: 'djoser',
        mount: djoser(),
        register: { path: 'users/', body: { ...ann, password: GOOD_PASSWORD } },
        token: { path: 'token/login/', key: 'auth_token' },
        change: 'PATCH users/me/',
      },
      {
        name: 'rest-auth',
        mount: restAuth({ oldPasswordFieldEnabled: true, authentication: ['token'] }),
        register: { path: 'registration/', body: { ...ann, ...twice('password1', 'password2') } },
        token: { path: 'login/', key: 'key' },
        change: 'PATCH user/',
      },
      {
        name: 'rest-registration',
        mount: restRegistration({
          registerVerificationEnabled: false,
          registerEmailVerificationEnabled: false,
          authentication: ['token'],
        }),
        register: { path: 'register/', body: { ...ann, ...twice('password', 'password_confirm') } },
        token: { path: 'login/', key: 'token' },
        change: 'PATCH profile/',
      },
    ] as const

    it.each(doors)('A1: $name lets no client set staff or admin', async ({ mount, register, token, change }) => {
      const { auth } = newSite({ user: DESCRIPTIVE, login: { emailMustBeVerified: false }, mounts: { '/door': mount } })
      const send = async (row: string, body: object, key?: string): Promise<readonly [number, unknown]> => {
        const [method = '', path] = row.split(' ')
        const headers = {
          'content-type': 'application/json',
          ...(key === undefined ? {} : { authorization: `Token ${key}` }),
        }
        const request = new Request(`${TEST_ORIGIN}/door/${path}`, { method, headers, body: JSON.stringify(body) })
        const response = await auth.fetch(request, { address: '192.0.2.1' })
        return [response.status, await response.json().catch(() => null)]
      }
      const mark = async () => {
        const { isStaff, isSuperuser } = (await auth.findUser('ann')) ?? {}
        return { isStaff, isSuperuser }
      }
      await send(`POST ${register.path}`, { ...register.body, ...claims })
      if ((await auth.findUser('ann')) === null) await send(`POST ${register.path}`, register.body)
      expect(await mark()).toEqual({ isStaff: false, isSuperuser: false })
      const credentials = { username: 'ann', login: 'ann', password: GOOD_PASSWORD }
      const [, answer] = await send(`POST ${token.path}`, credentials)
      const key = String((answer as Readonly<Record<string, unknown>>)[token.key])
      const [status] = await send(change, { description: 'At the lock' }, key)
      expect(status).toBe(200)
      await send(change, { ...claims, description: 'At the lock' }, key)
      expect(await mark()).toEqual({ isStaff: false, isSuperuser: false })
    })
  })
})

describe('an address user', () => {
  /** Extends the full user: names are there, and so are groups and permissions. */
  const extended = { username: 'none' } as const
  /** Made from the base user and permissions: the columns of the other route, declared again. */
  const fromBase = { username: 'none', email: 'required' } as const

  /** Everything that somebody sees of one: what is made, what is refused, who logs in. */
  async function story(user: NonNullable<AuthOptions['user']>, names: object): Promise<unknown> {
    const site = newSite({ user, permissions: { 'blog.add_post': 'Can add a post' } })
    const { auth } = site
    const users = userManager(auth)
    const ann = await users.createUser({ email: 'ann@example.org', password: GOOD_PASSWORD, ...names })
    const root = await users.createSuperuser({ email: 'root@example.org', password: GOOD_PASSWORD, ...names })
    const group = await auth.createGroup({ name: 'Editors', permissions: ['blog.add_post'] })
    await auth.setUserGroups({ userId: ann.id, groupIds: [group.id] })
    const { firstName: _first, lastName: _last, ...rest } = ann
    return {
      rest,
      isSuperuser: root.isSuperuser,
      mayAdd: [await auth.hasPermission(ann.id, 'blog.add_post'), await auth.hasPermission(root.id, 'blog.add_post')],
      withoutAddress: await complaints(users.createUser({ password: GOOD_PASSWORD })),
      taken: await complaints(users.createUser({ email: 'ANN@example.org' })),
      withName: await complaints(users.createUser({ email: 'bob@example.org', username: 'bob' })),
      login: (await auth.login({ identifier: 'Ann@Example.org', password: GOOD_PASSWORD })).user.id,
      wrong: await refusalOf(auth.login({ identifier: 'ann@example.org', password: 'wrong' })),
      found: (await users.getByNaturalKey('ann@example.org'))?.id,
      registered: (await auth.register({ email: 'cy@example.org', password: GOOD_PASSWORD, ...names })).status,
      activated: (await auth.activate({ code: await newestCode(site as never, 'cy@example.org') })).user.status,
    }
  }

  it('A3: has no name, logs in by a unique address and needs nothing else', async () => {
    expect(await story(extended, {})).toMatchObject({
      rest: {
        username: null,
        email: 'ann@example.org',
        isStaff: false,
        isSuperuser: false,
        status: 'active',
        dateJoined: expect.any(Date),
        lastLoginAt: null,
      },
      isSuperuser: true,
      mayAdd: [true, true],
      withoutAddress: { email: [{ code: 'required' }] },
      taken: { email: [{ code: 'taken' }] },
      withName: { username: [{ code: 'unknown_field' }] },
      login: 1,
      wrong: 'invalid_credentials',
      found: 1,
      registered: 'verification_required',
      activated: 'active',
    })
  })

  it('A3: is the same by either route, whether anybody uses the names or not', async () => {
    const whole = await story(extended, { firstName: 'Ann', lastName: 'Lee' })
    expect(await story(fromBase, {})).toEqual(whole)
    expect(await story(fromBase, { firstName: 'Ann' })).toEqual(whole)
  })

  it('A3: takes no address that is none, whoever sends it', async () => {
    const { auth } = newSite({ user: extended })
    for (const email of HOSTILE_VALUES) {
      const input = { email: email as string, password: GOOD_PASSWORD }
      expect(await refusalOf(auth.register(input))).toBe('validation_failed')
      expect(await refusalOf(auth.createUser({ ...input, passwordCheck: 'bypassed' }))).toBe('validation_failed')
    }
  })
})

describe('the proof of an address', () => {
  const flagsOf = ({ status, emailVerifiedAt }: Pick<UserOf<FieldDefinitions>, 'status' | 'emailVerifiedAt'>) => ({
    isActive: status === 'active',
    isVerified: emailVerifiedAt !== null,
  })

  it('A4: is missing at first, and has nothing to do with being active', async () => {
    const site = newSite({ login: { emailMustBeVerified: false } })
    const { auth } = site
    const { user } = await auth.register({ username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD })
    expect(flagsOf(user)).toEqual({ isActive: true, isVerified: false })
    await auth.resendActivation({ email: 'ann@example.org' })
    const proven = (await auth.activate({ code: await newestCode(site as never, 'ann@example.org') })).user
    expect(flagsOf(proven)).toEqual({ isActive: true, isVerified: true })
    expect(flagsOf(await auth.setStatus({ userId: user.id, status: 'disabled' }))).toEqual({
      isActive: false,
      isVerified: true,
    })
    expect(flagsOf(await auth.setStatus({ userId: user.id, status: 'active' }))).toEqual({
      isActive: true,
      isVerified: true,
    })
  })

  it('A4: stays missing however often an operator activates the user', async () => {
    const { auth } = newSite({ login: { emailMustBeVerified: false } })
    const { user } = await auth.register({ username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD })
    for (const status of ['disabled', 'active', 'disabled', 'active'] as const) {
      expect(flagsOf(await auth.setStatus({ userId: user.id, status })).isVerified).toBe(false)
    }
  })

  it('A4: is no field that a client could write', async () => {
    const { auth } = newSite({ login: { emailMustBeVerified: false } })
    const fields = { emailVerifiedAt: new Date(0), emailVerified: true, isActive: true, status: 'active' }
    const ann = { username: 'ann', email: 'ann@example.org', password: GOOD_PASSWORD }
    expect(await complaints(auth.register({ ...ann, fields }))).toMatchObject({
      emailVerifiedAt: [{ code: 'unknown_field' }],
      emailVerified: [{ code: 'unknown_field' }],
    })
    for (const name of ['emailVerified', 'emailVerifiedAt', 'isActive', 'status', 'isStaff']) {
      expect(() => newSite({ user: { fields: { [name]: field.boolean() } } }), name).toThrow(TypeError)
    }
  })
})

describe('a verification record beside the user', () => {
  const profiles = { verification: { verified: field.boolean({ default: false, writable: false }) } }
  const models: readonly [string, NonNullable<AuthOptions['user']>][] = [
    ['named users', {}],
    ['address users', { username: 'none' }],
    ['descriptive users', DESCRIPTIVE],
    ['users with random ids', {}],
  ]

  const isVerified = (user: UserOf<FieldDefinitions> | null): boolean =>
    user?.profiles['verification']?.['verified'] === true

  async function siteOf(
    model: string,
    user: NonNullable<AuthOptions['user']>,
  ): Promise<{ auth: Auth; id: number | string }> {
    const ids = model.includes('random') ? 'uuid' : 'integer'
    const { auth } = newSite<FieldDefinitions>({ user: { ...user, profiles }, ids })
    const name = user.username === 'none' ? {} : { username: 'ann' }
    const given = { ...name, email: 'ann@example.org', password: GOOD_PASSWORD, passwordCheck: 'bypassed' } as const
    return { auth, id: (await auth.createUser(given)).id }
  }

  it.each(models)('A5: is none at first for %s, which means not verified', async (model, user) => {
    const { auth, id } = await siteOf(model, user)
    const ann = await auth.findUserById(id)
    expect(ann?.profiles).toEqual({ verification: null })
    expect(isVerified(ann)).toBe(false)
  })

  it.each(models)('A5: begins unverified for %s, and only an operator verifies', async (model, user) => {
    const { auth, id } = await siteOf(model, user)
    await auth.updateUser({ userId: id, profiles: { verification: {} } })
    expect((await auth.findUserById(id))?.profiles).toEqual({ verification: { verified: false } })
    const { issued } = await auth.login({ identifier: 'ann@example.org', password: GOOD_PASSWORD })
    const change = auth.updateProfile({ profiles: { verification: { verified: true } } }, { actor: issued })
    expect(await complaints(change)).toEqual({ 'verification.verified': [{ code: 'not_writable' }] })
    expect(isVerified(await auth.findUserById(id))).toBe(false)
    await auth.updateUser({ userId: id, profiles: { verification: { verified: true } } })
    expect(isVerified(await auth.findUserById(id))).toBe(true)
  })

  it.each(models)('A5: is one for each of the %s, and goes with its user', async (model, user) => {
    const { auth, id } = await siteOf(model, user)
    await auth.updateUser({ userId: id, profiles: { verification: { verified: true } } })
    await auth.updateUser({ userId: id, profiles: { verification: { verified: false } } })
    await auth.updateUser({ userId: id, profiles: { verification: { verified: true } } })
    const { issued } = await auth.login({ identifier: 'ann@example.org', password: GOOD_PASSWORD })
    await auth.deleteAccount({ currentPassword: GOOD_PASSWORD }, { actor: issued })
    expect(await auth.findUserById(id)).toBeNull()
    const name = user.username === 'none' ? {} : { username: 'ann' }
    const given = { ...name, email: 'ann@example.org', password: null, passwordCheck: 'bypassed' } as const
    const next = await auth.createUser(given)
    expect(isVerified(next)).toBe(false)
    expect(next.profiles).toEqual({ verification: null })
  })
})

describe('an address', () => {
  it('A7: is stored with its domain in lower case, and found and kept unique by a folded key', async () => {
    const { auth } = newSite({})
    const bob = await auth.createUser({
      username: 'bob',
      email: 'Bob@EXAMPLE.com',
      password: GOOD_PASSWORD,
      passwordCheck: 'bypassed',
    })
    expect(bob.email).toBe('Bob@example.com')
    for (const email of ['bob@example.com', 'BOB@Example.COM', 'Bob@EXAMPLE.com']) {
      expect((await auth.findUser(email))?.id).toBe(bob.id)
      expect((await auth.login({ identifier: email, password: GOOD_PASSWORD })).user.id).toBe(bob.id)
      const other = { username: 'cy', email, password: null, passwordCheck: 'bypassed' } as const
      expect(await complaints(auth.createUser(other))).toEqual({ email: [{ code: 'taken' }] })
    }
  })

  it('A7: is stored the same however it comes in', async () => {
    const site = newSite({ login: { emailMustBeVerified: false } })
    const { auth } = site
    const { user } = await auth.register({ username: 'ann', email: 'Ann@EXAMPLE.org', password: GOOD_PASSWORD })
    expect(user.email).toBe('Ann@example.org')
    const { issued } = await auth.login({ identifier: 'ann', password: GOOD_PASSWORD })
    await auth.changeEmail({ newEmail: 'Ann@Sub.EXAMPLE.org', currentPassword: GOOD_PASSWORD }, { actor: issued })
    const changed = await auth.confirmEmailChange({ code: await newestCode(site as never, 'Ann@sub.example.org') })
    expect(changed.email).toBe('Ann@sub.example.org')
  })
})

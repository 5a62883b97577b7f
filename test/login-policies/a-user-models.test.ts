/** A1 and A3 of the contract about login policies: users who are described, and users who are an address. */
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { UserOf } from '../../src/auth.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { djoser } from '../../src/dialects/djoser/index.ts'
import { restAuth } from '../../src/dialects/rest-auth/index.ts'
import { restRegistration } from '../../src/dialects/rest-registration/index.ts'
import { userManager } from '../../src/index.ts'
import type { ValuesOf } from '../../src/model/field.ts'
import { GOOD_PASSWORD, newestCode, refusalOf } from '../support/accounts.ts'
import { HOSTILE_VALUES } from '../support/members.ts'
import { TEST_ORIGIN, type TestAuth } from '../support/test-auth.ts'
import { complaints, DESCRIPTIVE, modelSites } from './support/model-sites.ts'

const newSite = modelSites()

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

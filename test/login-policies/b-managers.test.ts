import { afterEach, describe, expect, expectTypeOf, it } from 'vitest'
import type { UserOf } from '../../src/auth.ts'
import type { Listeners } from '../../src/contracts/hooks.ts'
import type { Store } from '../../src/contracts/store.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { AuthError, ERRORS } from '../../src/errors.ts'
import { type ManagedUser, type UserManagerOptions, userManager } from '../../src/index.ts'
import { field } from '../../src/model/declare-field.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import { GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../support/accounts.ts'
import { HOSTILE_VALUES } from '../support/members.ts'
import { replacedStore } from '../support/replaced-store.ts'
import { testAuth } from '../support/test-auth.ts'

/** A1: the user of S1. */
const DESCRIPTIVE = {
  email: 'optional',
  usernameMaxLength: 15,
  fields: { description: field.text({ maxLength: 50, default: 'None', required: true }) },
} as const

/** A3: the user of S5 and S16. */
const ADDRESS = { username: 'none' } as const

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function managed<const F extends FieldDefinitions = Record<never, never>>(
  user: NonNullable<AuthOptions<F>['user']>,
  { manager, ...options }: Partial<AuthOptions<F>> & { readonly manager?: UserManagerOptions } = {},
) {
  const site = testAuth<F>({ user, ...options })
  closing.push(() => site.auth.close())
  return { ...site, users: userManager(site.auth, manager) }
}

/** What a refusal says: the words of the manager, and what is wrong with which field. */
async function refused(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    if (error instanceof AuthError) return { code: error.code, message: error.message, fields: error.details.fields }
    throw error
  }
  throw new Error('it was not refused')
}

const blankName = {
  code: 'validation_failed',
  message: 'Users must have an username ',
  fields: { username: [{ code: 'required' }] },
}

const blankAddress = {
  code: 'validation_failed',
  message: 'The given email must be set',
  fields: { email: [{ code: 'required' }] },
}

const notMarked = (mark: string, message: string) => ({
  code: 'validation_failed',
  message,
  fields: { [mark]: [{ code: 'custom', params: { message } }] },
})

describe('createUser of a descriptive model', () => {
  it('B1: refuses a blank user name in exactly these words', async () => {
    const { users } = managed(DESCRIPTIVE)
    for (const username of ['', null, undefined]) {
      const input = {
        password: GOOD_PASSWORD,
        description: 'By the weir',
        ...(username === undefined ? {} : { username }),
      }
      expect(await refused(users.createUser(input))).toEqual(blankName)
    }
  })

  it('B1: makes a user with the description, whose password is stored as a hash and logs in', async () => {
    const { auth, users } = managed(DESCRIPTIVE)
    const user = await users.createUser({ username: 'ann', password: GOOD_PASSWORD, description: 'By the weir' })
    expect(user).toMatchObject({
      username: 'ann',
      status: 'active',
      isStaff: false,
      isSuperuser: false,
      fields: { description: 'By the weir' },
    })
    expect(JSON.stringify(user)).not.toContain(GOOD_PASSWORD)
    expect((await logIn(auth as never, 'ann')).user.id).toBe(user.id)
  })

  it('B1: leaves the default where no description is given', async () => {
    const { users } = managed(DESCRIPTIVE)
    expect((await users.createUser({ username: 'ann' })).fields.description).toBe('None')
  })

  it('B1: refuses what is not declared, and what does not fit', async () => {
    const { users } = managed(DESCRIPTIVE)
    const make = (more: object) =>
      refused(users.createUser({ username: 'ann', ...more } as ManagedUser<FieldDefinitions>))
    const message = ERRORS.validation_failed
    expect(await make({ colour: 'red' })).toEqual({
      code: 'validation_failed',
      message,
      fields: { colour: [{ code: 'unknown_field' }] },
    })
    expect(await make({ fields: { description: 'x' } })).toMatchObject({
      fields: { fields: [{ code: 'unknown_field' }] },
    })
    expect(await make({ description: 'x'.repeat(51) })).toMatchObject({
      fields: { description: [{ code: 'too_long' }] },
    })
    expect(await make({ description: '' })).toMatchObject({ fields: { description: [{ code: 'required' }] } })
    expect(await make({ isStaff: 'false' })).toMatchObject({ fields: { isStaff: [{ code: 'not_boolean' }] } })
  })

  it('B1: has the declared fields in its types', () => {
    const { users } = managed(DESCRIPTIVE)
    expectTypeOf(users.createUser).parameter(0).toHaveProperty('description').toEqualTypeOf<string | undefined>()
    expectTypeOf(users.createUser)
      .returns.resolves.toHaveProperty('fields')
      .toEqualTypeOf<{ readonly description: string }>()
    // @ts-expect-error: nobody declared it
    void (() => users.createUser({ username: 'ann', colour: 'red' }))
  })

  it('B1: looks at the strength of a password only where it is told to', async () => {
    const { users } = managed(DESCRIPTIVE)
    expect((await users.createUser({ username: 'ann', password: 'password' })).username).toBe('ann')
    const strict = managed(DESCRIPTIVE, { manager: { passwordCheck: 'enforced' } }).users
    expect(await refused(strict.createUser({ username: 'ann', password: 'password' }))).toMatchObject({
      fields: { password: expect.arrayContaining([{ code: 'password_too_common' }]) },
    })
  })
})

describe('createStaffUser', () => {
  it('B2: makes staff with one write', async () => {
    const { store, writes } = countingStore()
    const { users } = managed(DESCRIPTIVE, { store })
    const user = await users.createStaffUser({ username: 'ann', password: GOOD_PASSWORD, description: 'By the weir' })
    expect(user).toMatchObject({ isStaff: true, isSuperuser: false, fields: { description: 'By the weir' } })
    expect(writes).toEqual(['insert'])
  })

  it('B2: refuses what createUser refuses, and one who is not to be staff', async () => {
    const { users } = managed(DESCRIPTIVE)
    expect(await refused(users.createStaffUser({ username: '' }))).toEqual(blankName)
    const message = 'Staff user must have is_staff=True.'
    expect(await refused(users.createStaffUser({ username: 'ann', isStaff: false }))).toEqual(
      notMarked('isStaff', message),
    )
    expect(await users.getByNaturalKey('ann')).toBeNull()
  })
})

describe('createSuperuser', () => {
  it('B3: makes a superuser of a descriptive model, with one write', async () => {
    const { store, writes } = countingStore()
    const { users } = managed(DESCRIPTIVE, { store })
    const user = await users.createSuperuser({ username: 'ann', password: GOOD_PASSWORD, description: 'By the weir' })
    expect(user).toMatchObject({ isStaff: true, isSuperuser: true, status: 'active' })
    expect(writes).toEqual(['insert'])
  })

  it('B3: refuses a blank user name as well', async () => {
    const { users } = managed(DESCRIPTIVE)
    expect(await refused(users.createSuperuser({ username: '', password: GOOD_PASSWORD }))).toEqual(blankName)
    expect(await refused(users.createSuperuser({ password: GOOD_PASSWORD }))).toEqual(blankName)
  })

  it('B5: marks staff and superuser, also where both were said', async () => {
    const { users } = managed(ADDRESS)
    const marks = { isStaff: true, isSuperuser: true }
    expect(await users.createSuperuser({ email: 'ann@example.org', password: GOOD_PASSWORD })).toMatchObject(marks)
    expect(await users.createSuperuser({ email: 'bob@example.org', ...marks })).toMatchObject(marks)
  })

  it.each([
    ['isStaff', 'Superuser must have is_staff=True.'],
    ['isSuperuser', 'Superuser must have is_superuser=True.'],
  ])('B5: refuses %s where it is not true', async (mark, message) => {
    const { users } = managed(ADDRESS)
    for (const value of [false, null, 0, 'true', 1]) {
      const input = { email: 'ann@example.org', password: GOOD_PASSWORD, [mark]: value }
      expect(await refused(users.createSuperuser(input))).toEqual(notMarked(mark, message))
    }
    expect(await users.getByNaturalKey('ann@example.org')).toBeNull()
  })

  it('B5: refuses a blank address after that', async () => {
    const { users } = managed(ADDRESS)
    expect(await refused(users.createSuperuser({ email: '' }))).toEqual(blankAddress)
    expect(await refused(users.createSuperuser({ isSuperuser: false }))).toMatchObject({
      message: 'Superuser must have is_superuser=True.',
    })
  })
})

describe('createUser of an address model', () => {
  it('B4: refuses a blank address in exactly these words', async () => {
    const { users } = managed(ADDRESS)
    for (const input of [{ email: '' }, { email: null }, {}]) {
      expect(await refused(users.createUser(input))).toEqual(blankAddress)
    }
  })

  it('B4: makes a plain user, with the address as Django stores it', async () => {
    const { users } = managed(ADDRESS)
    const user = await users.createUser({ email: ' Bob@EXAMPLE.com ', password: GOOD_PASSWORD })
    expect(user).toMatchObject({ username: null, email: 'Bob@example.com', isStaff: false, isSuperuser: false })
  })

  it('B4: makes a user without a password who cannot log in by any, and can after a reset', async () => {
    const site = managed(ADDRESS)
    await site.users.createUser({ email: 'ann@example.org' })
    for (const password of [GOOD_PASSWORD, '', '!', 'None', 'null', 'undefined']) {
      const attempt = site.auth.login({ identifier: 'ann@example.org', password })
      expect(await refusalOf(attempt)).toBe(password === '' ? 'validation_failed' : 'invalid_credentials')
      await site.auth.clearLocks({ identifier: 'ann@example.org' })
    }
    await site.auth.requestPasswordReset({ email: 'ann@example.org' })
    const code = await newestCode(site as never, 'ann@example.org')
    await site.auth.confirmPasswordReset({ code, newPassword: GOOD_PASSWORD })
    expect((await site.auth.login({ identifier: 'ann@example.org', password: GOOD_PASSWORD })).user.email).toBe(
      'ann@example.org',
    )
  })

  it('B4: keeps no hash for such a user', async () => {
    const hashes: unknown[] = []
    const store = replacedStore(({ users }) => ({
      users: {
        ...users,
        insert: (user, options) => {
          hashes.push(user.passwordHash)
          return users.insert(user, options)
        },
      },
    }))
    const { users } = managed(ADDRESS, { store })
    await users.createUser({ email: 'ann@example.org' })
    await users.createUser({ email: 'bob@example.org', password: null })
    await users.createUser({ email: 'cy@example.org', password: GOOD_PASSWORD })
    expect(hashes).toEqual([null, null, expect.stringMatching(/^argon2\$/)])
  })

  it('B4: refuses an empty password instead of hashing it', async () => {
    const { users } = managed(ADDRESS)
    expect(await refused(users.createUser({ email: 'ann@example.org', password: '' }))).toMatchObject({
      fields: { password: [{ code: 'required' }] },
    })
  })

  it('B4: refuses a user name, and an address that somebody has', async () => {
    const { users } = managed(ADDRESS)
    await users.createUser({ email: 'ann@example.org' })
    expect(await refused(users.createUser({ email: 'ANN@Example.org' }))).toMatchObject({
      fields: { email: [{ code: 'taken' }] },
    })
    expect(await refused(users.createUser({ username: 'bob', email: 'bob@example.org' }))).toMatchObject({
      fields: { username: [{ code: 'unknown_field' }] },
    })
  })

  it('B4: makes nobody an operator by what is not true or false', async () => {
    const { users } = managed(ADDRESS)
    for (const mark of ['false', 'true', 0, 1, null, [], {}]) {
      for (const name of ['isStaff', 'isSuperuser']) {
        const input = { email: 'ann@example.org', [name]: mark } as ManagedUser<FieldDefinitions>
        expect(await refused(users.createUser(input))).toMatchObject({ fields: { [name]: [{ code: 'not_boolean' }] } })
      }
    }
  })

  it('B4: refuses whatever is no text as it refuses a bad one', async () => {
    const { users } = managed({})
    for (const value of HOSTILE_VALUES) {
      const input = { username: value, email: value, password: value } as ManagedUser<FieldDefinitions>
      expect(await refused(users.createUser(input)), String(JSON.stringify(value))).toMatchObject({
        code: 'validation_failed',
      })
    }
  })
})

describe('getByNaturalKey', () => {
  it('B6: finds by the login field of the model, and exactly', async () => {
    const { users } = managed({})
    const ann = await users.createUser({ username: 'Ann', email: 'ann@example.org' })
    expect((await users.getByNaturalKey('Ann'))?.id).toBe(ann.id)
    for (const other of ['ann', ' Ann', 'Ann ', 'Ａnn', 'ann@example.org', 'Anna', '']) {
      expect(await users.getByNaturalKey(other), other).toBeNull()
    }
  })

  it('B6: finds by address where the model has no user name, and where people log in by address alone', async () => {
    for (const user of [ADDRESS, {}]) {
      const { users } = managed(user, { login: { identifiers: ['email'] } })
      const name = user === ADDRESS ? {} : { username: 'ann' }
      const ann = await users.createUser({ ...name, email: 'Ann@Example.org' })
      expect((await users.getByNaturalKey('Ann@example.org'))?.id).toBe(ann.id)
      for (const other of ['ann@example.org', 'Ann@Example.org', 'ann'])
        expect(await users.getByNaturalKey(other)).toBeNull()
    }
  })

  it('B6: finds the owner of a name also where somebody’s address looks like it', async () => {
    const { users } = managed({}, { login: { identifiers: ['username'] } })
    const ann = await users.createUser({ username: 'bob@example.org', email: 'ann@example.org' })
    await users.createUser({ username: 'bob', email: 'bob@example.org' })
    expect((await users.getByNaturalKey('bob@example.org'))?.id).toBe(ann.id)
    expect(await users.getByNaturalKey('ann@example.org')).toBeNull()
  })

  it('B6: names nobody by an address that is only claimed', async () => {
    const { auth, users } = managed({ username: 'none', emailUnique: 'once-proven' })
    await auth.register({ email: 'ann@example.org', password: GOOD_PASSWORD })
    expect(await users.getByNaturalKey('ann@example.org')).toBeNull()
    const owner = await users.createUser({ email: 'ann@example.org' })
    expect((await users.getByNaturalKey('ann@example.org'))?.id).toBe(owner.id)
  })

  it('B6: knows nobody by what is no text', async () => {
    const { users } = managed({})
    for (const value of HOSTILE_VALUES) expect(await users.getByNaturalKey(value as string)).toBeNull()
  })
})

describe('normalizeEmail', () => {
  it('A7: trims, and lowers the domain alone', () => {
    const { users } = managed({})
    expect(users.normalizeEmail('Bob@EXAMPLE.com')).toBe('Bob@example.com')
    expect(users.normalizeEmail(' Bob@Sub.EXAMPLE.com\n')).toBe('Bob@sub.example.com')
    expect(users.normalizeEmail('no address')).toBe('no address')
  })

  it('A7: makes nothing of what is no text', () => {
    const { users } = managed({})
    for (const value of [null, undefined, 7, {}, []]) expect(users.normalizeEmail(value as string)).toBe('')
  })
})

describe('a manager', () => {
  it('tells listeners where its calls come from', async () => {
    const doors: string[] = []
    const events: Listeners = { userRegistered: ({ request }) => void doors.push(request?.door ?? 'nowhere') }
    const { users } = managed({}, { events, manager: { caller: { door: 'import' } } })
    const user = await users.createUser({
      username: 'ann',
      email: 'ann@example.org',
      firstName: 'Ann',
      lastName: 'Lee',
    })
    expect(user).toMatchObject({ firstName: 'Ann', lastName: 'Lee' })
    expectTypeOf(user).toEqualTypeOf<UserOf<Record<never, never>>>()
    expect(doors).toEqual(['import'])
  })
})

/** A store that notes what is written about users. */
function countingStore(): { readonly store: AuthOptions['store']; readonly writes: readonly string[] } {
  const writes: string[] = []
  const noting =
    <A extends readonly unknown[], R>(name: string, write: (...args: A) => R) =>
    (...args: A): R => {
      writes.push(name)
      return write(...args)
    }
  const store = replacedStore(({ users }: Store) => ({
    users: {
      ...users,
      insert: noting('insert', users.insert),
      update: noting('update', users.update),
      noteLogin: noting('noteLogin', users.noteLogin),
      delete: noting('delete', users.delete),
    },
  }))
  return { store, writes }
}

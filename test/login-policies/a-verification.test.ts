/** A4, A5 and A7 of the contract about login policies: what is known of an address. */
import { describe, expect, it } from 'vitest'
import type { Auth, UserOf } from '../../src/auth.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { field } from '../../src/index.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import { GOOD_PASSWORD, newestCode } from '../support/accounts.ts'
import { complaints, DESCRIPTIVE, modelSites } from './support/model-sites.ts'

const newSite = modelSites()

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

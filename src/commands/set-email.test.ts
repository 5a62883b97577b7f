import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../../test/support/accounts.ts'
import { bearer, HOSTILE_VALUES, newMember, newSession } from '../../test/support/members.ts'
import { type TestAuth, testAuth } from '../../test/support/test-auth.ts'
import { NO_RATE_LIMITS } from '../testing/test-options.ts'

const OLD = 'ann@example.org'
const NEW = 'new@example.org'
const NONE = { email: NEW, activation: 'none' } as const
const MAILED = { email: NEW, activation: 'mailed' } as const

/** To whom mails went since the last look. */
async function recipients({ auth, mailer }: TestAuth): Promise<readonly string[]> {
  await auth.flush()
  const to = mailer.sent.map((mail) => mail.to)
  mailer.clear()
  return to
}

describe('setEmail without activation', () => {
  it('saves the address at once as unproven, and lets the user go on', async () => {
    const site = testAuth()
    const { caller, issued } = await newMember(site, 'ann')
    expect(await site.auth.setEmail(NONE, caller)).toMatchObject({
      email: NEW,
      emailVerifiedAt: null,
      status: 'active',
    })
    expect(await site.auth.authenticate(bearer(issued))).toMatchObject({ user: { email: NEW } })
  })

  it('leaves everything as it is when the address is the same', async () => {
    const site = testAuth()
    const { user, caller } = await newMember(site, 'ann')
    for (const activation of ['none', 'mailed'] as const) {
      expect(await site.auth.setEmail({ email: OLD, activation }, caller)).toMatchObject({
        email: OLD,
        emailVerifiedAt: user.emailVerifiedAt,
        status: 'active',
      })
    }
    expect(await recipients(site)).toEqual([])
  })

  it('tells the old, proven address, which can take the change back', async () => {
    const site = testAuth()
    const { user, caller, issued } = await newMember(site, 'ann')
    await site.auth.setEmail(NONE, caller)
    const undo = await newestCode(site, OLD)
    expect(await recipients(site)).toEqual([OLD])
    // Not even a second change takes the way back away.
    await site.auth.setEmail({ ...NONE, email: 'third@example.org' }, caller)
    await site.auth.cancelEmailChange({ code: undo })
    expect(await site.auth.findUserById(user.id)).toMatchObject({ email: OLD, emailVerifiedAt: expect.any(Date) })
    expect(await refusalOf(site.auth.authenticate(bearer(issued)))).toBe('token_invalid')
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
    expect(await recipients(site)).toEqual([OLD])
  })

  it('gives no link to an old address that was never proven', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    await site.auth.setEmail(NONE, caller)
    await recipients(site)
    await site.auth.setEmail({ ...NONE, email: 'third@example.org' }, caller)
    expect(await recipients(site)).toEqual([])
  })

  it('gives the old address back although somebody without proof has it meanwhile', async () => {
    const site = testAuth()
    const { user, caller } = await newMember(site, 'ann')
    const thief = await newMember(site, 'thief')
    await site.auth.setEmail(NONE, caller)
    await site.auth.setEmail({ email: OLD, activation: 'none' }, thief.caller)
    await site.auth.cancelEmailChange({ code: await newestCode(site, OLD) })
    expect(await site.auth.findUserById(user.id)).toMatchObject({ email: OLD })
    expect(await site.auth.findUserById(thief.user.id)).toMatchObject({ email: null })
  })

  it('kills the codes that went to the old address', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    await site.auth.requestPasswordReset({ email: OLD })
    const code = await newestCode(site, OLD)
    await site.auth.setEmail(NONE, caller)
    const reset = { code, newPassword: 'a heron at the mill pond' }
    expect(await refusalOf(site.auth.confirmPasswordReset(reset))).toBe('code_invalid')
  })
})

describe('setEmail with activation', () => {
  it('makes the user pending until the new address is confirmed', async () => {
    const site = testAuth()
    const { user, caller, issued } = await newMember(site, 'ann')
    const other = await newSession(site, 'ann')
    await recipients(site)
    expect(await site.auth.setEmail(MAILED, caller)).toMatchObject({ email: NEW, status: 'pending' })
    for (const session of [issued, other.issued]) {
      expect(await refusalOf(site.auth.authenticate(bearer(session)))).toBe('token_invalid')
    }
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
    const code = await newestCode(site, NEW)
    expect(new Set(await recipients(site))).toEqual(new Set([OLD, NEW]))
    await site.auth.activate({ code })
    expect(await site.auth.findUserById(user.id)).toMatchObject({ status: 'active', emailVerifiedAt: expect.any(Date) })
    // The caller's own session goes on; no other one of before comes back to life.
    expect(await site.auth.authenticate(bearer(issued))).not.toBeNull()
    expect(await refusalOf(site.auth.authenticate(bearer(other.issued)))).toBe('token_invalid')
  })

  it('lets the old owner in again who takes the change back, and nobody else', async () => {
    const site = testAuth()
    const { user, caller, issued } = await newMember(site, 'ann')
    await site.auth.setEmail(MAILED, caller)
    const confirm = await newestCode(site, NEW)
    await site.auth.cancelEmailChange({ code: await newestCode(site, OLD) })
    expect(await site.auth.findUserById(user.id)).toMatchObject({ email: OLD, status: 'active' })
    expect(await refusalOf(site.auth.activate({ code: confirm }))).toBe('code_invalid')
    expect(await refusalOf(site.auth.authenticate(bearer(issued)))).toBe('token_invalid')
    expect(await refusalOf(logIn(site.auth, 'ann'))).toBe('invalid_credentials')
  })

  it('does not let the undo revive a user whom an operator disabled', async () => {
    const site = testAuth()
    const { user, caller } = await newMember(site, 'ann')
    await site.auth.setEmail(MAILED, caller)
    const undo = await newestCode(site, OLD)
    await site.auth.setStatus({ userId: user.id, status: 'disabled' })
    expect(await refusalOf(site.auth.cancelEmailChange({ code: undo }))).toBe('code_invalid')
    expect(await site.auth.findUserById(user.id)).toMatchObject({ status: 'disabled' })
  })

  it('never lets a user be replaced or cleaned up who waits for a new address', async () => {
    const site = testAuth()
    await site.auth.register({ username: 'fresh', email: 'fresh@example.org', password: GOOD_PASSWORD })
    const { user, caller } = await newMember(site, 'ann')
    const bob = await newMember(site, 'bob')
    await site.auth.setEmail(MAILED, caller)
    const take = { email: NEW, activation: 'none' } as const
    expect(await refusalOf(site.auth.setEmail(take, bob.caller))).toBe('validation_failed')
    site.clock.advance({ days: 30 })
    const registration = { username: 'ann', email: 'other@example.org', password: GOOD_PASSWORD }
    expect(await refusalOf(site.auth.register(registration))).toBe('validation_failed')
    await site.auth.register({ username: 'other', email: NEW, password: GOOD_PASSWORD })
    await site.auth.cleanUp()
    expect(await site.auth.findUserById(user.id)).toMatchObject({ email: NEW, status: 'pending' })
    expect(await site.auth.findUser('fresh')).toBeNull()
  })

  it('takes an address over from a registration that nobody confirmed', async () => {
    const site = testAuth()
    await site.auth.register({ username: 'squatter', email: NEW, password: GOOD_PASSWORD })
    const { caller } = await newMember(site, 'ann')
    expect(await site.auth.setEmail(MAILED, caller)).toMatchObject({ email: NEW })
    expect(await site.auth.findUser('squatter')).toBeNull()
  })

  it('mails again whenever staff change a user who is still pending, and nobody who is disabled', async () => {
    const site = testAuth()
    const staff = await newMember(site, 'staff', { isStaff: true })
    const { user, caller } = await newMember(site, 'ann')
    await site.auth.setEmail(MAILED, caller)
    await recipients(site)
    const update = (email: string, activation: 'mailed' | 'none') =>
      site.auth.setEmail({ userId: user.id, email, activation }, staff.caller)
    expect(await update(NEW, 'mailed')).toMatchObject({ status: 'pending' })
    expect(await recipients(site)).toEqual([NEW])
    expect(await update('third@example.org', 'mailed')).toMatchObject({ status: 'pending' })
    expect(await recipients(site)).toEqual(['third@example.org'])
    expect(await update('third@example.org', 'none')).toMatchObject({ status: 'pending' })
    await site.auth.setStatus({ userId: user.id, status: 'disabled' })
    expect(await update('fourth@example.org', 'mailed')).toMatchObject({ status: 'disabled' })
    expect(await recipients(site)).toEqual([])
  })
})

describe('setEmail', () => {
  it('lets staff change others, but only superusers superusers, and nobody else anybody', async () => {
    const site = testAuth()
    const ann = await newMember(site, 'ann')
    const bob = await newMember(site, 'bob', { isSuperuser: true })
    const staff = await newMember(site, 'staff', { isStaff: true })
    const root = await newMember(site, 'root2', { isStaff: true, isSuperuser: true })
    const set = ({ user }: typeof ann, { caller }: typeof ann, email: string) =>
      refusalOf(site.auth.setEmail({ userId: user.id, email, activation: 'mailed' }, caller))
    expect(await set(ann, bob, 'x@example.org')).toBe('forbidden')
    expect(await set(bob, staff, 'x@example.org')).toBe('forbidden')
    expect(await set(bob, root, 'bob2@example.org')).toBeNull()
    expect(await set(ann, staff, 'ann2@example.org')).toBeNull()
    expect(await refusalOf(site.auth.authenticate(bearer(ann.issued)))).toBe('token_invalid')
    expect(await site.auth.authenticate(bearer(staff.issued))).not.toBeNull()
  })

  it('says that an address is taken, in any spelling, and limits how often that can be asked', async () => {
    const site = testAuth({ rateLimits: { ...NO_RATE_LIMITS, changesPerUser: { count: 2, perSeconds: 3600 } } })
    const { caller } = await newMember(site, 'ann')
    await newMember(site, 'bob')
    const ask = (email: string) => site.auth.setEmail({ email, activation: 'none' }, caller)
    for (const email of ['bob@example.org', 'BOB@Example.ORG']) {
      await expect(ask(email)).rejects.toMatchObject({ details: { fields: { email: [{ code: 'taken' }] } } })
    }
    expect(await refusalOf(ask('nobody@example.org'))).toBe('rate_limited')
    expect(await refusalOf(ask(OLD))).toBeNull()
    expect(await site.auth.findUser('ann')).toMatchObject({ email: OLD })
  })

  it('gives an address to one of two who ask for it at once', async () => {
    const site = testAuth()
    const callers = [(await newMember(site, 'ann')).caller, (await newMember(site, 'bob')).caller]
    const refusals = await Promise.all(callers.map((caller) => refusalOf(site.auth.setEmail(MAILED, caller))))
    expect(new Set(refusals)).toEqual(new Set([null, 'validation_failed']))
  })

  it('takes the address away where the model makes it optional', async () => {
    for (const email of ['', null]) {
      for (const activation of ['mailed', 'none'] as const) {
        const site = testAuth({ user: { email: 'optional' } })
        const { caller } = await newMember(site, 'ann')
        const result = await site.auth.setEmail({ email, activation }, caller)
        expect(result).toMatchObject({ email: null, emailVerifiedAt: null, status: 'active' })
        expect(await recipients(site)).toEqual([OLD])
        expect(await refusalOf(testAuth().auth.setEmail({ email, activation }, {}))).toBe('not_authenticated')
      }
    }
  })

  it('refuses whatever is no address or nobody', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann', { isStaff: true })
    for (const value of [undefined, 'a@b', `${OLD}\n`, ...HOSTILE_VALUES]) {
      const input = { email: value as string, activation: 'none' } as const
      expect(await refusalOf(site.auth.setEmail(input, caller)), String(value)).toBe('validation_failed')
    }
    for (const value of HOSTILE_VALUES) {
      const input = { ...NONE, userId: value as number }
      expect(await refusalOf(site.auth.setEmail(input, caller)), String(value)).toBe('not_found')
    }
    expect(await site.auth.findUser('ann')).toMatchObject({ email: OLD })
  })
})

describe('setEmail confirmed by the password', () => {
  it('needs the right one, and tells a wrong one beside a bad address', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const wrong = { ...NONE, currentPassword: 'wrong' }
    expect(await refusalOf(site.auth.setEmail(wrong, caller))).toBe('wrong_current_password')
    await expect(site.auth.setEmail({ ...wrong, email: 'nonsense' }, caller)).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: { email: [{ code: 'email_invalid' }], currentPassword: [{ code: 'wrong_password' }] } },
    })
    const right = { ...NONE, currentPassword: GOOD_PASSWORD }
    expect(await site.auth.setEmail(right, caller)).toMatchObject({ email: NEW })
  })

  it('compares two entries of the address as they were typed, once all else is right', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'ann')
    const input = { ...NONE, emailAgain: 'other@example.org', currentPassword: GOOD_PASSWORD }
    await expect(site.auth.setEmail(input, caller)).rejects.toMatchObject({
      details: { fields: { emailAgain: [{ code: 'differs' }] } },
    })
    expect(await refusalOf(site.auth.setEmail({ ...input, currentPassword: 'wrong' }, caller))).toBe(
      'wrong_current_password',
    )
    expect(await site.auth.setEmail({ ...input, emailAgain: NEW }, caller)).toMatchObject({ email: NEW })
  })
})

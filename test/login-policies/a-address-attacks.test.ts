/** Section A: what somebody gains by an address of others, where addresses are unique only once they are proven. */
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { UserOf } from '../../src/auth.ts'
import type { FieldDefinitions } from '../../src/model/field.ts'
import { codeIn, GOOD_PASSWORD, logIn, newestCode, refusalOf } from '../support/accounts.ts'
import { type TestAuth, testAuth } from '../support/test-auth.ts'

const ADDRESS = 'ann@example.org'
const OTHER_PASSWORD = 'a heron at the mill pond'

const sites: TestAuth[] = []
afterEach(async () => {
  for (const site of sites.splice(0)) await site.auth.close()
})

/** Nobody has to prove an address, so that whoever claims one is let in. */
function sharing(): TestAuth {
  const site = testAuth({ user: { emailUnique: 'once-proven' }, login: { emailMustBeVerified: false } })
  sites.push(site)
  return site
}

const register = ({ auth }: TestAuth, username: string, email = ADDRESS) =>
  auth.register({ username, email, password: GOOD_PASSWORD })

async function own(site: TestAuth, username: string): Promise<void> {
  await register(site, username)
  await site.auth.activate({ code: await newestCode(site, ADDRESS) })
  site.mailer.clear()
}

const recipients = async ({ auth, mailer }: TestAuth): Promise<readonly string[]> => {
  await auth.flush()
  return mailer.sent.map(({ to }) => to)
}

describe('the owner of an address', () => {
  it('A6: is told nothing of the accounts of those who only claim it', async () => {
    const site = sharing()
    await register(site, 'eve')
    await own(site, 'olga')
    const { issued: actor } = await logIn(site.auth, 'eve')
    const passwords = { currentPassword: GOOD_PASSWORD, newPassword: OTHER_PASSWORD }
    await site.auth.changePassword(passwords, { actor })
    for (let guess = 0; guess < 4; guess += 1) await refusalOf(logIn(site.auth, 'eve', 'wrong'))
    await site.auth.requestUsernameReset({ email: ADDRESS })
    expect(await recipients(site)).toEqual([ADDRESS])
    expect(site.mailer.sent[0]?.text).not.toContain('eve')
  })

  it('A6: neither learns the next address of somebody who claimed theirs, nor gets a link to undo the change', async () => {
    const site = sharing()
    await register(site, 'kim')
    await own(site, 'olga')
    const { issued: actor } = await logIn(site.auth, 'kim')
    const change = { newEmail: 'kim@example.org', currentPassword: GOOD_PASSWORD }
    await site.auth.changeEmail(change, { actor })
    await site.auth.confirmEmailChange({ code: await newestCode(site, 'kim@example.org') })
    expect(new Set(await recipients(site))).toEqual(new Set(['kim@example.org']))
  })

  it('A6: still learns that their own address was changed, and can undo it', async () => {
    const site = sharing()
    await register(site, 'eve')
    await own(site, 'olga')
    const { issued: actor } = await logIn(site.auth, 'olga')
    await site.auth.setEmail({ email: 'thief@example.org', activation: 'none' }, { actor })
    await site.auth.cancelEmailChange({ code: await newestCode(site, ADDRESS) })
    expect((await site.auth.findUser('olga'))?.email).toBe(ADDRESS)
  })
})

describe('an operator who names a user by address', () => {
  it('A6: finds nobody where several claim it, and so makes no stranger a colleague', async () => {
    const site = sharing()
    await register(site, 'eve')
    expect((await site.auth.findUser(ADDRESS))?.username).toBe('eve')
    await register(site, 'olga')
    expect(await site.auth.findUser(ADDRESS)).toBeNull()
    expect((await site.auth.findUser('olga'))?.email).toBe(ADDRESS)
    await site.auth.activate({ code: await newestCode(site, ADDRESS) })
    expect((await site.auth.findUser(ADDRESS))?.username).toBe('olga')
  })
})

type Step = 'register' | 'claim' | 'change' | 'reset' | 'resend' | 'press' | 'delete' | 'make'

const STEPS: readonly Step[] = ['register', 'claim', 'change', 'reset', 'resend', 'press', 'press', 'delete', 'make']

const ADDRESSES = [ADDRESS, 'bob@example.org']

interface Move {
  readonly step: Step
  readonly luck: number
}

/** What people do at one moment; then what they do at the next. */
const walks: fc.Arbitrary<readonly (readonly Move[])[]> = fc.array(
  fc.array(fc.record({ step: fc.constantFrom(...STEPS), luck: fc.nat(999) }), { minLength: 1, maxLength: 6 }),
  { minLength: 4, maxLength: 14 },
)

describe('whatever many people do at once', () => {
  it('A6: nobody fails, and an address has one owner at most, who is whom it finds', async () => {
    await fc.assert(
      fc.asyncProperty(walks, async (moments) => {
        const site = sharing()
        for (const moves of moments) {
          await Promise.all(moves.map((move) => refused(make(site, move))))
          await site.auth.flush()
          await expectOneOwner(site)
        }
      }),
      { numRuns: 25 },
    )
  })
})

/** Refusals are part of life; whatever else is thrown is a fault. */
async function refused(work: Promise<unknown>): Promise<void> {
  const code = await refusalOf(work)
  const isRefusal = code === null || /^[a-z_]+$/.test(code)
  expect(isRefusal ? null : code).toBeNull()
}

async function make(site: TestAuth, { step, luck }: Move): Promise<unknown> {
  const { auth } = site
  const email = ADDRESSES[luck % 2] ?? ADDRESS
  const username = `user${luck}`
  const password = GOOD_PASSWORD
  if (step === 'register') return auth.register({ username, email, password })
  if (step === 'make') return auth.createUser({ username, email, password: null, passwordCheck: 'bypassed' })
  if (step === 'reset') return auth.requestPasswordReset({ email })
  if (step === 'resend') return auth.resendActivation({ email })
  if (step === 'press') return pressAnyLink(site, luck)
  const users = await everybody(site)
  const user = users[luck % Math.max(users.length, 1)]
  if (user?.username == null) return null
  const { issued: actor } = await logIn(auth, user.username)
  if (step === 'delete') return auth.deleteAccount({ currentPassword: password }, { actor })
  if (step === 'claim') return auth.setEmail({ email, activation: 'none' }, { actor })
  return auth.changeEmail({ newEmail: email, currentPassword: password }, { actor })
}

async function pressAnyLink({ auth, mailer }: TestAuth, luck: number): Promise<unknown> {
  const codes = mailer.sent.map(codeIn).filter((code) => code !== null)
  const code = codes[luck % Math.max(codes.length, 1)]
  if (code === undefined) return null
  const ways = [
    () => auth.activate({ code }),
    () => auth.confirmEmailChange({ code }),
    () => auth.confirmPasswordReset({ code, newPassword: GOOD_PASSWORD }),
    () => auth.cancelEmailChange({ code }),
  ]
  for (const press of ways) await refused(press())
  return null
}

/** More than are ever made in one walk. */
const IDS = Array.from({ length: 200 }, (_, index) => index + 1)

async function everybody({ auth }: TestAuth): Promise<readonly UserOf<FieldDefinitions>[]> {
  const users = await Promise.all(IDS.map((id) => auth.findUserById(id)))
  return users.filter((user) => user !== null)
}

async function expectOneOwner(site: TestAuth): Promise<void> {
  const users = await everybody(site)
  for (const address of ADDRESSES) {
    const owners = users.filter(({ email, emailVerifiedAt }) => email === address && emailVerifiedAt !== null)
    expect(owners.length).toBeLessThan(2)
    const [owner] = owners
    if (owner !== undefined) expect((await site.auth.findUser(address))?.id).toBe(owner.id)
  }
}

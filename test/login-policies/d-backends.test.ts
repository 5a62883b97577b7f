/** D1 to D6, D10 to D12 of the contract about login policies: whom the password backend takes somebody for. */
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { PasswordBackendOptions } from '../../src/backends/password-backend-options.ts'
import { field } from '../../src/model/declare-field.ts'
import {
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
} from '../security/support/open-site.ts'
import { addPerson, enter, evaluationsOf, REFUSED } from './support/people.ts'

afterEach(closeSites)

/** A site with one backend, on which nobody is locked out by what a test tries. */
function siteWith(options: PasswordBackendOptions, { login, ...others }: SiteOptions = {}): Promise<Site> {
  const backends = [passwordBackend(options)]
  return openSite({
    lockout: { maxFailures: 100 },
    ...others,
    login: { emailMustBeVerified: false, ...login, backends },
  })
}

describe('a backend by user name', () => {
  it('D1: takes the name exactly as it is written where it is told to, and nothing else', async () => {
    const site = await siteWith({ identifiers: ['username'], exactCase: ['username'] })
    await addPerson(site, { username: 'Ann' })
    expect(await enter(site, 'Ann')).toBe('Ann by password')
    for (const typed of ['ann', 'ANN', 'ann@example.org', 'Ann@example.org']) {
      expect(await enter(site, typed), typed).toBe(REFUSED)
    }
    expect(await enter(site, 'Ann', OTHER_PASSWORD)).toBe(REFUSED)
  })

  it('D1: compares in the form in which names are stored, so that a keyboard cannot keep anybody out', async () => {
    const site = await siteWith({ identifiers: ['username'], exactCase: ['username'] })
    await site.auth.createUser({
      username: 'Ａnn',
      email: 'a@example.org',
      password: PASSWORD,
      passwordCheck: 'bypassed',
    })
    for (const typed of ['Ann', 'Ａnn', ' Ann ']) expect(await enter(site, typed), typed).toBe('Ann by password')
    expect(await enter(site, 'ａnn')).toBe(REFUSED)
  })

  it.each(['pending', 'disabled'] as const)('D1: does not let in who is %s', async (status) => {
    const site = await siteWith({ identifiers: ['username'] })
    await addPerson(site, { username: 'ann', status })
    expect(await enter(site, 'ann')).toBe(REFUSED)
  })
})

describe('a backend by address', () => {
  it('D2: finds by address, and never by user name', async () => {
    const site = await siteWith({ identifiers: ['email'] })
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann@example.org')).toBe('ann by password')
    expect(await enter(site, 'ann')).toBe(REFUSED)
  })
})

describe('a backend by either', () => {
  it('D3: takes the user name and the address alike', async () => {
    const site = await siteWith({ identifiers: ['username', 'email'] })
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann')).toBe('ann by password')
    expect(await enter(site, 'ann@example.org')).toBe('ann by password')
  })

  it.each([
    [['username', 'email'], 'ann'],
    [['email', 'username'], 'bob'],
  ] as const)('D3: %j in this order takes what could be either for %s', async (identifiers, expected) => {
    const site = await siteWith({ identifiers })
    // No site that takes addresses lets anybody have such a name; it may have been imported.
    await addPerson(site, { username: 'bob@example.org', email: 'ann@example.org', password: `${PASSWORD} ann` })
    await addPerson(site, { username: 'bob', password: `${PASSWORD} bob` })
    const entered = { ann: 'bob@example.org by password', bob: 'bob by password' }
    for (const name of ['ann', 'bob'] as const) {
      const typed = await enter(site, 'bob@example.org', `${PASSWORD} ${name}`)
      expect(typed, name).toBe(name === expected ? entered[name] : REFUSED)
    }
  })
})

describe('letter case', () => {
  it.each([
    [[], ['ann', 'ANN', 'Ann.Lee@Example.ORG', 'ann.lee@example.org'], []],
    [['username'], ['Ann', 'ANN.LEE@example.org'], ['ann', 'ANN']],
    [['email'], ['ANN', 'Ann.Lee@EXAMPLE.org'], ['ann.lee@example.org', 'ANN.LEE@example.org']],
    [
      ['username', 'email'],
      ['Ann', 'Ann.Lee@example.org'],
      ['ann', 'ann.lee@example.org'],
    ],
  ] as const)('D4: with exactCase %j %j come in, and %j do not', async (exactCase, welcome, refused) => {
    const site = await siteWith({ identifiers: ['username', 'email'], exactCase })
    await addPerson(site, { username: 'Ann', email: 'Ann.Lee@example.org' })
    for (const typed of welcome) expect(await enter(site, typed), typed).toBe('Ann by password')
    for (const typed of refused) expect(await enter(site, typed), typed).toBe(REFUSED)
  })

  it('D4: never tells two users apart, so that nobody is locked out by somebody else’s spelling', async () => {
    const site = await siteWith({ identifiers: ['username', 'email'], exactCase: ['username', 'email'] })
    const register = (username: string, email: string) =>
      site.send('POST /register', { body: { username, email, password: PASSWORD } })
    expect((await register('MiX', 'Mix@example.org')).status).toBe(201)
    expect((await register('mix', 'other@example.org')).json).toMatchObject({ errors: { username: expect.anything() } })
    expect(await enter(site, 'MiX')).toBe('MiX by password')
  })

  it('D4: counts guesses at every spelling together', async () => {
    const site = await siteWith({ identifiers: ['username'], exactCase: ['username'] }, { lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'Ann' })
    for (const typed of ['ann', 'ANN', 'aNN']) expect(await enter(site, typed)).toBe(REFUSED)
    expect(await enter(site, 'Ann')).toBe(REFUSED)
    site.clock.advance({ minutes: 2 })
    expect(await enter(site, 'Ann')).toBe('Ann by password')
  })
})

describe('addresses that are not proven', () => {
  const strict = { identifiers: ['username', 'email'], provenEmailOnly: true } as const

  it('D5: do not log in, though the password is right; the user name does', async () => {
    const site = await siteWith(strict)
    await addPerson(site, { username: 'ann', isProven: false })
    expect(await enter(site, 'ann@example.org')).toBe(REFUSED)
    expect(await enter(site, 'ann')).toBe('ann by password')
    expect(await evaluationsOf(site, () => enter(site, 'ann@example.org'))).toBe(1)
  })

  it('D5: log in from the moment they are proven', async () => {
    const site = await siteWith(strict)
    await site.send('POST /register', { body: { username: 'ann', email: 'ann@example.org', password: PASSWORD } })
    expect(await enter(site, 'ann@example.org')).toBe(REFUSED)
    await site.send('POST /email/verify', { body: { code: await site.codeFor('ann@example.org') } })
    expect(await enter(site, 'ann@example.org')).toBe('ann by password')
  })

  it('D5: are proven by a record beside the user where the site says so; no record is no proof', async () => {
    const isEmailProven: PasswordBackendOptions['isEmailProven'] = ({ profiles }) =>
      profiles['verification']?.['verified'] === true
    const user = { profiles: { verification: { verified: field.boolean({ default: false }) } } }
    const site = await siteWith({ ...strict, isEmailProven }, { user })
    await addPerson(site, { username: 'ann', profiles: { verification: { verified: true } }, isProven: false })
    await addPerson(site, { username: 'bob', profiles: { verification: { verified: false } } })
    await addPerson(site, { username: 'cyd' })
    expect(await enter(site, 'ann@example.org')).toBe('ann by password')
    for (const name of ['bob', 'cyd']) {
      expect(await enter(site, `${name}@example.org`), name).toBe(REFUSED)
      expect(await enter(site, name), name).toBe(`${name} by password`)
    }
  })

  it('D5: are not proven by anything but true', async () => {
    const isEmailProven = (() => 'yes') as unknown as () => boolean
    const site = await siteWith({ ...strict, isEmailProven })
    await addPerson(site, { username: 'ann' })
    expect(await enter(site, 'ann@example.org')).toBe(REFUSED)
  })
})

describe('a declared field', () => {
  const normalize = (typed: string): string | null => {
    const digits = typed.replace(/[\s()/-]/g, '').replace(/^0(?=[1-9])/, '+49')
    return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null
  }
  const user = { fields: { phone: field.text({ unique: true, maxLength: 16 }) } }
  const byPhone = { identifiers: [{ field: 'phone', normalize }, 'username'] } as const

  it('D3: logs in like a name, however it is written', async () => {
    const site = await siteWith(byPhone, { user })
    await addPerson(site, { username: 'ann', fields: { phone: '+49301234567' } })
    for (const typed of ['+49 30 1234567', '030/123-4567', 'ann']) {
      expect(await enter(site, typed), typed).toBe('ann by password')
    }
    expect(await enter(site, '+49301234568')).toBe(REFUSED)
  })

  it('D3: counts guesses at every way to write it together, of numbers that nobody has as well', async () => {
    const site = await siteWith(byPhone, { user, login: { revealLocks: true }, lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann', fields: { phone: '+49301234567' } })
    const spellings = (last: string) => [`030 123 456${last}`, `030/123456${last}`, `+49 (30) 123456${last}`]
    for (const last of ['7', '8']) {
      for (const typed of spellings(last)) expect(await enter(site, typed, OTHER_PASSWORD), typed).toBe(REFUSED)
      expect(await enter(site, `+4930123456${last}`, OTHER_PASSWORD)).toBe('locked_out')
    }
  })

  it('D3: is unlocked with its user, under whatever it was written as', async () => {
    const site = await siteWith(byPhone, { user, lockout: { maxFailures: 3 } })
    await addPerson(site, { username: 'ann', fields: { phone: '+49301234567' } })
    for (const typed of ['030 1234567', '030/1234567', '0301234567']) await enter(site, typed, OTHER_PASSWORD)
    expect(await enter(site, '+49301234567')).toBe(REFUSED)
    await site.auth.clearLocks({ identifier: 'ann' })
    expect(await enter(site, '+49301234567')).toBe('ann by password')
  })

  it('D3: may be one of a profile, and costs no further hash', async () => {
    const profiles = { staff: { badge: field.text({ unique: true }) } }
    const site = await siteWith(
      { identifiers: ['username', 'email', { field: 'staff.badge' }] },
      { user: { profiles } },
    )
    await addPerson(site, { username: 'ann', profiles: { staff: { badge: 'A-17' } } })
    expect(await enter(site, ' a-17 ')).toBe('ann by password')
    for (const typed of ['A-17', 'ann', 'nobody']) {
      expect(await evaluationsOf(site, () => enter(site, typed, OTHER_PASSWORD)), typed).toBe(1)
    }
  })

  it('D3: with a normalize that gives neither text nor null fails loudly, and lets nobody in', async () => {
    const broken = { field: 'phone', normalize: (() => 17) as unknown as () => string }
    const site = await siteWith({ identifiers: [broken] }, { user })
    await addPerson(site, { username: 'ann', fields: { phone: '17' } })
    expect(await enter(site, '17')).toMatch(/^TypeError: .*"phone" must give a text or null/)
  })
})

describe('a user name that is somebody’s address', () => {
  it('D11: cannot be registered, chosen, or given by an operator where addresses log in', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    const eve = await site.addUser('eve')
    const taken = ann.email
    const body = { username: taken, email: 'other@example.org', password: PASSWORD }
    expect((await site.send('POST /register', { body })).json).toMatchObject({
      errors: { username: expect.anything() },
    })
    const change = { newUsername: taken, currentPassword: PASSWORD }
    expect((await site.send('POST /username/change', { token: await site.tokenFor(eve), body: change })).status).toBe(
      400,
    )
    await expect(
      site.auth.createUser({ username: taken, email: 'x@example.org', password: PASSWORD, passwordCheck: 'bypassed' }),
    ).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await enter(site, taken)).toBe('ann by password')
  })

  it('D11: is a start-up error where a backend takes addresses and names may be addresses', async () => {
    const login = { backends: [passwordBackend({ identifiers: ['email'] })], identifiers: ['username'] } as const
    await expect(openSite({ login })).rejects.toThrow(/user names may be addresses/)
    await expect(openSite({ login, user: { atInUsernames: 'refused' } })).resolves.toBeDefined()
  })

  it('D11: from an import gives nobody the other’s account, and keeps no owner from logging in where two are tried', async () => {
    const site = await siteWith({ identifiers: ['username', 'email'], maxCandidates: 2 })
    await addPerson(site, { username: 'ann', password: `${PASSWORD} ann` })
    await addPerson(site, { username: 'ann@example.org', email: 'eve@example.org', password: `${PASSWORD} eve` })
    expect(await enter(site, 'ann@example.org', `${PASSWORD} ann`)).toBe('ann by password')
    expect(await enter(site, 'ann@example.org', `${PASSWORD} eve`)).toBe('ann@example.org by password')
    expect(await enter(site, 'ann@example.org', OTHER_PASSWORD)).toBe(REFUSED)
  })
})

describe('somebody who is not active', () => {
  it.each(['pending', 'disabled'] as const)(
    'D12: is refused while %s, with the general message and after the same work',
    async (status) => {
      const site = await siteWith({ identifiers: ['username', 'email'] })
      await addPerson(site, { username: 'ann', status })
      for (const typed of ['ann', 'ann@example.org']) {
        expect(await enter(site, typed), typed).toBe(REFUSED)
        expect(await evaluationsOf(site, () => enter(site, typed)), typed).toBe(1)
      }
    },
  )

  it('D12: loses every session at once', async () => {
    const site = await openSite()
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    await site.auth.setStatus({ userId: ann.user.id, status: 'disabled' })
    expect((await site.send('GET /me', { token })).status).toBe(401)
  })
})

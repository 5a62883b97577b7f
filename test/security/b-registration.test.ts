/** Section B of the attack table: what a registration gives, to whom, and what it tells. Each row with a control. */
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { field } from '../../src/model/declare-field.ts'
import { type Answer, differences } from './support/answer.ts'
import { type Door, naiveAccounts } from './support/naive-accounts.ts'
import {
  type Account,
  closeSites,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
} from './support/open-site.ts'

afterEach(closeSites)

const NEWCOMER = { username: 'newcomer', email: 'newcomer@example.org', password: PASSWORD }

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** What nobody may decide about themselves, in every spelling that a client may try. */
const PRIVILEGES: Readonly<Record<string, unknown>> = {
  is_staff: true,
  isStaff: true,
  is_superuser: true,
  isSuperuser: true,
  is_active: true,
  isActive: true,
  status: 'active',
  email_verified: true,
  emailVerified: true,
  emailVerifiedAt: '2020-01-01T00:00:00Z',
  role: 'admin',
  groups: ['admin'],
  id: 1,
  password_hash: 'unsalted_md5$x',
  passwordHash: 'unsalted_md5$x',
  date_joined: '2000-01-01T00:00:00Z',
  dateJoined: '2000-01-01T00:00:00Z',
  last_login: '2000-01-01T00:00:00Z',
  lastLoginAt: '2000-01-01T00:00:00Z',
  mfa_enabled: true,
  sessionEpoch: 7,
  fields: { role: 'admin' },
  profiles: { badge: { level: 9 } },
  user: { isStaff: true },
}

/** `role` is declared and nobody's to write, unless a control makes it so. */
function modelWith(writable: boolean): SiteOptions {
  return { user: { fields: { role: field.text({ default: 'member', writable }) } } }
}

function rightsOf(user: Account['user']): object {
  const { isStaff, isSuperuser, fields, emailVerifiedAt, id } = user
  return { isStaff, isSuperuser, role: fields['role'], emailVerifiedAt, isFirst: id === 1 }
}

describe('row 21: privileged fields in a registration', () => {
  async function faultsOfAssignment(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    // The first row of the table, so that nobody gets its id by chance.
    await site.addUser('first')
    const bodies = [...Object.entries(PRIVILEGES).map(([name, value]) => ({ [name]: value })), PRIVILEGES]
    for (const [index, extra] of bodies.entries()) {
      const body = { ...NEWCOMER, username: `person${index}`, email: `person${index}@example.org`, ...extra }
      const { status } = await site.send('POST /register', { body })
      const user = await site.auth.findUser(`person${index}`)
      if (status !== 400) faults.push(`${Object.keys(extra)} is answered ${status}`)
      if (user !== null) faults.push(`${Object.keys(extra)} made ${JSON.stringify(rightsOf(user))}`)
    }
    return faults
  }

  it('row 21: are refused by name, one by one and all together, and nobody is made', async () => {
    expect(await faultsOfAssignment(await openSite(modelWith(false)))).toEqual([])
  })

  it('row 21: leave a user with nothing but the defaults where none is sent', async () => {
    const site = await openSite(modelWith(false))
    await site.addUser('first')
    await site.send('POST /register', { body: NEWCOMER })
    const user = await site.auth.findUser('newcomer')
    expect(user).toMatchObject({ isStaff: false, isSuperuser: false, status: 'pending', emailVerifiedAt: null })
    expect(user).toMatchObject({ fields: { role: 'member' }, lastLoginAt: null })
  })

  it('row 21: are refused in a form as well', async () => {
    const site = await openSite(modelWith(false))
    const form = new URLSearchParams({ ...NEWCOMER, isStaff: 'on' })
    expect(await site.send('POST /register', { body: form.toString(), headers: FORM })).toMatchObject({ status: 400 })
    expect(site.inserted()).toBe(0)
  })

  it('row 21: control: a field that clients may write is noticed', async () => {
    const faults = await faultsOfAssignment(await openSite(modelWith(true)))
    expect(faults.join()).toContain('"role":"admin"')
  })
})

describe('row 22: privileged fields in a change of one’s own profile', () => {
  const OWN = { email: 'evil@example.org', password: 'x', username: 'root2', newPassword: OTHER_PASSWORD }

  async function faultsOfChange(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    await site.addUser('first')
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const before = await site.auth.findUser('ann')
    const entries = Object.entries({ ...PRIVILEGES, ...OWN })
    const patch = async (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
      for (const method of ['PATCH', 'PUT', 'POST']) {
        const { status } = await site.send(`${method} /me`, { token, body, headers })
        if (![400, 405, 415].includes(status)) faults.push(`${method} ${JSON.stringify(body)} is answered ${status}`)
      }
    }
    for (const [name, value] of entries) await patch({ [name]: value })
    for (const [name, value] of entries) await patch(new URLSearchParams({ [name]: String(value) }).toString(), FORM)
    await patch(Object.fromEntries(entries))
    await patch({ user: Object.fromEntries(entries) })
    const multipart = '--x\r\nContent-Disposition: form-data; name="isStaff"\r\n\r\ntrue\r\n--x--\r\n'
    await patch(multipart, { 'content-type': 'multipart/form-data; boundary=x' })
    const after = await site.auth.findUser('ann')
    if (JSON.stringify(after) !== JSON.stringify(before)) faults.push(`the user became ${JSON.stringify(after)}`)
    return faults
  }

  it('row 22: are refused as JSON, form, nested, and under other methods; the row stays as it was', async () => {
    expect(await faultsOfChange(await openSite(modelWith(false)))).toEqual([])
  })

  it('row 22: control: a field that clients may write is noticed', async () => {
    const faults = await faultsOfChange(await openSite(modelWith(true)))
    expect(faults.join()).toContain('"role":"admin"')
  })
})

describe('row 23: a body that reaches for the prototype of all objects', () => {
  const quoted = JSON.stringify(NEWCOMER).slice(0, -1)
  const BODIES = [
    `${quoted},"__proto__":{"isStaff":true,"polluted":true}}`,
    `${quoted},"constructor":{"prototype":{"isStaff":true,"polluted":true}}}`,
    `${quoted},"prototype":{"polluted":true}}`,
    `${quoted},"firstName":{"__proto__":{"polluted":true}}}`,
    `{"__proto__":${JSON.stringify({ ...NEWCOMER, isStaff: true })}}`,
  ]

  async function faultsOfPrototype(register: (text: string) => Promise<number>): Promise<readonly string[]> {
    const faults: string[] = []
    try {
      for (const body of BODIES) {
        const status = await register(body)
        if (status !== 400) faults.push(`${body} is answered ${status}`)
      }
      if ('polluted' in {} || 'isStaff' in {}) faults.push('every object has a new property')
    } finally {
      // None of its own properties can be listed, so whatever can be was put there by the control.
      for (const key of Object.keys(Object.prototype)) Reflect.deleteProperty(Object.prototype, key)
    }
    return faults
  }

  it('row 23: is refused, at any depth, and changes no object', async () => {
    const site = await openSite()
    const headers = { 'content-type': 'application/json' }
    const register = async (body: string): Promise<number> =>
      (await site.send('POST /register', { body, headers })).status
    expect(await faultsOfPrototype(register)).toEqual([])
    expect(site.inserted()).toBe(0)
  })

  it('row 23: is refused in a form and has no effect in a query', async () => {
    const site = await openSite()
    const forms = ['__proto__=x', '__proto__[isStaff]=1', 'constructor[prototype][isStaff]=1', 'constructor=x']
    for (const extra of forms) {
      const body = `${new URLSearchParams(NEWCOMER)}&${extra}`
      const { status } = await site.send('POST /register', { body, headers: FORM })
      expect(status).toBe(400)
    }
    const query = '?__proto__[isStaff]=1&constructor[prototype][isStaff]=1'
    expect(await site.send(`POST /register${query}`, { body: NEWCOMER })).toMatchObject({ status: 201 })
    expect(await site.auth.findUser('newcomer')).toMatchObject({ isStaff: false })
    expect('isStaff' in {}).toBe(false)
  })

  it('row 23: is harmless as a value', async () => {
    const site = await openSite()
    const body = { ...NEWCOMER, firstName: '__proto__', lastName: 'constructor' }
    expect((await site.send('POST /register', { body })).json).toMatchObject({ user: { firstName: '__proto__' } })
    const named = { ...NEWCOMER, username: '__proto__' }
    expect(await site.send('POST /register', { body: named })).toMatchObject({ status: 400 })
  })

  it('row 23: control: a server that merges what it parses is noticed', async () => {
    const merge = (target: Record<string, unknown>, source: Record<string, unknown>): void => {
      for (const [key, value] of Object.entries(source)) {
        const inner = target[key]
        if (typeof value === 'object' && value !== null && typeof inner === 'object' && inner !== null) {
          merge(inner as Record<string, unknown>, value as Record<string, unknown>)
        } else target[key] = value
      }
    }
    const register = async (body: string): Promise<number> => {
      merge({}, JSON.parse(body) as Record<string, unknown>)
      return 201
    }
    expect(await faultsOfPrototype(register)).toContain('every object has a new property')
  })
})

describe('row 24: a registration with an address that somebody has', () => {
  /** Registers with a free and with a taken address, and then again in the ways that might tell them apart. */
  async function faultsOfTelling(site: Site): Promise<readonly string[]> {
    await site.addUser('owner', { email: 'taken@example.org' })
    const ask = (username: string, email: string): Promise<Answer> =>
      site.send('POST /register', { body: { username, email, password: PASSWORD } })
    const dialogue = async (name: string, email: string): Promise<readonly Answer[]> => [
      await ask(`${name}1`, email),
      // The same once more, then another name, then the first name with another address.
      await ask(`${name}1`, email),
      await ask(`${name}2`, email),
      await ask(`${name}1`, `${name}@other.example`),
      await ask(`${name}2`, `${name}@third.example`),
      await site.send('POST /login', { body: { identifier: `${name}1`, password: PASSWORD } }),
      await site.send('POST /login', { body: { identifier: email, password: 'something else entirely' } }),
      await site.send('POST /email/verify/resend', { body: { email } }),
      await site.send('POST /password/reset', { body: { email } }),
    ]
    const free = await dialogue('xxxx', 'free1@example.org')
    const taken = await dialogue('yyyy', 'taken@example.org')
    return free.flatMap((answer, step) => {
      const other = taken[step]
      if (other === undefined) return [`step ${step} is missing`]
      const alike = { ...other, text: other.text.replaceAll('yyyy', 'xxxx').replaceAll('taken@', 'free1@') }
      return differences(answer, alike).map((difference) => `step ${step}: ${difference}`)
    })
  }

  it('row 24: is answered as with a free one, also when it is tried again in other ways', async () => {
    expect(await faultsOfTelling(await openSite())).toEqual([])
  })

  it('row 24: sends the owner a notice without an activation link, and the other nothing', async () => {
    const site = await openSite()
    await site.addUser('owner', { email: 'taken@example.org' })
    await site.send('POST /register', { body: { ...NEWCOMER, email: 'TAKEN@Example.ORG' } })
    const mails = await site.mails()
    expect(mails.map(({ to }) => to)).toEqual(['taken@example.org'])
    expect(mails[0]?.text).not.toMatch(/code=/)
    expect(await site.auth.findUser('owner')).toMatchObject({ status: 'active' })
  })

  it('row 24: control: an answer that says so is noticed', async () => {
    const telling = (store: Store): Store => ({
      ...store,
      users: {
        ...store.users,
        async insert(user, options) {
          const result = await store.users.insert(user, options)
          return result.outcome === 'conflict' ? { outcome: 'conflict', field: 'username' } : result
        },
      },
    })
    expect(await faultsOfTelling(await openSite({ wrapStore: telling }))).not.toEqual([])
  })
})

describe('row 25: a site where nobody can register', () => {
  async function faultsOfClosing(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    const { status } = await site.send('POST /register', { body: NEWCOMER })
    if (status !== 403) faults.push(`a registration is answered ${status}`)
    await site.auth.register({ ...NEWCOMER, username: 'other' }).catch(() => null)
    // No other row may make a user either, whatever it is sent.
    for (const row of ['POST /login', 'POST /password/reset', 'POST /email/verify/resend', 'POST /email/verify']) {
      await site.send(row, { body: { ...NEWCOMER, identifier: NEWCOMER.email, code: 'A'.repeat(43) } })
      await site.send(row, { body: { email: NEWCOMER.email } })
      await site.send(row, { body: { identifier: NEWCOMER.email, password: PASSWORD } })
    }
    await site.mails()
    if (site.inserted() > 0) faults.push(`${site.inserted()} users were made`)
    return faults
  }

  it('row 25: makes nobody by any row, nor by the command behind it', async () => {
    expect(await faultsOfClosing(await openSite({ registration: { open: false } }))).toEqual([])
  })

  it('row 25: control: an open one is noticed', async () => {
    expect(await faultsOfClosing(await openSite())).not.toEqual([])
  })
})

describe('row 32: mails to one mailbox, asked for in every way there is', () => {
  const VICTIM = 'victim@example.org'

  /** A hundred requests within a minute from a hundred places; tells how many mails the mailbox got. */
  async function bomb(site: Site): Promise<readonly string[]> {
    await site.addUser('owner', { email: VICTIM })
    const tokens = await Promise.all(
      ['a', 'b'].map(async (name) => site.tokenFor(await site.addUser(`attacker${name}`))),
    )
    const statuses = new Map<string, Set<number>>()
    for (let index = 0; index < 100; index += 1) {
      const email = index % 3 === 0 ? VICTIM.toUpperCase() : VICTIM
      const requests: readonly (readonly [string, object])[] = [
        ['POST /register', { username: `person${index}`, email, password: PASSWORD }],
        ['POST /email/verify/resend', { email }],
        ['POST /password/reset', { email }],
        ['POST /email/change', { newEmail: email, currentPassword: PASSWORD }],
      ]
      const [row = '', body] = requests[index % requests.length] ?? []
      const address = `198.51.100.${index}`
      const { status } = await site.send(row, { body, address, token: tokens[index % 2] ?? '' })
      statuses.set(row, (statuses.get(row) ?? new Set()).add(status))
      site.clock.advance({ milliseconds: 600 })
    }
    const changed = [...statuses].filter(([, seen]) => seen.size > 1).map(([row]) => `${row} is answered in two ways`)
    const mails = (await site.mails()).filter(({ to }) => to === VICTIM)
    return mails.length > 5 ? [`${mails.length} mails`, ...changed] : changed
  }

  it('row 32: are no more than the budget of the mailbox, and every answer stays what it was', async () => {
    const rateLimits = { passwordsPerAddress: false, changesPerUser: false } as const
    expect(await bomb(await openSite({ rateLimits }))).toEqual([])
  })

  it('row 32: control: without the budget they are noticed', async () => {
    expect(await bomb(await openSite())).not.toEqual([])
  })

  it('row 32: never use up the notices that tell the owner what happened to the account', async () => {
    const site = await openSite({ rateLimits: { mailsPerAddress: false } })
    const owner = await site.addUser('owner', { email: VICTIM })
    const token = await site.tokenFor(owner)
    for (let index = 0; index < 20; index += 1) await site.send('POST /password/reset', { body: { email: VICTIM } })
    await site.mails()
    site.mailer.clear()
    const body = { newEmail: 'evil@example.net', currentPassword: PASSWORD }
    expect(await site.send('POST /email/change', { token, body })).toMatchObject({ status: 202 })
    const recipients = (await site.mails()).map(({ to }) => to)
    expect(recipients).toContain(VICTIM)
    await site.send('POST /password/change', {
      token,
      body: { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
    })
    expect((await site.mails()).filter(({ to }) => to === VICTIM)).toHaveLength(2)
  })
})

describe('row 33: an address or a name that was registered and never confirmed', () => {
  async function faultsOfSquatting(site: Door & Pick<Site, 'codeFor'>): Promise<readonly string[]> {
    const faults: string[] = []
    const email = 'owner@example.org'
    await site.send('POST /register', { body: { username: 'squatter', email, password: OTHER_PASSWORD } })
    const { status } = await site.send('POST /register', { body: { username: 'tessa', email, password: PASSWORD } })
    if (status !== 201) return [`the owner's registration is answered ${status}`]
    await site.send('POST /email/verify', { body: { code: await site.codeFor(email) } })
    for (const identifier of ['tessa', email]) {
      const own = await site.send('POST /login', { body: { identifier, password: PASSWORD } })
      if (own.status !== 200) faults.push(`the owner's log-in as ${identifier} is answered ${own.status}`)
    }
    for (const identifier of ['squatter', 'tessa', email]) {
      const foreign = await site.send('POST /login', { body: { identifier, password: OTHER_PASSWORD } })
      if (foreign.status !== 401) faults.push(`the squatter's log-in as ${identifier} is answered ${foreign.status}`)
    }
    return faults
  }

  it('row 33: starts afresh when its owner registers, and the squatter’s password opens nothing', async () => {
    expect(await faultsOfSquatting(await openSite())).toEqual([])
  })

  it('row 33: leaves the squatter’s mailed code worthless', async () => {
    const site = await openSite()
    const email = 'owner@example.org'
    await site.send('POST /register', { body: { username: 'squatter', email, password: OTHER_PASSWORD } })
    const code = await site.codeFor(email)
    await site.send('POST /register', { body: { ...NEWCOMER, email } })
    expect(await site.send('POST /email/verify', { body: { code } })).toMatchObject({ status: 400 })
  })

  it('row 33: gives a squatted name free again after the days that unconfirmed users are kept', async () => {
    const site = await openSite()
    const squatter = { ...NEWCOMER, email: 'squatter@example.org' }
    await site.send('POST /register', { body: squatter })
    expect(await site.send('POST /register', { body: NEWCOMER })).toMatchObject({ status: 400 })
    site.clock.advance({ days: 7, seconds: 1 })
    expect(await site.send('POST /register', { body: NEWCOMER })).toMatchObject({ status: 201 })
  })

  it('row 33: control: a store in which an unconfirmed holder counts is noticed', async () => {
    const guarding = (store: Store): Store => ({
      ...store,
      users: {
        ...store.users,
        async insert(user, options) {
          const holders = await store.users.findByIdentifier(user.email ?? '', ['email'], 1)
          return holders.length > 0 ? { outcome: 'conflict', field: 'email' } : store.users.insert(user, options)
        },
      },
    })
    const site = await openSite({ wrapStore: guarding })
    const codeFor = (email: string): Promise<string> => site.codeFor(email).catch(() => 'A'.repeat(43))
    expect(await faultsOfSquatting({ ...site, codeFor })).not.toEqual([])
    expect(await faultsOfSquatting({ ...naiveAccounts(), codeFor })).not.toEqual([])
  })
})

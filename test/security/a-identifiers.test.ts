/** Section A of the attack table: one name, one user. Each row comes with a control that must fail. */
import { DatabaseSync } from 'node:sqlite'
import { domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { passwordBackend } from '../../src/backends/password-backend.ts'
import type { Mailer } from '../../src/contracts/mailer.ts'
import type { Store } from '../../src/contracts/store.ts'
import { canonicalIdentifier, RESERVED_USERNAMES } from '../../src/model/identifier.ts'
import type { Mail } from '../../src/model/mail.ts'
import { type Door, naiveAccounts } from './support/naive-accounts.ts'
import { closeSites, OTHER_PASSWORD, openSite, PASSWORD, type Site, type SiteOptions } from './support/open-site.ts'

afterEach(closeSites)

describe('row 1: a reset for a look-alike address', () => {
  // U+0131 is another letter; U+212A, the full-width m and capitals are the same letters in another dress.
  const STRANGERS = ['mıke@example.org', 'mıke@EXAMPLE.org', 'mi\u0307ke@example.org', 'mike@ex\u0251mple.org']
  const OWN = ['mi\u212Ae@example.org', 'ＭＩＫＥ@example.org', 'MIKE@Example.ORG']

  async function faultsOfReset(site: Door): Promise<readonly string[]> {
    const faults: string[] = []
    for (const typed of [...STRANGERS, ...OWN]) {
      const { status } = await site.send('POST /password/reset', { body: { email: typed } })
      if (status !== 202) faults.push(`${typed} is answered ${status}`)
    }
    const recipients = (await site.mails()).map(({ to }) => to)
    for (const to of recipients) if (to !== 'mike@example.org') faults.push(`a mail went to ${to}`)
    if (recipients.length > OWN.length)
      faults.push(`${recipients.length} mails for ${OWN.length} of the owner's spellings`)
    return faults
  }

  it('row 1: mails nobody but the owner, and only for spellings that are the owner’s', async () => {
    const site = await openSite()
    await site.addUser('mike')
    expect(await faultsOfReset(site)).toEqual([])
    expect(await site.mails()).toHaveLength(OWN.length)
  })

  it('row 1: control: folding a dotless i into an i, or mailing what was typed, is noticed', async () => {
    const folds = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase()
    const mailsWhatWasTyped = naiveAccounts({ canonical: folds })
    await mailsWhatWasTyped.send('POST /register', { body: { username: 'mike', email: 'mike@example.org' } })
    expect(await faultsOfReset(mailsWhatWasTyped)).not.toEqual([])
    const site = await openSite({ wrapStore: (store) => withLookUp(store, folds) })
    await site.addUser('mike')
    expect(await faultsOfReset(site)).not.toEqual([])
  })

  it('row 1: control: an engine whose store answers with the typed address is noticed', async () => {
    const sent: Mail[] = []
    const site = await openSite({ mailer: trustingMailer(sent), wrapStore: answeringWithTheKey })
    await site.addUser('mike')
    expect(await faultsOfReset({ ...site, mails: () => site.auth.flush().then(() => sent) })).not.toEqual([])
  })
})

describe('row 2: an address that differs in an accent', () => {
  const ACCENTED = 'julian@cüre.example'

  async function faultsOfAccent(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    await site.addUser('julian', { email: 'julian@cure.example' })
    await site.send('POST /password/reset', { body: { email: ACCENTED } })
    if ((await site.mails()).length > 0) faults.push('the owner of the plain address got a mail')
    const login = await site.send('POST /login', { body: { identifier: ACCENTED, password: PASSWORD } })
    if (login.status !== 401) faults.push(`a log-in is answered ${login.status}`)
    const before = site.inserted()
    await site.send('POST /register', { body: { username: 'other', email: ACCENTED, password: OTHER_PASSWORD } })
    const [mail] = (await site.mails()).slice(-1)
    if (site.inserted() === before) faults.push('nobody can register the accented address')
    if (mail?.to !== 'julian@xn--cre-hoa.example') faults.push(`the new user's mail went to ${mail?.to}`)
    return faults
  }

  it('row 2: belongs to another user, for reset, log-in and registration', async () => {
    expect(await faultsOfAccent(await openSite())).toEqual([])
  })

  it('row 2: control: a collation that ignores accents is noticed', async () => {
    const withoutAccents = (text: string): string => {
      const [local, domain = ''] = text.split('@')
      return `${local}@${domainToUnicode(domain)}`.normalize('NFD').replace(/\p{M}/gu, '')
    }
    const site = await openSite({ wrapStore: (store) => withLookUp(store, withoutAccents) })
    expect(await faultsOfAccent(site)).not.toEqual([])
  })
})

describe('row 4: a user name that looks like another', () => {
  const LOOK_ALIKES = [
    'ＡＤＭＩＮ',
    'Admin ',
    ' admin',
    'ad\u200bmin',
    'ad\u00admin',
    'ad\ufe0fmin',
    '\u202eadmin',
    'аdmin',
    'admіn',
    'adm\u3164in',
    'ADMIN',
    'admin\u0000',
    'ad\tmin',
  ]

  async function faultsOfNames(site: Door): Promise<readonly string[]> {
    const before = site.inserted()
    const faults: string[] = []
    for (const [index, username] of LOOK_ALIKES.entries()) {
      const body = { username, email: `person${index}@example.org`, password: PASSWORD }
      const { status } = await site.send('POST /register', { body })
      if (status < 400 || status > 499) faults.push(`${JSON.stringify(username)} is answered ${status}`)
    }
    if (site.inserted() > before) faults.push(`${site.inserted() - before} rows were made`)
    return faults
  }

  it('row 4: is refused, reserved or not', async () => {
    const site = await openSite()
    await site.addUser('admin')
    expect(await faultsOfNames(site)).toEqual([])
  })

  it('row 4: is refused beside an ordinary name just the same', async () => {
    const site = await openSite()
    await site.addUser('robin')
    const taken = ['ＲＯＢＩＮ', 'Robin', 'rob\u200bin', 'rоbin', 'ROBIN', 'robin ', '\u{1d5cb}obin']
    for (const [index, username] of taken.entries()) {
      const body = { username, email: `person${index}@example.org`, password: PASSWORD }
      expect(await site.send('POST /register', { body })).toMatchObject({ status: 400 })
    }
    expect(site.inserted()).toBe(1)
  })

  it('row 4: control: names compared in lower case alone are noticed', async () => {
    const naive = naiveAccounts({ canonical: (text) => text.trim().toLowerCase() })
    await naive.send('POST /register', { body: { username: 'admin', email: 'admin@example.org' } })
    expect(await faultsOfNames(naive)).not.toEqual([])
  })
})

describe('row 5: two spellings of one identifier', () => {
  const SPELLINGS = ['BOB ', 'ｂｏｂ', '\tBob']

  it('row 5: have one canonical form, whose canonical form is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const once = canonicalIdentifier(text)
        expect(canonicalIdentifier(once)).toBe(once)
      }),
      { numRuns: 1000 },
    )
    for (const spelling of SPELLINGS) expect(canonicalIdentifier(spelling)).toBe('bob')
  })

  it('row 5: reach the store in canonical form from every entry point', async () => {
    const looked: string[] = []
    const site = await openSite({ wrapStore: (store) => noting(store, looked) })
    const bob = await site.addUser('bob')
    const token = await site.tokenFor(bob)
    looked.length = 0
    const typed = '  BÖB＠Example.ORG'
    const bodies: readonly (readonly [string, object])[] = [
      ['POST /login', { identifier: typed, password: PASSWORD }],
      ['POST /password/reset', { email: typed }],
      ['POST /email/verify/resend', { email: typed }],
      ['POST /email/change', { newEmail: 'BOB@Example.NET', currentPassword: PASSWORD }],
      ['POST /register', { username: 'Robin', email: 'BOB@Example.ORG', password: OTHER_PASSWORD }],
    ]
    for (const [row, body] of bodies) {
      const before = looked.length
      await site.send(row, { body, token })
      await site.mails()
      expect(looked.length, row).toBeGreaterThan(before)
    }
    await site.auth.clearLocks({ identifier: typed })
    for (const key of looked) expect(key).toBe(canonicalIdentifier(key))
  })

  async function faultsOfBudget(site: Pick<Door, 'send'>): Promise<readonly string[]> {
    for (const identifier of SPELLINGS) {
      await site.send('POST /login', { body: { identifier, password: OTHER_PASSWORD } })
    }
    const { status } = await site.send('POST /login', { body: { identifier: 'bob', password: PASSWORD } })
    return status === 401 ? [] : [`the right password is answered ${status} after wrong ones under other spellings`]
  }

  it('row 5: share one budget of wrong guesses, known or unknown', async () => {
    const site = await openSite()
    await site.addUser('bob')
    expect(await faultsOfBudget(site)).toEqual([])
    const unknown = await openSite()
    for (const identifier of SPELLINGS) {
      await unknown.send('POST /login', { body: { identifier, password: OTHER_PASSWORD } })
    }
    const locked = await unknown.store.throttles.listLocked(unknown.clock.now(), 10)
    expect(locked.filter(({ key }) => key.includes('identifier'))).toHaveLength(2)
  })

  it('row 5: control: a budget for each spelling is noticed', async () => {
    const naive = naiveAccounts({ canonical: canonicalIdentifier })
    await naive.send('POST /register', { body: { username: 'bob', email: 'bob@example.org', password: PASSWORD } })
    expect(await faultsOfBudget(withBudgets(naive, (identifier) => identifier))).not.toEqual([])
    expect(await faultsOfBudget(withBudgets(naive, canonicalIdentifier))).toEqual([])
  })
})

describe('row 8: a user name that is somebody’s address', () => {
  async function faultsOfShadow(site: Site): Promise<readonly string[]> {
    const faults: string[] = []
    const victim = await site.addUser('victim')
    const attacker = await site.addUser('attacker', { password: OTHER_PASSWORD })
    const registered = await site.send('POST /register', {
      body: { username: victim.email, email: 'evil@example.org', password: OTHER_PASSWORD },
    })
    if (registered.status !== 400) faults.push(`registering the name is answered ${registered.status}`)
    const changed = await site.send('POST /username/change', {
      token: await site.tokenFor(attacker),
      body: { newUsername: victim.email, currentPassword: OTHER_PASSWORD },
    })
    if (changed.status !== 400) faults.push(`taking the name is answered ${changed.status}`)
    const login = await site.send('POST /login', { body: { identifier: victim.email, password: PASSWORD } })
    if (login.status !== 200) faults.push(`the owner's log-in is answered ${login.status}`)
    return faults
  }

  it('row 8: cannot be had, and the owner still logs in by address', async () => {
    expect(await faultsOfShadow(await openSite())).toEqual([])
  })

  it('row 8: control: names with an @ beside log-in by address are noticed', async () => {
    // What a backend says it looks in is checked at the start; this one keeps quiet about addresses.
    const { identifiers: _, ...quiet } = passwordBackend({ identifiers: ['username', 'email'] })
    const site = await openSite({ login: { identifiers: ['username'], backends: [quiet] } })
    expect(await faultsOfShadow(site)).not.toEqual([])
  })
})

describe('row 19: a reserved name', () => {
  type Register = (username: string) => Promise<boolean>

  async function takenOf(register: Register): Promise<readonly string[]> {
    const taken: string[] = []
    for (const name of [...RESERVED_USERNAMES, 'Admin', 'ROOT', 'Ｍe', 'NULL', 'postMaster']) {
      if (await register(name)) taken.push(name)
    }
    return taken
  }

  const options: SiteOptions = { login: { mailNewDevices: false } }

  it('row 19: cannot be taken by anybody from outside', async () => {
    const site = await openSite(options)
    const register: Register = async (username) => {
      const body = { username, email: `person${site.inserted()}@example.org`, password: PASSWORD }
      return (await site.send('POST /register', { body })).status < 400
    }
    expect(await takenOf(register)).toEqual([])
    const ann = await site.addUser('ann')
    const renamed: Register = async (newUsername) => {
      const body = { newUsername, currentPassword: PASSWORD }
      return (await site.send('POST /username/change', { body, token: await site.tokenFor(ann) })).status < 400
    }
    expect(await takenOf(renamed)).toEqual([])
  })

  it('row 19: control: the operator’s way, which has no reserved names, is told apart', async () => {
    const site = await openSite(options)
    const create: Register = (username) =>
      site.addUser(username, { email: `person${site.inserted()}@example.org` }).then(
        () => true,
        () => false,
      )
    expect(await takenOf(create)).toContain('admin')
  })

  it('row 19: is never part of an address: whose account it is comes from the session alone', async () => {
    const site = await openSite(options)
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    expect((await site.send('GET /me', { token })).json).toMatchObject({ user: { username: 'ann' } })
    for (const path of ['/users/me', '/users/ann', '/me/ann', `/me/${ann.user.id}`]) {
      expect(await site.send(`GET ${path}`, { token })).toMatchObject({ status: 404 })
    }
  })
})

describe('row 20: the id of a deleted account', () => {
  interface Ids {
    create(): Promise<number>
    remove(id: number): Promise<unknown>
  }

  /** The latest row is the one whose number a careless table gives out again. */
  async function faultsOfIds({ create, remove }: Ids): Promise<readonly string[]> {
    const first = await create()
    await remove(first)
    const second = await create()
    return second > first ? [] : [`${second} came after ${first}`]
  }

  it('row 20: is never given out again', async () => {
    const site = await openSite()
    const names = ['ann', 'ben']
    const ids: Ids = {
      create: async () => Number((await site.addUser(names.pop() ?? '')).user.id),
      remove: (id) => site.store.users.delete(id),
    }
    expect(await faultsOfIds(ids)).toEqual([])
  })

  it('row 20: control: a table that numbers its rows by the largest id is noticed', async () => {
    const db = new DatabaseSync(':memory:')
    db.exec('CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)')
    const insert = db.prepare("INSERT INTO users (name) VALUES ('ann')")
    const remove = db.prepare('DELETE FROM users WHERE id = ?')
    const ids: Ids = {
      create: async () => Number(insert.run().lastInsertRowid),
      remove: async (id) => remove.run(id),
    }
    expect(await faultsOfIds(ids)).not.toEqual([])
    db.close()
  })

  async function opensOf(site: Site): Promise<readonly string[]> {
    const ann = await site.addUser('ann')
    const token = await site.tokenFor(ann)
    const body = { identifier: 'ann', password: PASSWORD, carrier: 'jwt' }
    const { accessToken, refreshToken } = (await site.send('POST /login', { body })).json
    await site.send('POST /password/reset', { body: { email: ann.email } })
    const reset = await site.codeFor(ann.email)
    await site.send('POST /email/change', { token, body: { newEmail: 'a@example.net', currentPassword: PASSWORD } })
    const change = await site.codeFor('a@example.net')
    await site.send('DELETE /me', { token, body: { currentPassword: PASSWORD } })
    await site.addUser('ben', { email: ann.email })
    const tries = [
      await site.send('GET /me', { token }),
      await site.send('GET /me', { token: String(accessToken) }),
      await site.send('POST /token/refresh', { body: { refreshToken } }),
      await site.send('POST /password/reset/confirm', { body: { code: reset, newPassword: OTHER_PASSWORD } }),
      await site.send('POST /email/change/confirm', { body: { code: change } }),
    ]
    return tries.filter(({ status }) => status < 400).map(({ text }) => text)
  }

  it('row 20: names nobody: no credential of the old account opens the one that took its address', async () => {
    expect(await opensOf(await openSite())).toEqual([])
  })

  it('row 20: control: a store that deletes nothing is noticed', async () => {
    const keeping = (store: Store): Store => ({ ...store, users: { ...store.users, delete: async () => true } })
    const site = await openSite({ wrapStore: keeping })
    const adding: Site['addUser'] = async (name, changes) => site.addUser(name, name === 'ben' ? {} : (changes ?? {}))
    expect(await opensOf({ ...site, addUser: adding })).not.toEqual([])
  })
})

/** A store whose database finds more than it was asked for. */
function withLookUp(store: Store, fold: (text: string) => string): Store {
  const findByIdentifier: Store['users']['findByIdentifier'] = (key, fields, limit) =>
    store.users.findByIdentifier(fold(key), fields, limit)
  return { ...store, users: { ...store.users, findByIdentifier } }
}

/** A store that gives back the key it was asked for as the user's address. */
function answeringWithTheKey(store: Store): Store {
  const findByIdentifier: Store['users']['findByIdentifier'] = async (key, fields, limit) => {
    const users = await store.users.findByIdentifier(key.replace('ı', 'i'), fields, limit)
    return users.map((user) => ({ ...user, email: key }))
  }
  return { ...store, users: { ...store.users, findByIdentifier } }
}

function noting(store: Store, looked: string[]): Store {
  const findByIdentifier: Store['users']['findByIdentifier'] = (key, fields, limit) => {
    looked.push(key)
    return store.users.findByIdentifier(key, fields, limit)
  }
  return { ...store, users: { ...store.users, findByIdentifier } }
}

/** Sends to whatever it is told to. */
function trustingMailer(sent: Mail[]): Mailer {
  return {
    description: 'trusting',
    sentMails: 'erase',
    async send(mail) {
      sent.push(mail)
    },
    close: () => Promise.resolve(),
  }
}

/** Three wrong guesses for each `key` of what was typed. */
function withBudgets(site: Door, key: (identifier: string) => string): Pick<Door, 'send'> {
  const wrong = new Map<string, number>()
  return {
    async send(row, options = {}) {
      const { identifier } = options.body as { readonly identifier: string }
      const spent = wrong.get(key(identifier)) ?? 0
      if (spent >= 3) return { status: 401, json: {} }
      const answer = await site.send(row, options)
      if (answer.status !== 200) wrong.set(key(identifier), spent + 1)
      return answer
    },
  }
}

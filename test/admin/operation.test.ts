/** What operators see of attempts, locks, addresses, mails and each other. */
import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD } from '../support/accounts.ts'
import { newOffice, type Office, refusal } from './support/office.ts'

const SOURCE = '203.0.113.7'

describe('addresses to block or allow', () => {
  it('looks at no password from a blocked one, at once, and again once the rule has ended or gone', async () => {
    const { auth, root, clock } = await newOffice()
    const login = () => refusal(auth.login({ identifier: 'bob', password: GOOD_PASSWORD }, { address: SOURCE }))
    expect(await login()).toBeNull()
    const expiresAt = new Date(clock.now().getTime() + 60_000)
    const set = { range: '203.0.113.0/24', effect: 'block', note: 'a botnet', expiresAt }
    const rule = await auth.adminSetAddressRule(set, root.caller)
    expect(await login()).toBe('rate_limited')
    expect(
      await refusal(auth.login({ identifier: 'bob', password: GOOD_PASSWORD }, { address: '203.0.114.1' })),
    ).toBeNull()
    clock.advance({ minutes: 1, seconds: 1 })
    expect(await login()).toBeNull()
    expect(await auth.adminListAddressRules(root.caller)).toEqual([])
    const { id } = await auth.adminSetAddressRule({ range: SOURCE, effect: 'block' }, root.caller)
    expect(await login()).toBe('rate_limited')
    await auth.adminDeleteAddressRule({ ruleId: id }, root.caller)
    expect(await login()).toBeNull()
    const written = await auth.adminListAudit({ filter: { action: 'address.blocked' } }, root.caller)
    expect(written.map(({ object }) => object.name)).toEqual([SOURCE, rule.range])
  })

  it('never locks an allowed one, however many people there guess wrong', async () => {
    const lockout = { maxFailuresPerAddress: 4 }
    const guess = (auth: Office['auth'], name: string, password = 'wrong') =>
      refusal(auth.login({ identifier: name, password }, { address: SOURCE }))
    const guessAll = async ({ auth }: Pick<Office, 'auth'>) => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) await guess(auth, name)
      return guess(auth, 'bob', GOOD_PASSWORD)
    }
    const { auth, root } = await newOffice([], { lockout })
    await auth.adminSetAddressRule({ range: SOURCE, effect: 'allow' }, root.caller)
    expect(await guessAll({ auth })).toBeNull()
    // Control.
    expect(await guessAll(await newOffice([], { lockout }))).toBe('rate_limited')
  })

  it('189: locks whoever is guessed at from an allowed one: no operator gets round the lock of a superuser', async () => {
    const { auth, clerk, root } = await newOffice(['change_address_rule'])
    await auth.adminSetAddressRule({ range: SOURCE, effect: 'allow' }, clerk.caller)
    const guess = (password: string) => refusal(auth.login({ identifier: 'root-1', password }, { address: SOURCE }))
    for (const _ of [1, 2, 3]) await guess('wrong')
    expect(await guess(GOOD_PASSWORD)).toBe('invalid_credentials')
    const locks = await auth.adminListLocks({}, root.caller)
    expect(locks.map(({ userName }) => userName)).toContain('root-1')
  })

  it('keeps ranges in one form, one rule for each, and refuses what is none or far too wide', async () => {
    const { auth, root } = await newOffice()
    const put = (range: unknown) => auth.adminSetAddressRule({ range, effect: 'block' }, root.caller)
    expect((await put(' 2001:DB8:0::/32 ')).range).toBe('2001:db8::/32')
    expect((await put('192.0.2.7')).range).toBe('192.0.2.7')
    await put('192.0.2.7')
    expect(await auth.adminListAddressRules(root.caller)).toHaveLength(2)
    for (const range of [
      '0.0.0.0/0',
      '0.0.0.0/1',
      '::/0',
      '2000::/3',
      '192.0.2.7/24',
      'here',
      '',
      7,
      null,
      '1.2.3',
      '192.0.2.1/33',
    ]) {
      expect(await refusal(put(range)), `${range}`).toBe('validation_failed')
    }
  })

  it('does not let operators shut themselves out', async () => {
    const { auth, root } = await newOffice()
    const caller = { ...root.caller, address: '192.0.2.9' }
    const rule = { range: '192.0.2.0/24', effect: 'block' }
    expect(await refusal(auth.adminSetAddressRule(rule, caller))).toBe('forbidden/own_account')
    expect(await refusal(auth.adminSetAddressRule({ ...rule, effect: 'allow' }, caller))).toBeNull()
  })
})

describe('attempts and locks', () => {
  it('lists attempts by whether they succeeded, of a week, and counts them by the hour', async () => {
    const { auth, root, clock } = await newOffice()
    clock.advance({ hours: 2 })
    for (const _ of [1, 2]) await refusal(auth.login({ identifier: 'nobody', password: 'wrong' }))
    const failed = await auth.adminListAttempts({ filter: { succeeded: false } }, root.caller)
    expect(failed.map(({ outcome }) => outcome)).toEqual(['unknown_user', 'unknown_user'])
    const hours = await auth.adminCountAttempts({ hours: 3 }, root.caller)
    expect(hours.map(({ successes, failures }) => [successes, failures])).toEqual([
      [5, 0],
      [0, 0],
      [0, 2],
    ])
    clock.advance({ hours: 24 * 8 })
    const caller = {
      actor: (await auth.login({ identifier: 'root-1', password: GOOD_PASSWORD, carrier: 'token' })).issued,
    }
    expect(await auth.adminListAttempts({ filter: { succeeded: false } }, caller)).toEqual([])
    expect(await auth.adminListAttempts({ filter: { identifier: 'nobody' } }, caller)).toHaveLength(2)
  })

  it('ends a lock with a click, and writes it down', async () => {
    const { auth, root } = await newOffice()
    for (const identifier of ['bob', 'nobody']) {
      for (const _ of [1, 2, 3]) await refusal(auth.login({ identifier, password: 'wrong' }))
    }
    const locks = await auth.adminListLocks({}, root.caller)
    expect(locks.find(({ kind }) => kind === 'user')).toMatchObject({ userName: 'bob' })
    for (const { id } of locks) await auth.adminEndLock({ lockId: id }, root.caller)
    expect(await auth.adminListLocks({}, root.caller)).toEqual([])
    expect(await refusal(auth.login({ identifier: 'bob', password: GOOD_PASSWORD }))).toBeNull()
    const written = await auth.adminListAudit({ filter: { action: 'lock.ended' } }, root.caller)
    expect(written).toHaveLength(locks.length)
    expect(JSON.stringify(written)).not.toContain('nobody')
  })
})

describe('189: who may end which lock', () => {
  const lock = async ({ auth }: Pick<Office, 'auth'>, identifier: string) => {
    for (const _ of [1, 2, 3]) await refusal(auth.login({ identifier, password: 'wrong' }))
  }

  it('staff end locks of people, and only superusers those of staff and superusers, or all at once', async () => {
    const office = await newOffice(['unlock'])
    const { auth, clerk, root, intern, bob } = office
    for (const name of ['root-1', 'intern', 'bob']) await lock(office, name)
    const end = (lockId: string, { caller } = clerk) => refusal(auth.adminEndLock({ lockId }, caller))
    for (const { user } of [root, intern]) {
      // Other ways to write the number are no way around it.
      for (const id of [`${user.id}`, `0${user.id}`, ` ${user.id}`, `${user.id}.0`, `${user.id}+address:192.0.2.1`]) {
        expect(await end(`lock:user:${id}`), id).toBe('forbidden')
        expect(await end(`lock:device:${id}:x`), id).toBe('forbidden')
      }
    }
    expect(await end('all')).toBe('forbidden')
    const locked = async () => (await auth.adminListLocks({}, root.caller)).flatMap(({ userName }) => userName ?? [])
    expect((await locked()).toSorted()).toEqual(['bob', 'intern', 'root-1'])
    expect(await end(`lock:user:${bob.user.id}`)).toBeNull()
    expect((await locked()).toSorted()).toEqual(['intern', 'root-1'])
    expect(await end('all', root)).toBeNull()
    expect(await locked()).toEqual([])
  })

  it('a session found open does not end the lock between guesses at its owner’s password', async () => {
    const office = await newOffice(['unlock'])
    const { auth, clerk, root, clock } = office
    clock.advance({ minutes: 11 })
    for (const { caller, user } of [clerk, root]) {
      for (const _ of [1, 2, 3]) await refusal(auth.adminConfirmPassword({ currentPassword: 'wrong' }, caller))
      expect(await refusal(auth.adminEndLock({ lockId: `lock:user:${user.id}` }, caller))).toBe(
        'forbidden/proof_too_old',
      )
      expect(await refusal(auth.adminEndLock({ lockId: 'all' }, caller))).toMatch(/^forbidden/)
      const currentPassword = GOOD_PASSWORD
      expect(await refusal(auth.adminConfirmPassword({ currentPassword }, caller))).toBe('wrong_current_password')
    }
    // Control: the lock of somebody else needs no password.
    expect(await refusal(auth.adminEndLock({ lockId: `lock:user:${clerk.user.id}` }, root.caller))).toBeNull()
    expect(await refusal(auth.adminConfirmPassword({ currentPassword: GOOD_PASSWORD }, clerk.caller))).toBeNull()
  })
})

describe('the outbox', () => {
  it('says to whom and what about, masked, and never what a mail says', async () => {
    const { auth, root } = await newOffice()
    await auth.requestPasswordReset({ email: 'bob@example.org' })
    const [waiting] = await auth.adminListMails({ state: 'waiting' }, root.caller)
    expect(waiting).toMatchObject({ kind: 'reset-password', to: 'b***@example.org', state: 'waiting', tries: 0 })
    await auth.flush()
    expect(await auth.adminListMails({ state: 'waiting' }, root.caller)).toEqual([])
    const seen = JSON.stringify(await auth.adminListMails({}, root.caller))
    expect(seen).not.toMatch(/code|http|bob/)
  })

  it('tries a mail again at once that waits for its next try', async () => {
    const { auth, root, mailer, clock } = await newOffice()
    const failing = mailer as { send: unknown }
    const send = failing.send
    failing.send = () => Promise.reject(new Error('no route'))
    await auth.requestPasswordReset({ email: 'bob@example.org' })
    await auth.flush()
    failing.send = send
    const [waiting] = await auth.adminListMails({ state: 'waiting' }, root.caller)
    expect(waiting?.dueAt?.getTime()).toBeGreaterThan(clock.now().getTime())
    await auth.adminRetryMail({ mailId: waiting?.id ?? 0 }, root.caller)
    await auth.flush()
    expect(await auth.adminListMails({ state: 'sent' }, root.caller)).toHaveLength(1)
    expect(await refusal(auth.adminRetryMail({ mailId: waiting?.id ?? 0 }, root.caller))).toBe('not_found')
  })
})

describe('the audit log', () => {
  it('has what was done from the command line and by functions, without an actor', async () => {
    const { auth, root, bob } = await newOffice()
    const cli = { door: 'cli' }
    await auth.setStatus({ userId: bob.user.id, status: 'disabled' }, cli)
    await auth.setPassword({ userId: bob.user.id, newPassword: GOOD_PASSWORD, passwordCheck: 'bypassed' }, cli)
    await auth.updateUser({ userId: bob.user.id, isStaff: true }, cli)
    const group = await auth.createGroup({ name: 'editors' }, cli)
    await auth.setUserGroups({ userId: bob.user.id, groupIds: [group.id] }, cli)
    await auth.setUserPermissions({ userId: bob.user.id, permissions: ['portress.unlock'] }, cli)
    await auth.updateGroup({ groupId: group.id, name: 'authors' }, cli)
    await auth.deleteGroup({ groupId: group.id }, cli)
    await auth.clearLocks({ identifier: 'bob' }, cli)
    await auth.clearLocks({ all: true }, cli)
    const entries = await auth.adminListAudit({ filter: {}, limit: 10 }, root.caller)
    expect(entries.map(({ action }) => action)).toEqual([
      'lock.all-ended',
      'user.unlocked',
      'group.deleted',
      'group.updated',
      'user.updated',
      'user.updated',
      'group.created',
      'user.updated',
      'user.password-set',
      'user.deactivated',
    ])
    expect(new Set(entries.map(({ door, actorId }) => `${door} ${actorId}`))).toEqual(new Set(['cli null']))
    expect(entries[5]?.changes).toEqual([{ field: 'groups', from: [], to: ['editors'] }])
  })

  it('has what staff do to others through other doors, and nothing that people do to themselves', async () => {
    const { auth, root, ann, bob } = await newOffice()
    await auth.updateProfile({ firstName: 'Ann' }, ann.caller)
    await auth.updateProfile({ firstName: 'Bob', userId: bob.user.id }, root.caller)
    await auth.setEmail({ email: 'b2@example.org', userId: bob.user.id, activation: 'none' }, root.caller)
    await auth.deleteAccount({ currentPassword: GOOD_PASSWORD, userId: bob.user.id }, root.caller)
    const filter = { actorId: `${root.user.id}` }
    const entries = await auth.adminListAudit({ filter }, root.caller)
    expect(entries.map(({ action, object }) => `${action} ${object.name}`)).toEqual([
      'user.deleted bob',
      'user.updated bob',
      'user.updated bob',
    ])
    expect(await auth.adminListAudit({ filter: { actorId: `${ann.user.id}` } }, root.caller)).toEqual([])
  })

  it('says of an exported file with which columns and by which filters, and not for whom was searched', async () => {
    const { auth, root } = await newOffice()
    const group = await auth.createGroup({ name: 'editors' })
    const joinedSince = new Date('2026-01-01T00:00:00Z')
    const conditions = { status: 'active', groupId: group.id, joinedSince } as const
    const columns = ['username', { name: 'own', value: () => null }]
    await auth.adminExportUsers({ columns, query: 'bob@example.org ann', conditions, isLocked: true }, root.caller)
    const [entry] = await auth.adminListAudit({ filter: { action: 'users.exported' } }, root.caller)
    const written = new Map(entry?.changes.map(({ field, to }) => [field, to]))
    expect(Object.fromEntries(written)).toEqual({
      columns: ['username', 'own'],
      search: ['b***', 'a***'],
      isLocked: true,
      ids: 0,
      status: 'active',
      groupId: group.id,
      joinedSince: '2026-01-01T00:00:00.000Z',
    })
  })

  it('goes after a year, or as the options say', async () => {
    const { auth, root, clock } = await newOffice([], { retention: { auditDays: 30 } })
    await auth.adminEndLock({ lockId: 'all' }, root.caller)
    clock.advance({ hours: 24 * 31 })
    expect((await auth.cleanUp()).auditEntries).toBeGreaterThan(0)
  })
})

/** Who may do what among operators: row 189 of the known attacks, and H11 of the contract about login policies. */
import { describe, expect, it } from 'vitest'
import { field } from '../../src/model/declare-field.ts'
import { BUILT_IN_PERMISSIONS } from '../../src/model/permission.ts'
import { always, backendWith } from '../login-policies/support/permissions.ts'
import { newMember } from '../support/members.ts'
import { newOffice, type Office, refusal } from './support/office.ts'

const ALL_RIGHTS = Object.keys(BUILT_IN_PERMISSIONS)

/** Every command for operators, with the right that it asks for. */
const COMMANDS = [
  ['view_user', ({ auth }, caller) => auth.adminListUsers({}, caller)],
  ['view_user', ({ auth }, caller) => auth.adminCountUsers({}, caller)],
  ['view_user', ({ auth, bob }, caller) => auth.adminReadUser({ userId: bob.user.id }, caller)],
  ['view_user', ({ auth, bob }, caller) => auth.adminListIdentities({ userId: bob.user.id }, caller)],
  ['view_user', ({ auth }, caller) => auth.adminExportUsers({}, caller)],
  [
    'add_user',
    ({ auth }, caller) => auth.adminCreateUser({ username: 'new', email: 'new@example.org', password: null }, caller),
  ],
  ['change_user', ({ auth, bob }, caller) => auth.adminUpdateUser({ userId: bob.user.id, firstName: 'Ann' }, caller)],
  ['change_user', ({ auth, bob }, caller) => auth.adminSetPassword({ userId: bob.user.id, newPassword: null }, caller)],
  [
    'change_user',
    ({ auth, bob }, caller) => auth.adminActOnUsers({ action: 'send-reset', userIds: [bob.user.id] }, caller),
  ],
  [
    'change_user',
    ({ auth, bob }, caller) => auth.adminActOnUsers({ action: 'verify-email', userIds: [bob.user.id] }, caller),
  ],
  [
    'change_user',
    ({ auth, bob }, caller) => auth.adminActOnUsers({ action: 'activate', userIds: [bob.user.id] }, caller),
  ],
  [
    'change_user',
    ({ auth, bob }, caller) => auth.adminActOnUsers({ action: 'deactivate', userIds: [bob.user.id] }, caller),
  ],
  ['unlock', ({ auth, bob }, caller) => auth.adminActOnUsers({ action: 'unlock', userIds: [bob.user.id] }, caller)],
  [
    'end_session',
    ({ auth, bob }, caller) => auth.adminActOnUsers({ action: 'end-sessions', userIds: [bob.user.id] }, caller),
  ],
  ['end_session', ({ auth, bob }, caller) => auth.adminEndSession({ userId: bob.user.id, sessionId: 'none' }, caller)],
  ['delete_user', ({ auth, bob }, caller) => auth.adminPreviewDeletion({ userIds: [bob.user.id] }, caller)],
  ['view_session', ({ auth, bob }, caller) => auth.adminListSessions({ userId: bob.user.id }, caller)],
  ['view_attempt', ({ auth }, caller) => auth.adminListAttempts({}, caller)],
  ['view_attempt', ({ auth }, caller) => auth.adminCountAttempts({}, caller)],
  ['view_lock', ({ auth }, caller) => auth.adminListLocks({}, caller)],
  ['view_lock', ({ auth }, caller) => auth.adminListAddressRules(caller)],
  ['unlock', ({ auth }, caller) => auth.adminEndLock({ lockId: 'lock:address:192.0.2.1' }, caller)],
  [
    'change_address_rule',
    ({ auth }, caller) => auth.adminSetAddressRule({ range: '192.0.2.1', effect: 'block' }, caller),
  ],
  ['change_address_rule', ({ auth }, caller) => auth.adminDeleteAddressRule({ ruleId: 'none' }, caller)],
  ['view_mail', ({ auth }, caller) => auth.adminListMails({}, caller)],
  ['retry_mail', ({ auth }, caller) => auth.adminRetryMail({ mailId: 4711 }, caller)],
  ['view_audit', ({ auth }, caller) => auth.adminListAudit({}, caller)],
  ['view_group', ({ auth }, caller) => auth.adminListGroups({}, caller)],
  ['view_group', ({ auth }, caller) => auth.adminReadGroup({ groupId: 4711 }, caller)],
  ['add_group', ({ auth }, caller) => auth.adminCreateGroup({ name: 'new' }, caller)],
  ['change_group', ({ auth }, caller) => auth.adminUpdateGroup({ groupId: 4711, name: 'new' }, caller)],
  ['delete_group', ({ auth }, caller) => auth.adminDeleteGroup({ groupId: 4711 }, caller)],
] as const satisfies readonly (readonly [
  string,
  (office: Office, caller: Office['bob']['caller']) => Promise<unknown>,
])[]

describe('189: who may call what', () => {
  it('lets staff with the right in, and nobody else: not without the right, not people, not strangers', async () => {
    const office: Office = await newOffice()
    const { auth, clerk, intern, ann } = office
    await auth.setUserPermissions({ userId: ann.user.id, permissions: ALL_RIGHTS })
    for (const [right, call] of COMMANDS) {
      const label = `${right}: ${call}`
      const others = ALL_RIGHTS.filter((name) => name !== `portress.${right}`)
      await auth.setUserPermissions({ userId: clerk.user.id, permissions: others })
      expect(await refusal(call(office, clerk.caller)), label).toBe('forbidden')
      expect(await refusal(call(office, intern.caller)), label).toBe('forbidden')
      expect(await refusal(call(office, ann.caller)), label).toBe('forbidden')
      expect(await refusal(call(office, {})), label).toBe('not_authenticated')
      await auth.setUserPermissions({ userId: clerk.user.id, permissions: [`portress.${right}`] })
      expect([null, 'not_found'], label).toContain(await refusal(call(office, clerk.caller)))
    }
  })

  it('189: a program that grants everything to everybody would be seen to', async () => {
    const backends = [backendWith('generous', always('granted'))]
    const { auth, intern, ann } = await newOffice([], { login: { backends } })
    expect(await refusal(auth.adminListUsers({}, intern.caller))).toBeNull()
    // Not even then: the pages are for staff.
    expect(await refusal(auth.adminListUsers({}, ann.caller))).toBe('forbidden')
  })

  it('shows an operator no more figures than they have rights for', async () => {
    const { auth, clerk, intern, ann, root } = await newOffice(['view_lock'])
    expect(await auth.adminOverview(clerk.caller)).toMatchObject({
      users: null,
      locks: { count: 0 },
      waitingMails: null,
    })
    expect(Object.values(await auth.adminOverview(intern.caller)).every((figure) => figure === null)).toBe(true)
    expect(await refusal(auth.adminOverview(ann.caller))).toBe('forbidden')
    const seen = await auth.adminOverview(root.caller)
    expect(seen.users?.active).toEqual({ count: 5, isExact: true })
    expect(seen.registrations?.at(-1)?.count).toEqual({ count: 5, isExact: true })
    expect(seen.attemptsToday).toMatchObject({ successes: 5, failures: 0 })
  })

  it('190: finds out who is locked by no list, without the right to see locks', async () => {
    const { auth, clerk, root, bob } = await newOffice(['view_user'])
    for (const _ of [1, 2, 3]) await refusal(auth.login({ identifier: 'bob', password: 'wrong' }))
    const locked = { isLocked: true }
    expect(await refusal(auth.adminListUsers(locked, clerk.caller))).toBe('forbidden')
    expect(await refusal(auth.adminCountUsers(locked, clerk.caller))).toBe('forbidden')
    expect(await refusal(auth.adminExportUsers(locked, clerk.caller))).toBe('forbidden')
    await auth.setUserPermissions({
      userId: clerk.user.id,
      permissions: ['portress.view_user', 'portress.view_lock'],
    })
    for (const { caller } of [clerk, root]) {
      expect((await auth.adminListUsers(locked, caller)).users.map(({ id }) => id)).toEqual([bob.user.id])
    }
  })

  it('ends with the mark of staff, and with the account', async () => {
    const { auth, clerk } = await newOffice(['view_user'])
    await auth.updateUser({ userId: clerk.user.id, isStaff: false })
    expect(await refusal(auth.adminListUsers({}, clerk.caller))).toBe('forbidden')
    await auth.setStatus({ userId: clerk.user.id, status: 'disabled' })
    expect(await refusal(auth.adminListUsers({}, clerk.caller))).toBe('token_invalid')
  })
})

describe('189: nobody gets further through somebody else, or lifts themselves', () => {
  const everything = ['view_user', 'change_user', 'delete_user', 'end_session', 'unlock', 'add_user'] as const

  it('lets staff touch neither staff nor superusers', async () => {
    const { auth, clerk, intern, root } = await newOffice(everything)
    for (const { user } of [intern, root]) {
      const userId = user.id
      expect(await refusal(auth.adminUpdateUser({ userId, firstName: 'X' }, clerk.caller))).toBe('forbidden')
      expect(await refusal(auth.adminSetPassword({ userId, newPassword: null }, clerk.caller))).toBe('forbidden')
      expect(await refusal(auth.adminEndSession({ userId, sessionId: 'x' }, clerk.caller))).toBe('forbidden')
      for (const action of [
        'activate',
        'deactivate',
        'unlock',
        'end-sessions',
        'verify-email',
        'send-reset',
        'delete',
      ] as const) {
        const [result] = await auth.adminActOnUsers({ action, userIds: [userId] }, clerk.caller)
        expect(result, action).toMatchObject({ outcome: 'refused', code: 'forbidden' })
      }
      const [preview] = await auth.adminPreviewDeletion({ userIds: [userId] }, clerk.caller)
      expect(preview?.mayDelete).toBe(false)
      const { may } = await auth.adminReadUser({ userId }, clerk.caller)
      expect(may).toEqual({ change: false, changeWayIn: false, changePrivileges: false, delete: false })
    }
  })

  it('lets only superusers set marks, groups and permissions, even to what they are', async () => {
    const { auth, clerk, ann, root } = await newOffice(everything)
    const group = await auth.createGroup({ name: 'editors' })
    const wishes = [
      { isStaff: true },
      { isStaff: false },
      { isSuperuser: true },
      { isSuperuser: false },
      { groupIds: [group.id] },
      { groupIds: [] },
      { permissions: ['portress.view_user'] },
      { permissions: [] },
    ]
    for (const wish of wishes) {
      const label = JSON.stringify(wish)
      expect(await refusal(auth.adminUpdateUser({ userId: ann.user.id, ...wish }, clerk.caller)), label).toBe(
        'forbidden',
      )
      expect(await refusal(auth.adminUpdateUser({ userId: clerk.user.id, ...wish }, clerk.caller)), label).toBe(
        'forbidden',
      )
    }
    for (const mark of [{ isStaff: true }, { isSuperuser: true }]) {
      const wanted = { username: 'new', email: 'new@example.org', password: null, ...mark }
      expect(await refusal(auth.adminCreateUser(wanted, clerk.caller))).toBe('forbidden')
    }
    const changed = await auth.adminUpdateUser(
      { userId: ann.user.id, isStaff: true, groupIds: [group.id] },
      root.caller,
    )
    expect(changed.isStaff).toBe(true)
    expect((await auth.adminReadUser({ userId: ann.user.id }, root.caller)).groups).toEqual([group])
  })

  it('lets nobody come in as a user who may do more', async () => {
    const { auth, clerk, ann } = await newOffice(everything, { permissions: { 'shop.refund': 'Can refund' } })
    const userId = ann.user.id
    await auth.setUserPermissions({ userId, permissions: ['shop.refund'] })
    expect(await refusal(auth.adminSetPassword({ userId, newPassword: null }, clerk.caller))).toBe('forbidden')
    expect(await refusal(auth.adminUpdateUser({ userId, email: 'mine@example.org' }, clerk.caller))).toBe('forbidden')
    expect(await refusal(auth.adminUpdateUser({ userId, username: 'mine' }, clerk.caller))).toBe('forbidden')
    expect(await refusal(auth.adminUpdateUser({ userId, isEmailVerified: false }, clerk.caller))).toBe('forbidden')
    expect((await auth.adminUpdateUser({ userId, firstName: 'Ann' }, clerk.caller)).firstName).toBe('Ann')
    const permissions = [...everything.map((name) => `portress.${name}`), 'shop.refund']
    await auth.setUserPermissions({ userId: clerk.user.id, permissions })
    expect(await refusal(auth.adminUpdateUser({ userId, email: 'mine@example.org' }, clerk.caller))).toBeNull()
  })

  it('lets nobody change their own marks, name, address, password or status, or delete themselves', async () => {
    const { auth, root, clerk } = await newOffice(everything)
    const userId = root.user.id
    const wishes = [
      { isStaff: false },
      { isSuperuser: false },
      { permissions: ['portress.unlock'] },
      { username: 'other' },
      { email: 'other@example.org' },
      { isEmailVerified: false },
      { status: 'disabled' },
    ] as const
    for (const wish of wishes) {
      expect(await refusal(auth.adminUpdateUser({ userId, ...wish }, root.caller)), JSON.stringify(wish)).toBe(
        'forbidden/own_account',
      )
    }
    expect(await refusal(auth.adminSetPassword({ userId, newPassword: 'a quiet otter' }, root.caller))).toBe(
      'forbidden/own_account',
    )
    for (const action of ['deactivate', 'delete', 'end-sessions', 'verify-email'] as const) {
      const [result] = await auth.adminActOnUsers({ action, userIds: [userId] }, root.caller)
      expect(result, action).toMatchObject({ outcome: 'refused', code: 'forbidden', reason: 'own_account' })
    }
    // What a form sends along unchanged is no change.
    const form = {
      userId,
      username: 'root-1',
      email: 'root-1@example.org',
      isStaff: true,
      isSuperuser: true,
      firstName: 'R',
    }
    expect((await auth.adminUpdateUser({ ...form, permissions: [], groupIds: [] }, root.caller)).firstName).toBe('R')
    expect((await auth.adminUpdateUser({ userId: clerk.user.id, firstName: 'C' }, clerk.caller)).firstName).toBe('C')
  })

  it('lets staff not set of themselves what users may not set of themselves', async () => {
    const fields = { plan: field.text({ writable: false }), phone: field.text({}) }
    const { auth, clerk, ann } = await newOffice(everything, { user: { fields } })
    const own = { userId: clerk.user.id, fields: { plan: 'gold' } }
    await expect(auth.adminUpdateUser(own, clerk.caller)).rejects.toMatchObject({
      details: { fields: { plan: [{ code: 'not_writable' }] } },
    })
    const other = await auth.adminUpdateUser({ userId: ann.user.id, fields: { plan: 'gold' } }, clerk.caller)
    expect(other.fields).toMatchObject({ plan: 'gold' })
  })

  it('keeps groups within what the operator may do', async () => {
    const { auth, clerk, root } = await newOffice(['add_group', 'change_group', 'delete_group', 'view_group'])
    const wanted = { name: 'helpers', permissions: ['portress.view_group'] }
    const helpers = await auth.adminCreateGroup(wanted, clerk.caller)
    expect(await refusal(auth.adminCreateGroup({ name: 'x', permissions: ['portress.view_user'] }, clerk.caller))).toBe(
      'forbidden',
    )
    const more = { groupId: helpers.id, permissions: ['portress.view_group', 'portress.delete_user'] }
    expect(await refusal(auth.adminUpdateGroup(more, clerk.caller))).toBe('forbidden')
    await auth.adminUpdateGroup(more, root.caller)
    // Neither taken away: with it the group would lose what only others may give.
    expect(await refusal(auth.adminUpdateGroup({ groupId: helpers.id, permissions: [] }, clerk.caller))).toBe(
      'forbidden',
    )
    expect(await refusal(auth.adminDeleteGroup({ groupId: helpers.id }, clerk.caller))).toBe('forbidden')
    expect((await auth.adminUpdateGroup({ groupId: helpers.id, name: 'aides' }, clerk.caller)).name).toBe('aides')
    expect(await refusal(auth.adminDeleteGroup({ groupId: helpers.id }, root.caller))).toBeNull()
  })

  it('does not count the rights of a superuser who is not staff, and of a user who is pending', async () => {
    const site = await newOffice([])
    const other = await newMember(site as never, 'other', { isSuperuser: true })
    expect(await refusal(site.auth.adminListUsers({}, other.caller))).toBe('forbidden')
  })
})

/** Dangerous actions ask for the password again. */
import { expect, it } from 'vitest'
import { GOOD_PASSWORD } from '../support/accounts.ts'
import { newSession } from '../support/members.ts'
import { newOffice, refusal } from './support/office.ts'

const TOO_OLD = 'forbidden/proof_too_old'

it('asks for the password again ten minutes after the log-in, before anything dangerous and nothing else', async () => {
  const { auth, clock, root, bob } = await newOffice()
  const userId = bob.user.id
  const group = await auth.createGroup({ name: 'editors' })
  const caller = root.caller
  const dangerous: readonly (() => Promise<unknown>)[] = [
    () => auth.adminSetPassword({ userId, newPassword: null }, caller),
    () => auth.adminUpdateUser({ userId, email: 'new@example.org' }, caller),
    () => auth.adminUpdateUser({ userId, username: 'new' }, caller),
    () => auth.adminUpdateUser({ userId, isStaff: true }, caller),
    () => auth.adminUpdateUser({ userId, groupIds: [group.id] }, caller),
    () => auth.adminUpdateUser({ userId, permissions: ['portress.unlock'] }, caller),
    () => auth.adminCreateUser({ username: 'x', email: 'x@example.org', password: null, isStaff: true }, caller),
    () => auth.adminActOnUsers({ action: 'verify-email', userIds: [userId] }, caller),
    () => auth.adminExportUsers({}, caller),
    () => auth.adminSetAddressRule({ range: '192.0.2.1', effect: 'block' }, caller),
    () => auth.adminDeleteAddressRule({ ruleId: 'none' }, caller),
    () => auth.adminCreateGroup({ name: 'more' }, caller),
    () => auth.adminUpdateGroup({ groupId: group.id, name: 'authors' }, caller),
    () => auth.adminDeleteGroup({ groupId: group.id }, caller),
    () => auth.adminActOnUsers({ action: 'delete', userIds: [userId] }, caller),
  ]
  clock.advance({ minutes: 10, seconds: 1 })
  for (const call of dangerous) expect(await refusal(call()), `${call}`).toBe(TOO_OLD)
  expect(await refusal(auth.adminUpdateUser({ userId, firstName: 'Bob' }, caller))).toBeNull()
  expect(await refusal(auth.adminActOnUsers({ action: 'unlock', userIds: [userId] }, caller))).toBeNull()
  expect(await refusal(auth.adminListUsers({}, caller))).toBeNull()
  await auth.adminConfirmPassword({ currentPassword: GOOD_PASSWORD }, caller)
  clock.advance({ minutes: 9 })
  for (const call of dangerous) expect([null, 'not_found'], `${call}`).toContain(await refusal(call()))
})

it('takes a shorter or longer time where the door says so', async () => {
  const { auth, clock, root, bob } = await newOffice()
  const input = { userId: bob.user.id, newPassword: null }
  clock.advance({ minutes: 5 })
  expect(await refusal(auth.adminSetPassword({ ...input, proofSeconds: 299 }, root.caller))).toBe(TOO_OLD)
  clock.advance({ minutes: 55 })
  expect(await refusal(auth.adminSetPassword({ ...input, proofSeconds: 3600 }, root.caller))).toBeNull()
})

it('remembers the password for the session in which it was given, and for no other', async () => {
  const { auth, clock, root, bob, ...site } = await newOffice()
  const other = await newSession({ auth, clock, ...site } as never, 'root-1')
  clock.advance({ minutes: 11 })
  await auth.adminConfirmPassword({ currentPassword: GOOD_PASSWORD }, other.caller)
  const input = { userId: bob.user.id, newPassword: null }
  expect(await refusal(auth.adminSetPassword(input, root.caller))).toBe(TOO_OLD)
  expect(await refusal(auth.adminSetPassword(input, other.caller))).toBeNull()
})

it('counts a wrong password as a guess, and takes the right one of operators alone', async () => {
  const { auth, clock, root, ann, intern } = await newOffice()
  expect(await refusal(auth.adminConfirmPassword({ currentPassword: GOOD_PASSWORD }, ann.caller))).toBe('forbidden')
  expect(await refusal(auth.adminConfirmPassword({ currentPassword: GOOD_PASSWORD }, intern.caller))).toBeNull()
  for (const _ of [1, 2, 3]) {
    expect(await refusal(auth.adminConfirmPassword({ currentPassword: 'wrong' }, root.caller))).toBe(
      'wrong_current_password',
    )
  }
  // Locked: the right one is refused as well.
  expect(await refusal(auth.adminConfirmPassword({ currentPassword: GOOD_PASSWORD }, root.caller))).toBe(
    'wrong_current_password',
  )
  clock.advance({ minutes: 2 })
  expect(await refusal(auth.adminConfirmPassword({ currentPassword: GOOD_PASSWORD }, root.caller))).toBeNull()
})

import { describe, expect, it } from 'vitest'
import { GOOD_PASSWORD, refusalOf } from '../../test/support/accounts.ts'
import { bearer, HOSTILE_VALUES, newMember } from '../../test/support/members.ts'
import { testAuth } from '../../test/support/test-auth.ts'

describe('deleteAccount', () => {
  it('deletes the caller, named or not, and ends the session', async () => {
    const site = testAuth()
    for (const isNamed of [false, true]) {
      const { user, caller, issued } = await newMember(site, 'ann')
      const whom = isNamed ? { userId: user.id } : {}
      await site.auth.deleteAccount({ currentPassword: GOOD_PASSWORD, ...whom }, caller)
      expect(await site.auth.findUserById(user.id)).toBeNull()
      expect(await refusalOf(site.auth.authenticate(bearer(issued)))).toBe('token_invalid')
    }
  })

  it("lets staff delete others, with the caller's own password", async () => {
    const deleted: unknown[] = []
    const site = testAuth({
      events: {
        userDeleted: ({ user }) => {
          deleted.push(user.username)
        },
      },
    })
    const staff = await newMember(site, 'staff', { isStaff: true })
    const ann = await newMember(site, 'ann')
    await site.auth.setPassword({ userId: ann.user.id, newPassword: 'something else here', passwordCheck: 'bypassed' })
    const remove = (currentPassword: string) =>
      refusalOf(site.auth.deleteAccount({ currentPassword, userId: ann.user.id }, staff.caller))
    expect(await remove('something else here')).toBe('wrong_current_password')
    expect(await site.auth.findUser('ann')).not.toBeNull()
    expect(await remove(GOOD_PASSWORD)).toBeNull()
    expect(await site.auth.findUser('ann')).toBeNull()
    expect(await refusalOf(site.auth.authenticate(bearer(ann.issued)))).toBe('token_invalid')
    expect(await site.auth.authenticate(bearer(staff.issued))).not.toBeNull()
    expect(deleted).toEqual(['ann'])
  })

  it('lets nobody else delete others, nor staff delete superusers', async () => {
    const site = testAuth()
    const callers = {
      plain: await newMember(site, 'plain'),
      superuserOnly: await newMember(site, 'super-only', { isSuperuser: true }),
      staff: await newMember(site, 'staff', { isStaff: true }),
      root: await newMember(site, 'root2', { isStaff: true, isSuperuser: true }),
    }
    const ann = await newMember(site, 'ann')
    const boss = await newMember(site, 'boss', { isStaff: true, isSuperuser: true })
    const remove = (by: keyof typeof callers, userId: typeof ann.user.id) =>
      refusalOf(site.auth.deleteAccount({ currentPassword: GOOD_PASSWORD, userId }, callers[by].caller))
    expect(await remove('plain', ann.user.id)).toBe('forbidden')
    expect(await remove('superuserOnly', ann.user.id)).toBe('forbidden')
    expect(await remove('staff', boss.user.id)).toBe('forbidden')
    expect(await site.auth.findUser('ann')).not.toBeNull()
    expect(await site.auth.findUser('boss')).not.toBeNull()
    expect(await remove('root', boss.user.id)).toBeNull()
    expect(await site.auth.findUser('boss')).toBeNull()
  })

  it('asks the application about the one who goes', async () => {
    const site = testAuth({
      hooks: { beforeDelete: (user) => (user.username === 'ann' ? { refuse: 'Has open orders.' } : undefined) },
    })
    const staff = await newMember(site, 'staff', { isStaff: true })
    const ann = await newMember(site, 'ann')
    const input = { currentPassword: GOOD_PASSWORD, userId: ann.user.id }
    expect(await refusalOf(site.auth.deleteAccount(input, staff.caller))).toBe('refused_by_hook')
    expect(await site.auth.findUser('ann')).not.toBeNull()
  })

  it('finds nobody behind what is no id, and deletes nobody', async () => {
    const site = testAuth()
    const { caller } = await newMember(site, 'staff', { isStaff: true })
    for (const value of [4711, ...HOSTILE_VALUES]) {
      const input = { currentPassword: GOOD_PASSWORD, userId: value as number }
      expect(await refusalOf(site.auth.deleteAccount(input, caller)), String(value)).toBe('not_found')
    }
    expect(await site.auth.findUser('staff')).not.toBeNull()
  })
})

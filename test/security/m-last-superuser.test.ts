/** Section M of the attack table, row 189: whoever takes superusers away leaves one, also when two begin at once. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Store, StoreFactory } from '../../src/contracts/store.ts'
import type { ThrottleEntry } from '../../src/contracts/throttle-store.ts'
import { newOffice, type Office, refusal } from '../admin/support/office.ts'
import { GOOD_PASSWORD } from '../support/accounts.ts'
import { type Member, newMember } from '../support/members.ts'
import { replacedStore } from '../support/replaced-store.ts'
import type { TestAuth } from '../support/test-auth.ts'

/** Long enough for every command that began meanwhile to have judged. */
const PAUSE = 30

/** Changes of users wait for a moment, so that all who begin together have judged before any of them writes. */
const slow = ({ users }: Store, milliseconds = PAUSE): Pick<Store, 'users'> => ({
  users: {
    ...users,
    async update(id, changes, options) {
      await sleep(milliseconds)
      return users.update(id, changes, options)
    },
    async delete(id, when) {
      await sleep(milliseconds)
      return users.delete(id, when)
    },
  },
})

const slowStore: StoreFactory = replacedStore((store) => slow(store))

/** The control: the note of who takes it from whom is not read, and all have judged for certain, passwords as well. */
const forgetfulStore: StoreFactory = replacedStore((store) => ({
  ...slow(store, 10 * PAUSE),
  throttles: {
    ...store.throttles,
    update: (keys, step) =>
      store.throttles.update(keys, (entries) =>
        step(
          keys.some((key) => key.startsWith('superuser-taken:'))
            ? entries.map((): ThrottleEntry | null => null)
            : entries,
        ),
      ),
  },
}))

interface Two extends Office {
  readonly zoe: Member
}

async function twoSuperusers(store: StoreFactory): Promise<Two> {
  const office = await newOffice([], { store })
  const zoe = await newMember(office as unknown as TestAuth, 'zoe', { isStaff: true, isSuperuser: true })
  return { ...office, zoe }
}

type Deed = (office: Two, by: Member, to: Member) => Promise<unknown>

const acted =
  (action: 'deactivate' | 'delete'): Deed =>
  async ({ auth }, { caller }, { user }) => {
    const [result] = await auth.adminActOnUsers({ action, userIds: [user.id] }, caller)
    if (result?.outcome === 'refused') throw Object.assign(new Error(action), { code: result.code, details: {} })
  }

const DEEDS: readonly (readonly [string, Deed])[] = [
  [
    'demotes',
    ({ auth }, { caller }, { user }) => auth.adminUpdateUser({ userId: user.id, isSuperuser: false }, caller),
  ],
  ['shuts out', ({ auth }, { caller }, { user }) => auth.adminUpdateUser({ userId: user.id, isStaff: false }, caller)],
  [
    'disables',
    ({ auth }, { caller }, { user }) => auth.adminUpdateUser({ userId: user.id, status: 'disabled' }, caller),
  ],
  ['deactivates with others', acted('deactivate')],
  ['deletes with others', acted('delete')],
  [
    'deletes by a door for programs',
    ({ auth }, { caller }, { user }) => auth.deleteAccount({ userId: user.id, currentPassword: GOOD_PASSWORD }, caller),
  ],
  [
    'gives an address that must be confirmed to',
    ({ auth }, { caller }, { user }) =>
      auth.updateProfile({ userId: user.id, email: `${user.id}@elsewhere.org`, activation: 'mailed' }, caller),
  ],
  [
    'gives such an address alone to',
    ({ auth }, { caller }, { user }) =>
      auth.setEmail({ userId: user.id, email: `${user.id}@elsewhere.org`, activation: 'mailed' }, caller),
  ],
]

/** Who may do everything here. */
async function mighty({ auth, root, zoe }: Two): Promise<readonly string[]> {
  const found = await Promise.all([root, zoe].map(({ user }) => auth.findUserById(user.id)))
  return found.flatMap((user) =>
    user?.isSuperuser && user.isStaff && user.status === 'active' ? [user.username ?? ''] : [],
  )
}

describe('row 189: the last superuser', () => {
  it.each(DEEDS)('each of two %s the other at once, and one of them stays', async (_name, deed) => {
    const office = await twoSuperusers(slowStore)
    const { root, zoe } = office
    const ends = await Promise.all([refusal(deed(office, root, zoe)), refusal(deed(office, zoe, root))])
    expect(ends.toSorted()).toEqual(['forbidden', null])
    expect(await mighty(office)).toHaveLength(1)
  })

  it('row 189: control: without the note both are gone', async () => {
    for (const [name, deed] of DEEDS) {
      const office = await twoSuperusers(forgetfulStore)
      const { root, zoe } = office
      await Promise.all([refusal(deed(office, root, zoe)), refusal(deed(office, zoe, root))])
      expect(await mighty(office), name).toEqual([])
    }
  })

  it('one does it in two ways while the other does it in a third', async () => {
    const office = await twoSuperusers(slowStore)
    const { root, zoe } = office
    await Promise.all(
      DEEDS.map(([, deed], at) => refusal(at % 2 === 0 ? deed(office, root, zoe) : deed(office, zoe, root))),
    )
    expect(await mighty(office)).toHaveLength(1)
  })

  it('a hook that takes longer than the note lasts changes nothing about it', async () => {
    const hook = Promise.withResolvers<undefined>()
    const office = await newOffice([], { hooks: { beforeDelete: () => hook.promise } })
    const zoe = await newMember(office as unknown as TestAuth, 'zoe', { isStaff: true, isSuperuser: true })
    const { auth, root, clock } = office
    const deleting = auth.adminActOnUsers({ action: 'delete', userIds: [zoe.user.id] }, root.caller)
    clock.advance({ seconds: 61 })
    await auth.adminUpdateUser({ userId: root.user.id, status: 'disabled' }, zoe.caller)
    hook.resolve(undefined)
    expect(await deleting).toMatchObject([{ outcome: 'refused', code: 'forbidden' }])
    expect(await mighty({ ...office, zoe })).toEqual(['zoe'])
  })

  it('one after the other, superusers are taken away and given back as ever', async () => {
    const { auth, root, zoe, clock } = await twoSuperusers(slowStore)
    const set = (userId: string | number, isSuperuser: boolean, { caller }: Member) =>
      refusal(auth.adminUpdateUser({ userId, isSuperuser }, caller))
    expect(await set(zoe.user.id, false, root)).toBeNull()
    expect(await set(root.user.id, false, zoe)).toBe('forbidden')
    expect(await set(zoe.user.id, true, root)).toBeNull()
    // Whoever got it back within the minute takes it from nobody yet.
    expect(await set(root.user.id, false, zoe)).toBe('forbidden')
    clock.advance({ minutes: 1, seconds: 1 })
    expect(await set(root.user.id, false, zoe)).toBeNull()
    expect(await set(zoe.user.id, false, zoe)).toBe('forbidden/own_account')
  })
})

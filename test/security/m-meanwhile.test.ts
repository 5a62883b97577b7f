/** Section M of the attack table, row 189: what an operator was allowed a moment ago, and somebody else has changed since. */
import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import type { UserChanges } from '../../src/model/user.ts'
import { newOffice, type Office, refusal } from '../admin/support/office.ts'
import { GOOD_PASSWORD } from '../support/accounts.ts'
import { replacedStore } from '../support/replaced-store.ts'

const RIGHTS = ['view_user', 'change_user', 'delete_user', 'end_session', 'unlock']

interface Race extends Office {
  /** Changes bob once more, after the next command has judged and before it writes. */
  meanwhile(changes: UserChanges): void
}

async function newRace(): Promise<Race> {
  let planned: UserChanges | null = null
  const store = replacedStore((inner: Store) => {
    const overtaken = async (id: string | number): Promise<void> => {
      const changes = planned
      planned = null
      if (changes !== null) await inner.users.update(id, changes)
    }
    return {
      users: {
        ...inner.users,
        async update(id, changes, options) {
          await overtaken(id)
          return inner.users.update(id, changes, options)
        },
        async delete(id, when) {
          await overtaken(id)
          return inner.users.delete(id, when)
        },
      },
    }
  })
  const office = await newOffice(RIGHTS, { store })
  return {
    ...office,
    meanwhile(changes) {
      planned = changes
    },
  }
}

describe('row 189: between the question and the deed', () => {
  const deeds: Readonly<Record<string, (office: Office, who: Office['clerk']) => Promise<unknown>>> = {
    'sets another address': ({ auth, bob }, { caller }) =>
      auth.adminUpdateUser({ userId: bob.user.id, email: 'mine@example.org' }, caller),
    'sets a password': ({ auth, bob }, { caller }) =>
      auth.adminSetPassword({ userId: bob.user.id, newPassword: 'a quiet otter by the weir' }, caller),
    'sets another address by a door for programs': ({ auth, bob }, { caller }) =>
      auth.setEmail({ userId: bob.user.id, email: 'mine@example.org', activation: 'none' }, caller),
    'sets another name by a door for programs': ({ auth, bob }, { caller }) =>
      auth.updateProfile({ userId: bob.user.id, username: 'mine' }, caller),
    'deletes by a door for programs': ({ auth, bob }, { caller }) =>
      auth.deleteAccount({ userId: bob.user.id, currentPassword: GOOD_PASSWORD }, caller),
    ...Object.fromEntries(
      (['deactivate', 'end-sessions', 'delete'] as const).map((action) => [
        action,
        async ({ auth, bob }: Office, { caller }: Office['clerk']) => {
          const [result] = await auth.adminActOnUsers({ action, userIds: [bob.user.id] }, caller)
          if (result?.outcome === 'refused') throw Object.assign(new Error(action), { code: result.code })
        },
      ]),
    ),
  }

  it.each(Object.keys(deeds))('whoever was raised meanwhile is not touched by staff: %s', async (name) => {
    const deed = deeds[name] ?? (() => Promise.reject(new Error(name)))
    for (const mark of [{ isStaff: true }, { isSuperuser: true }]) {
      const race = await newRace()
      race.meanwhile(mark)
      expect(await refusal(deed(race, race.clerk))).toBe('not_found')
      expect(await race.auth.findUser('bob')).toMatchObject({ email: 'bob@example.org', status: 'active', ...mark })
      expect(await race.auth.authenticate(bearerOf(race))).not.toBeNull()
    }
    // Control: a superuser goes on, and so does staff while nothing has changed.
    for (const who of ['root', 'clerk'] as const) {
      const race = await newRace()
      if (who === 'root') race.meanwhile({ isStaff: true })
      expect(await refusal(deed(race, race[who]))).toBeNull()
    }
  })

  it('a change of something else gives nothing back that was taken meanwhile', async () => {
    const race = await newRace()
    const { auth, bob, root } = race
    const userId = bob.user.id
    await auth.adminUpdateUser({ userId, isStaff: true, isSuperuser: true }, root.caller)
    const taken = {
      isStaff: false,
      isSuperuser: false,
      status: 'disabled',
      email: 'moved@example.org',
      emailVerifiedAt: null,
    } as const
    race.meanwhile(taken)
    expect(await refusal(auth.adminUpdateUser({ userId, firstName: 'Robert' }, root.caller))).toBeNull()
    expect(await auth.findUser('bob')).toMatchObject({ ...taken, firstName: 'Robert' })
  })

  it('an address that was put there meanwhile is not confirmed', async () => {
    const race = await newRace()
    const { auth, bob, root } = race
    const userId = bob.user.id
    await auth.adminUpdateUser({ userId, isEmailVerified: false }, root.caller)
    race.meanwhile({ email: 'victim@example.org' })
    expect(await refusal(auth.adminUpdateUser({ userId, isEmailVerified: true }, root.caller))).toBe('not_found')
    expect(await auth.findUser('bob')).toMatchObject({ email: 'victim@example.org', emailVerifiedAt: null })
    expect(await refusal(auth.adminUpdateUser({ userId, isEmailVerified: true }, root.caller))).toBeNull()
  })
})

const bearerOf = ({ bob }: Office): Request =>
  new Request('https://acme.test/', { headers: { authorization: `Bearer ${bob.issued.token}` } })

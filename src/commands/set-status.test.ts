import { describe, expect, it } from 'vitest'
import { activeUser, refusalOf } from '../../test/support/accounts.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import type { UserStatus } from '../model/user.ts'

describe('setStatus', () => {
  it('refuses what is no status to set, and whoever is not there', async () => {
    const { auth, ...site } = testAuth()
    const { id } = await activeUser({ auth, ...site })
    for (const odd of ['pending', 'admin', '', null, undefined, 1, ['active']]) {
      const status = odd as Exclude<UserStatus, 'pending'>
      expect(await refusalOf(auth.setStatus({ userId: id, status })), String(odd)).toBe('validation_failed')
    }
    expect((await auth.findUserById(id))?.status).toBe('active')
    expect(await refusalOf(auth.setStatus({ userId: 4711, status: 'active' }))).toBe('not_found')
  })
})

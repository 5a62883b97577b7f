import { describe, expect, it } from 'vitest'
import { activeUser, logIn, refusalOf } from '../../test/support/accounts.ts'
import { testAuth } from '../../test/support/test-auth.ts'
import { field } from '../model/declare-field.ts'

const newSite = () =>
  testAuth({
    user: {
      fields: { plan: field.text({ writable: false, default: 'free' }) },
      profiles: { billing: { rank: field.number({ writable: false }) } },
    },
  })

describe('updateUser', () => {
  it('changes what users may not change themselves', async () => {
    const site = newSite()
    const { id } = await activeUser(site)
    const { issued } = await logIn(site.auth, 'ann')
    expect(await refusalOf(site.auth.updateProfile({ fields: { plan: 'gold' } }, { actor: issued }))).toBe(
      'validation_failed',
    )
    const changes = { fields: { plan: 'gold' }, profiles: { billing: { rank: 1 } }, isStaff: true }
    expect(await site.auth.updateUser({ userId: id, ...changes })).toMatchObject(changes)
  })

  it('leaves what is not named as it is, and checks the rest like any input', async () => {
    const site = newSite()
    const { id } = await activeUser(site)
    await site.auth.updateUser({ userId: id, isSuperuser: true })
    expect(await site.auth.updateUser({ userId: id, firstName: 'Ann' })).toMatchObject({
      isSuperuser: true,
      firstName: 'Ann',
    })
    const wrong = { userId: id, fields: { plan: 7 as unknown as string } }
    expect(await refusalOf(site.auth.updateUser(wrong))).toBe('validation_failed')
    expect(await refusalOf(site.auth.updateUser({ userId: 4711, firstName: 'Eve' }))).toBe('not_found')
  })

  it('makes nobody an operator by what is not true or false', async () => {
    const site = newSite()
    const { id } = await activeUser(site)
    for (const mark of ['false', 'true', 0, 1, null, [], {}]) {
      for (const name of ['isStaff', 'isSuperuser']) {
        await expect(site.auth.updateUser({ userId: id, [name]: mark })).rejects.toMatchObject({
          code: 'validation_failed',
          details: { fields: { [name]: [{ code: 'not_boolean' }] } },
        })
      }
    }
    expect(await site.auth.findUserById(id)).toMatchObject({ isStaff: false, isSuperuser: false })
  })
})

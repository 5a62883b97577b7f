import { describe, expect, it } from 'vitest'
import { empty, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

describe.each(['users/me/', 'users/1/'])('DELETE %s', (path) => {
  it(`DELETE ${path}: 204 without a body; the user and the token are gone`, async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect(empty(await site.call(`DELETE ${path}`, { token, json: { current_password: PASSWORD } }))).toBe(204)
    expect(await site.auth.findUser('ann')).toBeNull()
    expect(told(await site.call('GET users/me/', { token }))).toEqual([401, DETAILS.invalidToken])
  })

  it(`DELETE ${path}: 400 without the password, REQ, and with a wrong one, PASS`, async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect(told(await site.call(`DELETE ${path}`, { token }))).toEqual([400, { current_password: [WORDS.REQ] }])
    const wrong = await site.call(`DELETE ${path}`, { token, json: { current_password: 'wrong' } })
    expect(told(wrong)).toEqual([400, { current_password: [WORDS.PASS] }])
    expect(await site.auth.findUser('ann')).not.toBeNull()
  })

  it(`rule 53: DELETE ${path} takes the password from a form as well, trimmed`, async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    const form = { current_password: ` ${PASSWORD} ` }
    expect(empty(await site.call(`DELETE ${path}`, { token, form }))).toBe(204)
    expect(await site.auth.findUser('ann')).toBeNull()
  })
})

describe('DELETE users/{id}/ by staff', () => {
  it('DELETE users/{id}/: 204 with the password of the caller, and never with that of the user', async () => {
    const site = newSite()
    const { token } = await site.member('boss', { isStaff: true })
    await site.addUser('ann', { password: OTHER_PASSWORD })
    const wrong = await site.call('DELETE users/2/', { token, json: { current_password: OTHER_PASSWORD } })
    expect(told(wrong)).toEqual([400, { current_password: [WORDS.PASS] }])
    expect(empty(await site.call('DELETE users/2/', { token, json: { current_password: PASSWORD } }))).toBe(204)
    expect(await site.auth.findUser('ann')).toBeNull()
    expect(await site.auth.findUser('boss')).not.toBeNull()
  })

  it('DELETE users/{id}/: 404 for an unknown id', async () => {
    const site = newSite()
    const { token } = await site.member('boss', { isStaff: true })
    const answer = await site.call('DELETE users/99/', { token, json: { current_password: PASSWORD } })
    expect(told(answer)).toEqual([404, DETAILS.noMatch])
  })

  // In the original any of the staff deletes every superuser.
  it('DELETE users/{id}/: 403 for a superuser unless the caller is one, unlike the original', async () => {
    const site = newSite()
    const { token } = await site.member('boss', { isStaff: true })
    await site.addUser('root1', { isSuperuser: true })
    const answer = await site.call('DELETE users/2/', { token, json: { current_password: PASSWORD } })
    expect(told(answer)).toEqual([403, DETAILS.forbidden])
    expect(await site.auth.findUser('root1')).not.toBeNull()
  })

  it('DELETE users/me/: 401 for nobody', async () => {
    const answer = await newSite().call('DELETE users/me/', { json: { current_password: PASSWORD } })
    expect(told(answer)).toEqual([401, DETAILS.anonymous])
  })
})

import { describe, expect, it } from 'vitest'
import { cookieFrom, empty, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

const RIGHT = { current_password: PASSWORD, new_password: OTHER_PASSWORD }

describe('POST users/set_password/', () => {
  it('POST users/set_password/: 204 without a body', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect(empty(await site.call('POST users/set_password/', { token, json: RIGHT }))).toBe(204)
  })

  it('POST users/set_password/: 401 for nobody, 400 for what is missing', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    expect(told(await site.call('POST users/set_password/', { json: RIGHT }))).toEqual([401, DETAILS.anonymous])
    expect(told(await site.call('POST users/set_password/', { token, json: {} }))).toEqual([
      400,
      { new_password: [WORDS.REQ], current_password: [WORDS.REQ] },
    ])
  })

  it('POST users/set_password/: 400 for a wrong current password alone, whatever else is wrong', async () => {
    const site = newSite({ djoser: { setPasswordRetype: true } })
    const { token } = await site.member('ann')
    const json = { current_password: 'wrong', new_password: '1234567', re_new_password: 'x' }
    expect(told(await site.call('POST users/set_password/', { token, json }))).toEqual([
      400,
      { current_password: [WORDS.PASS] },
    ])
  })

  it('POST users/set_password/: 400 tells the validators first and that two entries differ only then', async () => {
    const site = newSite({ djoser: { setPasswordRetype: true } })
    const { token } = await site.member('ann')
    const weak = { ...RIGHT, new_password: '1234567', re_new_password: 'x' }
    expect(told(await site.call('POST users/set_password/', { token, json: weak }))).toEqual([
      400,
      { new_password: [WORDS.SHORT, WORDS.COMMON, WORDS.NUMERIC] },
    ])
    const differing = { ...RIGHT, re_new_password: `${OTHER_PASSWORD}!` }
    expect(told(await site.call('POST users/set_password/', { token, json: differing }))).toEqual([
      400,
      { non_field_errors: [WORDS.PMIS] },
    ])
  })
})

describe('changing a password', () => {
  it('rule 29: the new one works, the old one does not, and no mail is sent', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    await site.call('POST users/set_password/', { token, json: RIGHT })
    const old = await site.call('POST token/login/', { json: { username: 'ann', password: PASSWORD } })
    expect(told(old)).toEqual([400, { non_field_errors: [WORDS.CRED] }])
    expect(await site.tokenOf('ann', OTHER_PASSWORD)).toBe(token)
    expect(await site.mails()).toEqual([])
  })

  it('rule 29: with the new one twice takes equal ones, and asks for the missing one', async () => {
    const site = newSite({ djoser: { setPasswordRetype: true } })
    const { token } = await site.member('ann')
    const missing = await site.call('POST users/set_password/', { token, json: RIGHT })
    expect(told(missing)).toEqual([400, { re_new_password: [WORDS.REQ] }])
    const json = { ...RIGHT, re_new_password: OTHER_PASSWORD }
    expect(empty(await site.call('POST users/set_password/', { token, json }))).toBe(204)
  })

  it('rule 30: what is refused leaves the old one as it was', async () => {
    const site = newSite({ djoser: { setPasswordRetype: true } })
    const { token } = await site.member('ann')
    const before = (await site.stored('ann')).passwordHash
    for (const changes of [{ current_password: 'wrong' }, { new_password: '1234567' }, { re_new_password: 'other' }]) {
      const json = { ...RIGHT, re_new_password: OTHER_PASSWORD, ...changes }
      expect((await site.call('POST users/set_password/', { token, json })).status).toBe(400)
      expect((await site.stored('ann')).passwordHash).toBe(before)
    }
  })

  it('rule 31: a failing validator is told under new_password and nothing else', async () => {
    const site = newSite()
    const { token } = await site.member('ann.smith')
    const json = { ...RIGHT, new_password: 'ann-smith1' }
    expect(told(await site.call('POST users/set_password/', { token, json }))).toEqual([
      400,
      { new_password: [WORDS.SIMILAR] },
    ])
  })

  it('rule 32: with the confirmation on sends the user one mail', async () => {
    const site = newSite({ djoser: { passwordChangedEmailConfirmation: true } })
    const { token } = await site.member('ann')
    await site.call('POST users/set_password/', { token, json: RIGHT })
    expect((await site.mails()).map(({ to, subject }) => [to, subject])).toEqual([
      ['ann@example.org', 'Acme - Your password has been successfully changed!'],
    ])
  })

  it('rule 32: the log-out that goes with it kills the token, and without it the token lives', async () => {
    for (const [logoutOnPasswordChange, status] of [
      [true, 401],
      [false, 200],
    ] as const) {
      const site = newSite({ djoser: { logoutOnPasswordChange, passwordChangedEmailConfirmation: true } })
      const { token } = await site.member('ann')
      expect(empty(await site.call('POST users/set_password/', { token, json: RIGHT }))).toBe(204)
      expect((await site.call('GET users/me/', { token })).status).toBe(status)
      expect(await site.mails()).toHaveLength(1)
    }
  })

  // The original leaves every other session alone, also that of a thief because of whom the password was changed.
  // Whoever changes it keeps the session they came with; all others end.
  it('rule 32: unlike the original ends every other session, the token too where another one asked', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    const login = { json: { username: 'ann', password: PASSWORD } }
    const [mine, other] = [await site.call('POST jwt/create/', login), await site.call('POST jwt/create/', login)]
    const accessIn = ({ body }: typeof mine): string => (body as { readonly access: string }).access
    await site.call('POST users/set_password/', { jwt: accessIn(mine), json: RIGHT })
    expect((await site.call('GET users/me/', { jwt: accessIn(mine) })).status).toBe(200)
    expect((await site.call('GET users/me/', { jwt: accessIn(other) })).status).toBe(401)
    expect(told(await site.call('GET users/me/', { token }))).toEqual([401, DETAILS.invalidToken])
  })

  it('rule 33: a cookie’s session survives the change with another key, and the old key is dead', async () => {
    const site = newSite({ djoser: { createSessionOnLogin: true, authentication: ['session', 'token'] } })
    await site.addUser('ann')
    const login = await site.call('POST token/login/', { json: { username: 'ann', password: PASSWORD } })
    const [session, csrf] = [cookieFrom(login, 'sessionid'), cookieFrom(login, 'csrftoken')]
    const headers = { cookie: `${session}; ${csrf}`, 'x-csrftoken': csrf.slice('csrftoken='.length) }
    const changed = await site.call('POST users/set_password/', { headers, json: RIGHT })
    expect(empty(changed)).toBe(204)
    const renewed = cookieFrom(changed, 'sessionid')
    expect(renewed).not.toBe(session)
    expect((await site.call('GET users/me/', { headers: { cookie: renewed } })).status).toBe(200)
    expect((await site.call('GET users/me/', { headers: { cookie: session } })).status).toBe(403)
  })

  it('rule 33: the new password may be the old one', async () => {
    const site = newSite()
    const { token } = await site.member('ann')
    const json = { current_password: PASSWORD, new_password: PASSWORD }
    expect(empty(await site.call('POST users/set_password/', { token, json }))).toBe(204)
    expect(await site.tokenOf('ann')).toBe(token)
  })
})

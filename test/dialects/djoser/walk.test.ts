import { describe, expect, it } from 'vitest'
import { empty, textIn, told } from '../drf/support/answer.ts'
import { OTHER_PASSWORD, PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { registerPending } from './support/mailed-link.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

const ANN = { username: 'ann', password: PASSWORD }

describe('the way of a user through 2.x', () => {
  it('registers, activates by the mailed link, logs in, changes the password and logs out', async () => {
    const site = newSite({ djoser: { sendActivationEmail: true } })
    const link = await registerPending(site, ANN.username, PASSWORD)
    const refused = [400, { non_field_errors: [WORDS.CRED] }]
    expect(told(await site.call('POST token/login/', { json: ANN }))).toEqual(refused)
    expect(empty(await site.call('POST users/activation/', { json: link }))).toBe(204)
    expect(told(await site.call('POST users/activation/', { json: link }))).toEqual([403, { detail: WORDS.STALE }])
    const token = textIn(await site.call('POST token/login/', { json: ANN }), 'auth_token')
    const me = await site.call('GET users/me/', { token })
    expect([me.status, me.text]).toEqual([200, '{"email":"ann@example.org","id":1,"username":"ann"}'])
    const change = { new_password: OTHER_PASSWORD, current_password: PASSWORD }
    expect(empty(await site.call('POST users/set_password/', { token, json: change }))).toBe(204)
    expect(told(await site.call('POST token/login/', { json: ANN }))).toEqual(refused)
    expect(empty(await site.call('POST token/logout/', { token }))).toBe(204)
    expect(told(await site.call('GET users/me/', { token }))).toEqual([401, DETAILS.invalidToken])
  })

  it('logs in by JWT, exchanges it, verifies it and is known by it', async () => {
    const site = newSite()
    expect((await site.call('POST users/', { json: ANN })).status).toBe(201)
    const created = await site.call('POST jwt/create/', { json: ANN })
    expect(Object.keys(Object(created.body))).toEqual(['refresh', 'access'])
    const refresh = textIn(created, 'refresh')
    const access = textIn(await site.call('POST jwt/refresh/', { json: { refresh } }), 'access')
    for (const token of [refresh, access]) {
      expect(told(await site.call('POST jwt/verify/', { json: { token } }))).toEqual([200, {}])
    }
    for (const type of ['Bearer', 'JWT']) {
      const headers = { authorization: `${type} ${access}` }
      expect((await site.call('GET users/me/', { headers })).status).toBe(200)
    }
    const json = { current_password: PASSWORD }
    expect(empty(await site.call('DELETE users/me/', { jwt: access, json }))).toBe(204)
    expect((await site.call('GET users/me/', { jwt: access })).status).toBe(401)
  })
})

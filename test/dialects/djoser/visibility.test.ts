import { describe, expect, it } from 'vitest'
import { empty, told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { type DjoserSite, djoserSites } from './support/djoser-site.ts'
import { DETAILS, WORDS } from './support/words.ts'

const newSite = djoserSites()

const SHOWN = { hideUsers: false } as const

/** A member, somebody else and one of the staff, with the ids 1, 2 and 3. */
async function people(site: DjoserSite): Promise<{ readonly ann: string; readonly staff: string }> {
  const { token: ann } = await site.member('ann')
  await site.addUser('ben')
  const { token: staff } = await site.member('boss', { isStaff: true })
  return { ann, staff }
}

const namesIn = (body: unknown): unknown =>
  (body as readonly { readonly username: string }[]).map((user) => user.username)

describe('who sees whom', () => {
  it('rule 14: nobody without a credential sees the list, a user or anybody’s own data', async () => {
    const site = newSite()
    await site.addUser('ann')
    for (const row of [
      'GET users/',
      'GET users/1/',
      'PUT users/1/',
      'PATCH users/1/',
      'DELETE users/1/',
      'GET users/me/',
    ]) {
      expect([row, ...told(await site.call(row))]).toEqual([row, 401, DETAILS.anonymous])
    }
  })

  it('rule 15: the list has the caller alone while users are hidden, everybody otherwise, and everybody for staff', async () => {
    const hidden = newSite()
    const { ann, staff } = await people(hidden)
    expect(namesIn((await hidden.call('GET users/', { token: ann })).body)).toEqual(['ann'])
    expect(namesIn((await hidden.call('GET users/', { token: staff })).body)).toEqual(['ann', 'ben', 'boss'])
    const shown = newSite({ djoser: SHOWN })
    const { ann: inShown } = await people(shown)
    expect(namesIn((await shown.call('GET users/', { token: inShown })).body)).toEqual(['ann', 'ben', 'boss'])
  })

  it('rule 15: a superuser who is no staff is nobody special', async () => {
    const site = newSite()
    await site.addUser('ann')
    const { token } = await site.member('root1', { isSuperuser: true })
    expect(namesIn((await site.call('GET users/', { token })).body)).toEqual(['root1'])
    expect(told(await site.call('GET users/1/', { token }))).toEqual([404, DETAILS.notFound])
  })

  it.each(['GET', 'PUT', 'PATCH'])(
    'rule 16: %s of another user is 404 while users are hidden, else 403, and changes nothing',
    async (method) => {
      const json = method === 'GET' ? undefined : { email: 'evil@example.org' }
      for (const [djoser, refusal] of [
        [{}, [404, DETAILS.notFound]],
        [SHOWN, [403, DETAILS.forbidden]],
      ] as const) {
        const site = newSite({ djoser })
        const { ann: token } = await people(site)
        expect(told(await site.call(`${method} users/2/`, { token, json }))).toEqual(refusal)
        expect((await site.call(`${method} users/1/`, { token, json: json && {} })).status).toBe(200)
        expect((await site.stored('ben')).email).toBe('ben@example.org')
      }
    },
  )

  it.each(['GET', 'PUT', 'PATCH'])('rule 16: %s of another user is 200 for staff', async (method) => {
    const site = newSite()
    const { staff: token } = await people(site)
    const json = method === 'GET' ? undefined : { email: 'moved@example.org' }
    const { status, body } = await site.call(`${method} users/2/`, { token, json })
    const email = method === 'GET' ? 'ben@example.org' : 'moved@example.org'
    expect([status, body]).toEqual([200, { email, id: 2, username: 'ben' }])
  })

  // In the original any of the staff takes over every superuser: by another address, and a link for a new password.
  it.each(['PUT', 'PATCH', 'DELETE'])('%s users/{id}/: 403 for staff, of whom may more', async (method) => {
    const site = newSite()
    const { token } = await site.member('boss', { isStaff: true })
    await site.addUser('root1', { isSuperuser: true })
    await site.addUser('clerk', { isStaff: true })
    const treasurer = await site.addUser('treasurer')
    await site.auth.setUserPermissions({ userId: treasurer.id, permissions: ['portress.change_user'] })
    const json = method === 'DELETE' ? { current_password: PASSWORD } : { email: 'boss2@example.org' }
    const before = await Promise.all(['root1', 'clerk', 'treasurer'].map(site.stored))
    for (const id of [2, 3, 4]) {
      expect(told(await site.call(`${method} users/${id}/`, { token, json }))).toEqual([403, DETAILS.forbidden])
    }
    expect(await Promise.all(['root1', 'clerk', 'treasurer'].map(site.stored))).toEqual(before)
    // Control: what somebody may who is asked about is no reason against a superuser.
    const { token: chief } = await site.member('chief', { isStaff: true, isSuperuser: true })
    for (const id of [2, 3, 4]) {
      const wanted = method === 'DELETE' ? json : { email: `moved${id}@example.org` }
      expect((await site.call(`${method} users/${id}/`, { token: chief, json: wanted })).status).toBeLessThan(300)
    }
  })

  it.each([
    ['nobody has', '999', DETAILS.noMatch],
    ['is no number', 'abc', DETAILS.notFound],
    ['is too large for a number', '9'.repeat(40), DETAILS.noMatch],
  ])('GET users/{id}/: 404 for an id that %s', async (_, id, body) => {
    const site = newSite()
    const { staff: token } = await people(site)
    for (const row of [`GET users/${id}/`, `PATCH users/${id}/`, `DELETE users/${id}/`]) {
      const json = row.startsWith('GET') ? undefined : { current_password: PASSWORD }
      const answer = await site.call(row, { token, json })
      expect([row, ...told(answer)]).toEqual([row, 404, body])
    }
  })

  it('rule 17: with the read-only permission everybody who is logged in reads others, and only staff edit them', async () => {
    const permissions = { user: 'currentUserOrAdminOrReadOnly', userList: 'currentUserOrAdminOrReadOnly' } as const
    for (const [hideUsers, refusal] of [
      [true, 404],
      [false, 403],
    ] as const) {
      const site = newSite({ djoser: { permissions, hideUsers } })
      const { ann, staff } = await people(site)
      const read = await site.call('GET users/2/', { token: ann })
      expect(told(read)).toEqual([200, { email: 'ben@example.org', id: 2, username: 'ben' }])
      for (const method of ['PUT', 'PATCH']) {
        const json = { email: 'evil@example.org' }
        expect((await site.call(`${method} users/2/`, { token: ann, json })).status).toBe(refusal)
        expect((await site.call(`${method} users/2/`, { token: staff, json: {} })).status).toBe(200)
      }
      expect((await site.call('GET users/2/')).status).toBe(401)
      expect((await site.stored('ben')).email).toBe('ben@example.org')
    }
  })

  it('rule 18: users/me/ that the permission denies is 403, even while users are hidden', async () => {
    const site = newSite({ djoser: { permissions: { user: 'isAdminUser' } } })
    const { ann, staff } = await people(site)
    for (const method of ['GET', 'PUT', 'PATCH']) {
      expect(told(await site.call(`${method} users/me/`, { token: ann }))).toEqual([403, DETAILS.forbidden])
    }
    expect((await site.call('GET users/me/', { token: staff })).status).toBe(200)
  })

  it('rule 19: DELETE of another user is 403 and not 404, with or without hidden users', async () => {
    for (const hideUsers of [true, false]) {
      const site = newSite({ djoser: { hideUsers } })
      const { ann: token } = await people(site)
      const answer = await site.call('DELETE users/2/', { token, json: { current_password: PASSWORD } })
      expect(told(answer)).toEqual([403, DETAILS.forbidden])
      expect((await site.stored('ben')).username).toBe('ben')
    }
  })

  it('rule 20: the permission of user_delete governs both paths of deletion', async () => {
    const site = newSite({ djoser: { permissions: { userDelete: 'isAdminUser' } } })
    const { ann, staff } = await people(site)
    for (const path of ['users/me/', 'users/1/']) {
      const answer = await site.call(`DELETE ${path}`, { token: ann, json: { current_password: PASSWORD } })
      expect([path, ...told(answer)]).toEqual([path, 403, DETAILS.forbidden])
    }
    expect(empty(await site.call('DELETE users/1/', { token: staff, json: { current_password: PASSWORD } }))).toBe(204)
    expect(told(await site.call('DELETE users/me/', { token: staff, json: {} }))).toEqual([
      400,
      { current_password: [WORDS.REQ] },
    ])
  })
})

/** The walk that the original's README shows: register, log in, verify, use the token, reset, log out. */
import { expect, it } from 'vitest'
import { textIn } from '../drf/support/answer.ts'
import { djmongoauthSites, empty, OTHER_PASSWORD, PASSWORD } from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

it('walks through every handler as one client', async () => {
  const site = newSite()
  const ann = { username: 'test_user', email: 'test@example.org', password: PASSWORD }
  expect(empty(await site.call('POST register', { json: ann }))).toBe(201)
  const token = textIn(await site.call('POST login', { json: ann }), 'token')
  expect(empty(await site.call('POST verify', { token }))).toBe(201)
  expect(empty(await site.call(`PUT verify?a=${await site.mailedCode()}`))).toBe(200)
  const asOwn = { method: 'GET', headers: new Headers({ authorization: token }) }
  expect(await site.auth.requireUser(asOwn)).toMatchObject({ username: 'test_user', emailVerifiedAt: expect.any(Date) })
  expect(empty(await site.call('POST reset', { token }))).toBe(200)
  const json = { new_password: OTHER_PASSWORD }
  expect(empty(await site.call(`PUT reset?a=${await site.mailedCode()}`, { json }))).toBe(200)
  await expect(site.auth.requireUser(asOwn)).rejects.toMatchObject({ code: 'token_invalid' })
  const fresh = await site.tokenOf('test_user', OTHER_PASSWORD)
  expect(empty(await site.call('POST logout', { token: fresh }))).toBe(204)
})

import { afterEach, describe, expect, it } from 'vitest'
import { closeAdminSites, withSuperuser } from './support/admin-site.ts'

afterEach(closeAdminSites)

/** Every page of the admin. */
const PAGES = [
  '/',
  '/users/',
  '/users/add/',
  '/users/1/',
  '/users/2/password/',
  '/users/2/delete/',
  '/users/1/sessions/',
  '/users/1/attempts/',
  '/users/1/identities/',
  '/users/1/history/',
  '/groups/',
  '/groups/add/',
  '/groups/1/',
  '/groups/1/delete/',
  '/attempts/',
  '/locks/',
  '/addresses/',
  '/outbox/',
  '/audit/',
  '/password_change/',
  '/password_change/done/',
] as const

describe('every page', () => {
  it.each(PAGES)('%s opens for a superuser', async (path) => {
    const { site, root } = await withSuperuser()
    await site.add('ann')
    await site.auth.createGroup({ name: 'Editors', permissions: ['portress.view_user'] })
    const answer = await root.open(path)
    expect(answer.status, answer.text).toBe(200)
  })
})

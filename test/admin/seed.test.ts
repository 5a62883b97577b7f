/** The site of the seed: a custom user, a record of verification inside its page, and a log of attempts, by configuration alone. */
import { afterEach, describe, expect, it } from 'vitest'
import { field } from '../../src/model/declare-field.ts'
import { closeAdminSites, PASSWORD, withSuperuser } from './support/admin-site.ts'
import { fieldIn, headingsIn, textOf } from './support/read-page.ts'

afterEach(closeAdminSites)

const OPTIONS = {
  auth: {
    user: {
      username: 'none',
      fields: { description: field.text({ maxLength: 50, default: 'None' }) },
      profiles: { verification: { verified: field.boolean({ default: false }) } },
    },
    login: { identifiers: ['email'] },
    lockout: { maxFailures: 3 },
  },
  admin: {
    users: {
      columns: ['email', 'firstName', 'lastName', 'isStaff'],
      filters: ['staff', 'superuser', 'status', 'group'],
      order: 'email',
      profileLabels: { verification: 'verification' },
    },
  },
} as const

describe('the seed’s admin', () => {
  it('H1, H2, H5: logs in by address, lists by address, and adds by address and password', async () => {
    const { site, root } = await withSuperuser(OPTIONS)
    const { text } = await root.open('/users/')
    expect(headingsIn(text)).toEqual(['Email address', 'First name', 'Last name', 'Staff status'])
    const form = (await root.open('/users/add/')).text
    expect(fieldIn(form, 'username')).toBeNull()
    const added = await root.post('/users/add/', { email: 'ann@example.org', password1: PASSWORD, password2: PASSWORD })
    expect(added.location).toBe('/admin/users/2/')
    expect(await site.auth.findUser('ann@example.org')).toMatchObject({
      username: null,
      fields: { description: 'None' },
    })
    const taken = await root.post('/users/add/', { email: 'ann@example.org', password1: PASSWORD, password2: PASSWORD })
    expect(textOf(taken.text)).toContain('User with this Email address already exists.')
  })

  it('H10: edits the record of verification inside the user’s page', async () => {
    const { site, root } = await withSuperuser(OPTIONS)
    await root.open('/users/1/')
    await root.post('/users/1/', {
      email: 'root@example.org',
      email_verified: 'on',
      is_active: 'on',
      is_staff: 'on',
      is_superuser: 'on',
      'field.description': 'the owner',
      'field.verification.verified': 'on',
    })
    expect(await site.auth.findUser('root@example.org')).toMatchObject({
      fields: { description: 'the owner' },
      profiles: { verification: { verified: true } },
    })
  })

  it('logs attempts at the admin, and locks whoever fails three times', async () => {
    const { site, root } = await withSuperuser(OPTIONS)
    await site.add('clerk', { isStaff: true })
    const browser = site.browser()
    for (let tries = 0; tries < 3; tries += 1) {
      await browser.post('/login/', { username: 'clerk@example.org', password: 'wrong' })
    }
    expect((await browser.post('/login/', { username: 'clerk@example.org', password: PASSWORD })).status).toBe(403)
    const { text } = await root.open('/attempts/?door=admin&outcome=failed')
    expect([...text.matchAll(/wrong password<\/span>/g)]).toHaveLength(3)
    expect((await root.open('/locks/')).text).toContain('clerk@example.org')
  })
})

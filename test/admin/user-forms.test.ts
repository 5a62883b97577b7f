import { afterEach, describe, expect, it } from 'vitest'
import { closeAdminSites, OTHER_PASSWORD, PASSWORD, withSuperuser } from './support/admin-site.ts'
import { fieldIn, textOf } from './support/read-page.ts'

afterEach(closeAdminSites)

const NEW = { username: 'ann', email: 'ann@example.org', password1: PASSWORD, password2: PASSWORD }

describe('adding a user', () => {
  it('H5, HA12: asks for name, address and two passwords, and leads to the user’s page', async () => {
    const { site, root } = await withSuperuser()
    const { text } = await root.open('/users/add/')
    const names = [...text.matchAll(/ id="id_(\w+)" name=/g)].map(([, name]) => name)
    expect(names).toEqual(['username', 'email', 'how', 'password1', 'password2'])
    const answer = await root.post('/users/add/', NEW)
    expect([answer.status, answer.location]).toEqual([302, '/admin/users/2/'])
    const page = await root.open('/users/2/')
    expect(page.text).toContain('The user “ann” was added successfully. You may edit it again below.')
    expect((await root.open('/users/2/')).text).not.toContain('was added successfully')
    await expect(site.auth.login({ identifier: 'ann', password: PASSWORD })).resolves.toBeDefined()
    expect(await site.auth.findUser('ann')).toMatchObject({ isStaff: false, isSuperuser: false, status: 'active' })
  })

  it('HA12: adds one after the other, and users without a password', async () => {
    const { site, root } = await withSuperuser()
    await root.open('/users/add/')
    expect((await root.post('/users/add/', { ...NEW, _addanother: '1' })).location).toBe('/admin/users/add/')
    await root.post('/users/add/', { username: 'ben', email: 'ben@example.org', usable_password: 'false' })
    expect((await root.open('/users/3/')).text).toContain('No password set')
    expect(await site.auth.findUser('ben')).not.toBeNull()
  })

  it('invites by mail instead of with a password', async () => {
    const { site, root } = await withSuperuser()
    await root.open('/users/add/')
    const { password1: _one, password2: _two, ...rest } = NEW
    const answer = await root.postAndFollow('/users/add/', { ...rest, how: 'invitation' })
    expect(answer.text).toContain('an invitation is on its way')
    await site.auth.flush()
    const [mail] = site.mailer.sent
    expect(mail?.to).toBe('ann@example.org')
    const code = /code=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
    await site.auth.confirmPasswordReset({ code, newPassword: OTHER_PASSWORD })
    await expect(site.auth.login({ identifier: 'ann', password: OTHER_PASSWORD })).resolves.toBeDefined()
  })

  it.each([
    [{ username: '' }, 'username', 'This field is required.'],
    [{ email: '' }, 'email', 'This field is required.'],
    [{ password1: '' }, 'password1', 'This field is required.'],
    [{ email: 'ann@' }, 'email', 'Enter a valid email address.'],
    [{ username: 'ROOT' }, 'username', 'User with this Username already exists.'],
    [{ email: 'Root@Example.org' }, 'email', 'User with this Email address already exists.'],
    [{ password2: 'another' }, 'password2', 'The two password fields didn’t match.'],
    [{ password1: 'password', password2: 'password' }, 'password1', 'This password is too common.'],
    [{ password1: 'short', password2: 'short' }, 'password1', 'It must contain at least 8 characters.'],
    [{ username: 'a\0b' }, 'username', 'Enter a valid username'],
  ])('H6: %j is refused at %s', async (changed, name, sentence) => {
    const { root } = await withSuperuser()
    await root.open('/users/add/')
    const answer = await root.post('/users/add/', { ...NEW, ...changed })
    expect(answer.status).toBe(400)
    const problem = new RegExp(`id="id_${name}_problem">([\\s\\S]*?)</ul>`).exec(answer.text)?.[1] ?? ''
    expect(textOf(problem)).toContain(sentence)
    expect(answer.text).toContain(`aria-describedby="id_${name}_problem"`)
    expect(answer.text).toContain('<title>Error: Add user |')
    expect(answer.text).not.toContain(PASSWORD)
  })

  it('HA7: says how many are wrong, and how long a text is', async () => {
    const { root } = await withSuperuser()
    await root.open('/users/add/')
    const one = await root.post('/users/add/', { ...NEW, username: 'a'.repeat(151) })
    expect(one.text).toContain('Please correct the error below.')
    expect(one.text).toContain('Ensure this value has at most 150 characters (it has 151).')
    const both = await root.post('/users/add/', { ...NEW, username: '', email: '' })
    expect(both.text).toContain('Please correct the errors below.')
  })
})

describe('changing a user', () => {
  it('H7: shows the groups of fields of Django’s, and of the password only how it is hashed', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann', { firstName: 'Ann' })
    const { text } = await root.open(`/users/${ann.id}/`)
    const legends = [...text.matchAll(/<legend>([^<]*)<\/legend>/g)].map(([, legend]) => legend)
    expect(legends).toEqual(['Personal info', 'Permissions', 'Important dates'])
    for (const name of ['first_name', 'last_name', 'email', 'is_active', 'is_staff', 'is_superuser', 'groups']) {
      expect(fieldIn(text, name), name).not.toBeNull()
    }
    expect(text).toContain('algorithm: ')
    expect(text).toContain(`href="/admin/users/${ann.id}/password/"`)
    expect(text).not.toMatch(/\$[\w+/=]{10,}/)
  })

  it('H8: lets groups and permissions be chosen, as one list without script', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    const editors = await site.auth.createGroup({ name: 'Editors' })
    await root.open(`/users/${ann.id}/`)
    const answer = await root.post(`/users/${ann.id}/`, {
      ...(await formOf(root, ann.id)),
      groups: [String(editors.id)],
      user_permissions: ['portress.view_user', 'portress.view_group'],
      _continue: '1',
    })
    expect(answer.location).toBe(`/admin/users/${ann.id}/`)
    const { text } = await root.open(`/users/${ann.id}/`)
    expect(text).toContain('data-chooser')
    expect(fieldIn(text, 'groups')).toEqual([String(editors.id)])
    expect(fieldIn(text, 'user_permissions')).toEqual(['portress.view_user', 'portress.view_group'])
  })

  it('HA13: goes on where the button says, and says what it did', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    const form = await formOf(root, ann.id)
    const path = `/users/${ann.id}/`
    const saved = await root.post(path, { ...form, last_name: 'Archer' })
    expect(saved.location).toBe('/admin/users/')
    expect((await root.open('/users/')).text).toContain('The user “ann” was changed successfully.')
    expect((await root.post(path, { ...form, _continue: '1' })).location).toBe(`/admin${path}`)
    expect((await root.post(path, { ...form, _addanother: '1' })).location).toBe('/admin/users/add/')
  })

  it('HA13: a box that is not there is not ticked, and no password in the form does anything', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann', { isStaff: true })
    await root.open(`/users/${ann.id}/`)
    await root.post(`/users/${ann.id}/`, {
      username: 'ann',
      email: 'ann@example.org',
      email_verified: 'on',
      password: OTHER_PASSWORD,
      password1: OTHER_PASSWORD,
      passwordHash: 'plain$x',
    })
    expect(await site.auth.findUser('ann')).toMatchObject({ isStaff: false, status: 'disabled' })
    await site.auth.setStatus({ userId: ann.id, status: 'active' })
    await expect(site.auth.login({ identifier: 'ann', password: PASSWORD })).resolves.toBeDefined()
  })

  it.each([
    [{ groups: ['99'] }, 'groups', 'Select a valid choice.'],
    [{ user_permissions: ['blog.no_such'] }, 'user_permissions', 'Select a valid choice.'],
    [{ email: 'root@example.org' }, 'email', 'User with this Email address already exists.'],
    [{ first_name: 'a'.repeat(151) }, 'first_name', 'at most 150 characters (it has 151).'],
  ])('HA13: %j is refused, and what was typed stays', async (changed, name, sentence) => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    const answer = await root.post(`/users/${ann.id}/`, {
      ...(await formOf(root, ann.id)),
      last_name: 'Kept',
      ...changed,
    })
    expect(answer.status).toBe(400)
    expect(fieldIn(answer.text, 'last_name')).toBe('Kept')
    const problem = new RegExp(`id="id_${name}_problem">([\\s\\S]*?)</ul>`).exec(answer.text)?.[1] ?? ''
    expect(textOf(problem)).toContain(sentence)
  })

  it('HA13: there is no page for whom there is not', async () => {
    const { root } = await withSuperuser()
    for (const id of ['999', 'x', '0', '-1', '1e3', '%00', '9'.repeat(400)]) {
      expect((await root.open(`/users/${id}/`)).status, id).toBe(404)
    }
  })
})

describe('the password of somebody else', () => {
  it('H9, HA14: is set without the old one, and ends that user’s sessions', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann', { isStaff: true })
    const browser = await site.browserOf('ann')
    await root.open(`/users/${ann.id}/password/`)
    const fields = { password1: OTHER_PASSWORD, password2: OTHER_PASSWORD }
    const answer = await root.post(`/users/${ann.id}/password/`, fields)
    expect(answer.location).toBe(`/admin/users/${ann.id}/`)
    expect((await root.open(`/users/${ann.id}/`)).text).toContain('Password changed successfully.')
    expect((await browser.open('/')).status).toBe(302)
    await expect(site.auth.login({ identifier: 'ann', password: OTHER_PASSWORD })).resolves.toBeDefined()
  })

  it('HA14: can be taken away', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    await root.open(`/users/${ann.id}/password/`)
    const answer = await root.postAndFollow(`/users/${ann.id}/password/`, { usable_password: 'false' })
    expect(answer.text).toContain('Password-based authentication was disabled.')
    await expect(site.auth.login({ identifier: 'ann', password: PASSWORD })).rejects.toThrow()
  })

  it.each([
    [{ password1: '', password2: '' }, 'This field is required.'],
    [{ password1: OTHER_PASSWORD, password2: PASSWORD }, 'The two password fields didn’t match.'],
    [{ password1: 'password', password2: 'password' }, 'This password is too common.'],
  ])('H9: %j is refused as in the form that adds', async (fields, sentence) => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    await root.open(`/users/${ann.id}/password/`)
    const answer = await root.post(`/users/${ann.id}/password/`, fields)
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(sentence)
  })

  it('leads to the page for one’s own', async () => {
    const { root, user } = await withSuperuser()
    expect((await root.open(`/users/${user.id}/password/`)).location).toBe('/admin/password_change/')
    expect((await root.open('/users/999/password/')).status).toBe(404)
  })
})

describe('deleting a user', () => {
  it('HA15: asks with a summary, and then deletes', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    await site.auth.login({ identifier: 'ann', password: PASSWORD })
    const asked = await root.open(`/users/${ann.id}/delete/`)
    expect(asked.text).toContain('Are you sure you want to delete the user “ann”?')
    expect(textOf(asked.text)).toContain('Sessions1')
    expect((await root.post(`/users/${ann.id}/delete/`)).status).toBe(200)
    expect(await site.auth.findUser('ann')).not.toBeNull()
    expect((await root.post(`/users/${ann.id}/delete/`, { post: 'yes' })).location).toBe('/admin/users/')
    expect((await root.open('/users/')).text).toContain('The user “ann” was deleted successfully.')
    expect(await site.auth.findUser('ann')).toBeNull()
  })

  it('HA15: is not for one’s own account, which the own pages delete', async () => {
    const { site, root, user } = await withSuperuser()
    expect((await root.open(`/users/${user.id}/delete/`)).status).toBe(403)
    await root.open('/users/')
    expect((await root.post(`/users/${user.id}/delete/`, { post: 'yes' })).status).toBe(403)
    expect(await site.auth.findUser('root')).not.toBeNull()
  })
})

describe('every change', () => {
  it('H11: is in the history of the user, with what it was before', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    await root.post(`/users/${ann.id}/`, { ...(await formOf(root, ann.id)), is_staff: 'on' })
    const { text } = await root.open(`/users/${ann.id}/history/`)
    expect(text).toContain('<code>user.updated</code>')
    expect(textOf(text)).toContain('isStaff: false → true')
    expect(textOf(text)).toContain('root')
  })
})

type Root = Awaited<ReturnType<typeof withSuperuser>>['root']

/** What a browser would send of the page as it is. */
async function formOf(root: Root, id: number | string): Promise<Record<string, string | readonly string[]>> {
  const { text } = await root.open(`/users/${id}/`)
  const texts = ['username', 'email', 'first_name', 'last_name']
  const boxes = ['email_verified', 'is_active', 'is_staff', 'is_superuser']
  return {
    ...Object.fromEntries(texts.map((name) => [name, String(fieldIn(text, name))])),
    ...Object.fromEntries(boxes.filter((name) => fieldIn(text, name) === true).map((name) => [name, 'on'])),
    groups: fieldIn(text, 'groups') as readonly string[],
    user_permissions: fieldIn(text, 'user_permissions') as readonly string[],
  }
}

import { afterEach, describe, expect, it } from 'vitest'
import { type AdminOptions, admin, html } from '../../src/admin/index.ts'
import type { Account } from '../../src/model/account.ts'
import { field } from '../../src/model/declare-field.ts'
import { testAuth } from '../support/test-auth.ts'
import { closeAdminSites, withSuperuser } from './support/admin-site.ts'
import { fieldIn, headingsIn, namesIn, textOf } from './support/read-page.ts'

afterEach(closeAdminSites)

const FIELDS = {
  description: field.text({ maxLength: 50, default: 'None' }),
  plan: field.enum({ choices: ['free', 'pro'], default: 'free' }),
  age: field.number({ integer: true, min: 0 }),
  born: field.date(),
  vip: field.boolean({ default: false, writable: false }),
  settings: field.json(),
}

describe('declared fields and profiles', () => {
  const options = {
    auth: { user: { fields: FIELDS, profiles: { verification: { verified: field.boolean({ default: false }) } } } },
  }

  it('stand in the change form, each as its kind wants it, and are saved', async () => {
    const { site, root } = await withSuperuser(options)
    const ann = await site.add('ann')
    const { text } = await root.open(`/users/${ann.id}/`)
    expect(fieldIn(text, 'field.description')).toBe('None')
    expect(fieldIn(text, 'field.plan')).toEqual(['free'])
    const answer = await root.post(`/users/${ann.id}/`, {
      username: 'ann',
      email: 'ann@example.org',
      email_verified: 'on',
      is_active: 'on',
      'field.description': 'Two\r\nlines',
      'field.plan': 'pro',
      'field.age': '42',
      'field.born': '1815-12-10',
      'field.vip': 'on',
      'field.settings': '{"a": [1]}',
    })
    expect(answer.status, answer.text).toBe(302)
    expect(await site.auth.findUser('ann')).toMatchObject({
      fields: {
        description: 'Two\nlines',
        plan: 'pro',
        age: 42,
        born: new Date('1815-12-10T00:00:00Z'),
        vip: true,
        settings: { a: [1] },
      },
    })
    const again = (await root.open(`/users/${ann.id}/`)).text
    expect(fieldIn(again, 'field.born')).toBe('1815-12-10T00:00Z')
    expect(fieldIn(again, 'field.vip')).toBe(true)
  })

  it.each([
    ['field.age', 'forty', 'Enter a number.'],
    ['field.age', '-1', 'greater than or equal to 0'],
    ['field.plan', 'gold', 'Select a valid choice.'],
    ['field.born', '2026-02-30', 'Enter a valid date/time.'],
    ['field.settings', '{', 'Enter a valid JSON.'],
    ['field.description', 'x'.repeat(51), 'at most 50 characters (it has 51).'],
    ['field.description', 'a\0b', 'Null characters are not allowed.'],
  ])('%s=%.10j is refused beside the field', async (name, value, sentence) => {
    const { site, root } = await withSuperuser(options)
    const ann = await site.add('ann')
    await root.open(`/users/${ann.id}/`)
    const sent = {
      username: 'ann',
      email: 'ann@example.org',
      is_active: 'on',
      'field.plan': 'free',
      'field.description': 'x',
    }
    const answer = await root.post(`/users/${ann.id}/`, { ...sent, [name]: value })
    expect(answer.status).toBe(400)
    const problem = new RegExp(`id="id_${name.replace('.', '\\.')}_problem">([\\s\\S]*?)</ul>`).exec(answer.text)?.[1]
    expect(textOf(problem ?? '')).toContain(sentence)
  })

  it('H10: a profile is edited inside the page of its user, made when it is first filled, and never taken away', async () => {
    const { site, root } = await withSuperuser(options)
    const ann = await site.add('ann')
    const sent = {
      username: 'ann',
      email: 'ann@example.org',
      email_verified: 'on',
      is_active: 'on',
      'field.plan': 'free',
      'field.description': 'x',
    }
    const first = await root.open(`/users/${ann.id}/`)
    expect(first.text).toContain('<legend>Verification</legend>')
    await root.post(`/users/${ann.id}/`, sent)
    expect((await site.auth.findUser('ann'))?.profiles).toEqual({ verification: null })
    await root.post(`/users/${ann.id}/`, { ...sent, 'field.verification.verified': 'on' })
    expect((await site.auth.findUser('ann'))?.profiles).toEqual({ verification: { verified: true } })
    expect(fieldIn((await root.open(`/users/${ann.id}/`)).text, 'field.verification.verified')).toBe(true)
    await root.post(`/users/${ann.id}/`, sent)
    expect((await site.auth.findUser('ann'))?.profiles).toEqual({ verification: { verified: false } })
  })
})

describe('the developer’s own parts', () => {
  const shouted: string[] = []
  const options: AdminOptions = {
    title: (language) => (language === 'de' ? 'Unser Büro' : 'Our office'),
    accent: '#7c3aed',
    users: {
      columns: [
        'username',
        'isSuperuser',
        { name: 'initial', label: 'Initial', value: async ({ email }) => email?.[0] ?? null },
      ],
      order: '-username',
      pageSize: 2,
      filters: [
        'staff',
        {
          name: 'who',
          label: 'Who',
          choices: [{ value: 'bosses', label: 'Bosses', conditions: () => ({ isSuperuser: true }) }],
        },
      ],
      actions: [
        {
          name: 'shout',
          label: 'Shout at',
          permission: 'portress.view_user',
          async run({ users, actor }) {
            shouted.push(...users.map(({ username }: Account) => `${actor.username}: ${username}`))
            return `Shouted at ${users.length} <b>people</b>.`
          },
        },
      ],
      widgets: {
        plan: { label: 'Tariff', help: 'What it costs', as: 'choices', choices: [{ value: 'pro', label: 'Pro!' }] },
      },
    },
    pages: [
      {
        path: 'reports',
        title: 'Reports',
        permission: 'portress.view_audit',
        content: ({ query, actor }) => html`<p>${actor.username} asks for ${query.get('of') ?? 'all'}</p>`,
      },
    ],
  }

  it('columns, order, pages of a size, filters and the title', async () => {
    const { site, root } = await withSuperuser({ admin: options })
    await site.add('ann')
    await site.add('zoe')
    const { text } = await root.open('/users/')
    expect(headingsIn(text)).toEqual(['Username', 'Superuser status', 'Initial'])
    expect(namesIn(text)).toEqual(['zoe', 'root'])
    expect(text).toContain('| Our office</title>')
    expect(namesIn((await root.open('/users/?who=bosses')).text)).toEqual(['root'])
    expect((await root.open('/users/?who=x')).status).toBe(400)
    expect((await root.open('/users/?superuser=yes')).status).toBe(400)
    expect((await site.browser({ 'accept-language': 'de' }).open('/login/')).text).toContain('| Unser Büro</title>')
  })

  it('actions, whose sentence is text', async () => {
    const { site, root } = await withSuperuser({ admin: options })
    const ann = await site.add('ann')
    await root.open('/users/')
    const answer = await root.postAndFollow('/users/', { action: 'own:shout', _selected_action: [String(ann.id)] })
    expect(answer.text).toContain('Shouted at 1 &lt;b&gt;people&lt;/b&gt;.')
    expect(shouted).toEqual(['root: ann'])
    expect((await root.post('/users/', { action: 'own:no-such', _selected_action: ['1'] })).status).toBe(404)
  })

  it('actions are in the audit log, one entry for each user, also when they fail', async () => {
    const fail = {
      name: 'fail',
      label: 'Fail',
      permission: 'portress.view_user',
      run: () => Promise.reject(new Error('no parcels')),
    }
    const actions = [...(options.users?.actions ?? []), fail]
    const { site, root } = await withSuperuser({ admin: { users: { actions } } })
    const ids = [await site.add('ann'), await site.add('bob')].map(({ id }) => String(id))
    await root.open('/users/')
    await root.post('/users/', { action: 'own:shout', _selected_action: ids })
    expect((await root.post('/users/', { action: 'own:fail', _selected_action: ids })).status).toBe(500)
    const written = textOf((await root.open('/audit/?action=own.shout')).text)
    expect(written).toMatch(/root\s*own\.shout\s*bob.*root\s*own\.shout\s*ann/)
    expect(textOf((await root.open('/audit/?action=own.fail')).text)).toContain('outcome: failed')
  })

  it('actions of staff are for those whom they may touch', async () => {
    const { site } = await withSuperuser({ admin: options })
    const ann = await site.add('ann')
    await site.add('clerk', { isStaff: true, permissions: ['portress.view_user'] })
    const clerk = await site.browserOf('clerk')
    await clerk.open('/users/')
    shouted.length = 0
    const answer = await clerk.postAndFollow('/users/', {
      action: 'own:shout',
      _selected_action: ['1', String(ann.id)],
    })
    expect(shouted).toEqual(['clerk: ann'])
    expect(answer.text).toContain('Refused for 1 user')
  })

  it('widgets', async () => {
    const { site, root } = await withSuperuser({
      admin: options,
      auth: { user: { fields: { plan: field.text({ maxLength: 9 }) } } },
    })
    const ann = await site.add('ann')
    const { text } = await root.open(`/users/${ann.id}/`)
    expect(text).toContain('<label for="id_field.plan">Tariff</label>')
    expect(text).toContain('What it costs')
    expect(text).toContain('<option value="pro">Pro!</option>')
  })

  it('pages, for whoever has their permission', async () => {
    const { site, root } = await withSuperuser({ admin: options })
    const { text } = await root.open('/reports/?of=%3Cb%3E')
    expect(text).toContain('<p>root asks for &lt;b&gt;</p>')
    expect(text).toContain('<a href="/admin/reports/" aria-current="page">Reports</a>')
    await site.add('clerk', { isStaff: true, permissions: ['portress.view_user'] })
    const clerk = await site.browserOf('clerk')
    expect((await clerk.open('/reports/')).status).toBe(403)
    expect((await clerk.open('/')).text).not.toContain('/admin/reports/')
    expect((await site.browser().open('/reports/')).status).toBe(302)
  })

  const permission = 'portress.view_user'
  const content = () => html``
  it.each([
    [{ accent: 'red' }, /accent/],
    [{ proofSeconds: 5 }, /proofSeconds/],
    [{ users: { pageSize: 0 } }, /pageSize/],
    [{ users: { pageSize: 201 } }, /pageSize/],
    [{ users: { columns: [{ name: 'A b', label: 'x', value: () => null }] } }, /users.columns/],
    [{ users: { filters: [{ name: 'q', label: 'x', choices: [] }] } }, /"q"/],
    [{ pages: [{ path: 'users', title: 'x', permission, content }] }, /"users"/],
    [
      {
        pages: [
          { path: 'a', title: 'x', permission, content },
          { path: 'a', title: 'y', permission, content },
        ],
      },
      /same name/,
    ],
  ] satisfies (readonly [AdminOptions, RegExp])[])('%j cannot be meant', (wrong, sentence) => {
    expect(() => admin(wrong)).toThrow(sentence)
  })

  it.each([
    [{ users: { columns: ['fields.nothing'] } }, /no field "nothing"/],
    [{ users: { columns: ['passwordHash' as never] } }, /no column "passwordHash"/],
    [{ users: { columns: ['constructor' as never] } }, /no column/],
    [{ users: { filters: ['toString' as never] } }, /no filter/],
    [
      { pages: [{ path: 'a', title: 'x', permission: 'portress.view_usr', content }] },
      /did you mean "portress.view_user"/,
    ],
  ] satisfies (readonly [AdminOptions, RegExp])[])('%j names what the model does not have', (wrong, sentence) => {
    expect(() => testAuth({ mounts: { '/admin': admin(wrong) } })).toThrow(sentence)
  })
})

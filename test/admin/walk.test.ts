/** A walk through the admin as one operator takes it, on every store: each page that reads in a way of its own, and each that writes. */
import { afterEach, describe, expect, it } from 'vitest'
import { closeAdminSites, OTHER_PASSWORD, PASSWORD, withSuperuser } from './support/admin-site.ts'
import { namesIn, textOf } from './support/read-page.ts'

afterEach(closeAdminSites)

type Found = Awaited<ReturnType<typeof withSuperuser>>

async function guess({ site }: Found, identifier: string, times: number): Promise<void> {
  for (let tries = 0; tries < times; tries += 1) {
    await site.auth.login({ identifier, password: 'wrong' }).catch(() => undefined)
  }
}

const nextIn = (text: string): string =>
  /rel="next" href="\/admin([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '/no/next/page/'

const done = (text: string): string => textOf(/<p class="done"[^>]*>([\s\S]*?)<\/p>/.exec(text)?.[1] ?? '')

describe('the admin', () => {
  it('finds, adds, changes and deletes users, one by one and many at once', async () => {
    const { site, root } = await withSuperuser({ admin: { users: { pageSize: 3 } } })
    await root.open('/groups/add/')
    await root.post('/groups/add/', { name: 'Editors', permissions: ['portress.view_user'] })
    for (const name of ['ann', 'ben', 'cara', 'dora', 'emil']) {
      const fields = { username: name, email: `${name}@example.org`, password1: PASSWORD, password2: PASSWORD }
      const added = await root.postAndFollow('/users/add/', fields)
      expect(done(added.text)).toContain(`“${name}” was added`)
    }
    const dora = await site.auth.findUser('dora')
    const [group] = await site.auth.listGroups({ limit: 1 })
    const change = {
      username: 'dora',
      email: 'dora@example.org',
      email_verified: 'on',
      is_active: 'on',
      first_name: 'Élise',
      is_staff: 'on',
      groups: [String(group?.id)],
    }
    const changed = await root.postAndFollow(`/users/${dora?.id}/`, change)
    expect(done(changed.text)).toContain('“dora” was changed')
    const first = (await root.open('/users/?o=-username')).text
    expect(namesIn(first)).toEqual(['root', 'emil', 'dora'])
    expect(namesIn((await root.open(nextIn(first))).text)).toEqual(['cara', 'ben', 'ann'])
    for (const query of ['q=élise', 'staff=yes&q=dora', `group=${group?.id}`, 'joined=today&q=elise%20dora']) {
      const { text } = await root.open(`/users/?${query}`)
      expect(namesIn(text), query).toEqual(query.includes('elise') ? [] : ['dora'])
    }
    const ids = [await site.auth.findUser('ann'), await site.auth.findUser('ben')].map((user) => String(user?.id))
    const deactivated = await root.postAndFollow('/users/', { action: 'deactivate', _selected_action: ids })
    expect(done(deactivated.text)).toContain('successfully done for 2 users')
    expect(namesIn((await root.open('/users/?status=disabled')).text)).toEqual(['ann', 'ben'])
    const { text: file } = await root.post('/users/export/?status=disabled')
    expect(file.trimEnd().split('\r\n').slice(1)).toEqual([
      'ann,ann@example.org,,,false',
      'ben,ben@example.org,,,false',
    ])
    expect((await root.post('/users/', { action: 'delete', _selected_action: ids })).text).toContain('ben')
    await root.post('/users/', { action: 'delete', post: 'yes', _selected_action: ids })
    expect((await root.open('/users/')).text).toContain('4 users')
    const audit = textOf((await root.open('/audit/')).text)
    for (const action of [
      'group.created',
      'user.created',
      'user.updated',
      'user.deactivated',
      'users.exported',
      'user.deleted',
    ]) {
      expect(audit).toContain(action)
    }
    expect(textOf((await root.open(`/users/${dora?.id}/history/`)).text)).toContain('groups: []')
  })

  it('shows attempts, locks, sessions and figures, and ends what shall end', async () => {
    const found = await withSuperuser()
    const { site, root } = found
    const ann = await site.add('ann')
    await site.auth.login({ identifier: 'ann', password: PASSWORD })
    await guess(found, 'ann', 3)
    await guess(found, 'nobody-here', 3)
    const attempts = (await root.open('/attempts/?outcome=failed')).text
    expect(textOf(attempts)).toContain('2 successful and 6 failed attempts')
    expect(attempts).toContain(`<a href="/admin/users/${ann.id}/"><bdi>ann</bdi></a>`)
    expect(namesIn((await root.open('/users/?locked=yes')).text)).toEqual(['ann'])
    const lock = /name="lock" value="(lock:user:[^"]+)"/.exec((await root.open('/locks/')).text)?.[1] ?? ''
    expect(done((await root.postAndFollow('/locks/', { lock })).text)).toBe('Unlocked.')
    await site.auth.login({ identifier: 'ann', password: PASSWORD })
    const sessions = await root.postAndFollow(`/users/${ann.id}/sessions/`, { all: 'yes' })
    expect(sessions.text).toContain('not logged in anywhere')
    expect(textOf((await root.open('/')).text)).toMatch(/Users: active 2[\s\S]*Failed attempts today \(UTC\) 6/)
    await root.post(`/users/${ann.id}/password/`, { password1: OTHER_PASSWORD, password2: OTHER_PASSWORD })
    await expect(site.auth.login({ identifier: 'ann', password: OTHER_PASSWORD })).resolves.toBeDefined()
  })

  it('keeps rules about addresses, and the outbox', async () => {
    const { site, root } = await withSuperuser()
    const rule = { range: '203.0.113.0/24', effect: 'block', note: 'scanner', expiresAt: '' }
    const added = await root.postAndFollow('/addresses/', rule)
    expect(added.text).toContain('203.0.113.0/24')
    const remove = /name="remove" value="([^"]+)"/.exec(added.text)?.[1] ?? ''
    expect((await root.postAndFollow('/addresses/', { remove, range: rule.range })).text).toContain(
      'There are no rules.',
    )
    site.mailer.failWith(new Error('no route'))
    const invited = { username: 'eve', email: 'eve@example.org', how: 'invitation' }
    await root.post('/users/add/', invited)
    await site.auth.flush()
    const waiting = (await root.open('/outbox/?state=waiting')).text
    expect(textOf(waiting)).toContain('invitatione***@example.org')
    site.mailer.failWith(null as never)
    await root.post('/outbox/', { mail: /name="mail" value="([^"]+)"/.exec(waiting)?.[1] ?? '' })
    await site.auth.flush()
    expect(site.mailer.sent.map(({ subject }) => subject)).toEqual(['Your account at Acme'])
    expect((await root.open('/outbox/?state=sent')).text).toContain('>sent<')
  })

  it('leaves one of two superusers who take it from each other at once', async () => {
    const { site, root, user } = await withSuperuser()
    const zoe = await site.add('zoe', { isStaff: true, isSuperuser: true })
    const browser = await site.browserOf('zoe')
    const fields = (name: string) => ({
      username: name,
      email: `${name}@example.org`,
      email_verified: 'on',
      is_active: 'on',
    })
    for (const each of [root, browser]) await each.open('/users/')
    await Promise.all([
      root.post(`/users/${zoe.id}/`, fields('zoe')),
      browser.post(`/users/${user.id}/`, fields('root')),
    ])
    const left = [await site.auth.findUser('root'), await site.auth.findUser('zoe')]
    expect(left.filter((one) => one?.isSuperuser)).toHaveLength(1)
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { closeAdminSites, PASSWORD, withSuperuser } from './support/admin-site.ts'
import { textOf } from './support/read-page.ts'

afterEach(closeAdminSites)

type Found = Awaited<ReturnType<typeof withSuperuser>>

async function guess({ site }: Found, name: string, times: number): Promise<void> {
  for (let tries = 0; tries < times; tries += 1) {
    await site.auth.login({ identifier: name, password: 'wrong' }).catch(() => undefined)
  }
}

const rowsIn = (text: string): number => [...text.matchAll(/<tr>/g)].length - 1

describe('the page of attempts', () => {
  it('lists them, the newest first, and by the hour as a picture that is also a sentence', async () => {
    const found = await withSuperuser()
    await found.site.add('ann')
    await guess(found, 'ann', 2)
    await guess(found, 'nobody-here', 1)
    const { text } = await found.root.open('/attempts/')
    expect(rowsIn(text)).toBe(4)
    expect(text.indexOf('nobody-here')).toBeLessThan(text.indexOf('>ann<'))
    expect(text).toContain('In the last 24 hours there were 1 successful and 3 failed attempts.')
    expect(text).toContain('<svg class="chart"')
    expect(text).toContain('data-live="10"')
    expect(text).toContain('<noscript><meta http-equiv="refresh" content="30"></noscript>')
  })

  it.each([
    ['outcome=success', 1],
    ['outcome=failed', 3],
    ['outcome=unknown_user', 1],
    ['user=2', 2],
    ['user=ANN', 2],
    ['user=ann@example.org', 2],
    ['user=nobody-here', 0],
    ['identifier=nobody-here', 1],
    ['address=192.0.2.7', 1],
    ['door=admin', 1],
    ['door=library&outcome=wrong_password', 2],
    ['since=2026-03-01', 4],
    ['since=2026-03-02', 0],
    ['until=2026-03-01T11:59:00Z&since=2026-02-01', 0],
  ])('filters by %s', async (query, rows) => {
    const found = await withSuperuser()
    await found.site.add('ann')
    await guess(found, 'ann', 2)
    await guess(found, 'nobody-here', 1)
    const { text, status } = await found.root.open(`/attempts/?${query}`)
    expect([status, Math.max(0, rowsIn(text))]).toEqual([200, rows])
  })

  it.each([
    'outcome=x',
    'user=%00',
    'since=yesterday',
    'password=x',
    'door=a&door=b',
    'identifier=%00',
    `door=${'x'.repeat(300)}`,
  ])('refuses %.40s', async (query) => {
    const { root } = await withSuperuser()
    expect((await root.open(`/attempts/?${query}`)).status).toBe(400)
  })

  it('goes on behind the last row of a page, and nowhere else', async () => {
    const found = await withSuperuser()
    for (let index = 0; index < 110; index += 1) await guess(found, `name-${index}`, 1)
    const { text } = await found.root.open('/attempts/')
    expect(rowsIn(text)).toBe(100)
    const next = /rel="next" href="\/admin([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(rowsIn((await found.root.open(next)).text)).toBe(11)
    for (const cursor of ['x', 'W10.W10', `${next.slice(-20)}`, 'a'.repeat(5000)]) {
      expect((await found.root.open(`/attempts/?cursor=${encodeURIComponent(cursor)}`)).status).toBe(400)
    }
    // A place in one list is none in another.
    expect((await found.root.open(next.replace('/attempts/', '/audit/'))).status).toBe(400)
  })
})

describe('the page of locks', () => {
  it('ends a lock with one click', async () => {
    const found = await withSuperuser()
    const { site, root } = found
    await site.add('ann')
    await guess(found, 'ann', 4)
    await expect(site.auth.login({ identifier: 'ann', password: PASSWORD })).rejects.toThrow()
    const { text } = await root.open('/locks/')
    const lock = /name="lock" value="(lock:user:[^"]+)"/.exec(text)?.[1] ?? ''
    expect(text).toContain('aria-label="Unlock: ann"')
    const answer = await root.postAndFollow('/locks/', { lock })
    expect(answer.text).toContain('Unlocked.')
    expect(answer.text).toContain('Nothing is locked.')
    await expect(site.auth.login({ identifier: 'ann', password: PASSWORD })).resolves.toBeDefined()
  })

  it.each(['', 'x', 'lock:', 'rate:x', '\0', 'x'.repeat(5000)])('knows no lock %.10j', async (lock) => {
    const { root } = await withSuperuser()
    await root.open('/locks/')
    expect((await root.post('/locks/', { lock })).status).toBe(404)
  })
})

describe('the page of addresses', () => {
  it('blocks and allows, and takes a rule away again', async () => {
    const { site, root } = await withSuperuser()
    await site.add('ann')
    await root.open('/addresses/')
    const rule = { range: '203.0.113.0/24', effect: 'block', note: 'scanner', expiresAt: '' }
    const added = await root.postAndFollow('/addresses/', rule)
    expect(added.text).toContain('The rule for 203.0.113.0/24 holds from now on.')
    expect(added.text).toContain('scanner')
    const login = site.auth.login({ identifier: 'ann', password: PASSWORD }, { address: '203.0.113.9' })
    await expect(login).rejects.toThrow()
    const id = /name="remove" value="([^"]+)"/.exec(added.text)?.[1] ?? ''
    const removed = await root.postAndFollow('/addresses/', { remove: id, range: rule.range })
    expect(removed.text).toContain('There are no rules.')
    await expect(
      site.auth.login({ identifier: 'ann', password: PASSWORD }, { address: '203.0.113.9' }),
    ).resolves.toBeDefined()
  })

  it.each([
    [{ range: '' }, 400],
    [{ range: 'x' }, 400],
    [{ range: '192.0.2.7' }, 400],
    [{ effect: 'maybe' }, 400],
    [{ expiresAt: 'tomorrow' }, 400],
    [{ expiresAt: '2020-01-01' }, 400],
    [{ note: 'x'.repeat(201) }, 400],
  ])('refuses %j', async (changed, status) => {
    const { root } = await withSuperuser()
    await root.open('/addresses/')
    const answer = await root.post('/addresses/', {
      range: '203.0.113.1',
      effect: 'block',
      note: '',
      expiresAt: '',
      ...changed,
    })
    expect(answer.status).toBe(status)
    expect(answer.text).toContain('aria-invalid="true"')
  })
})

describe('the pages of groups', () => {
  it('add, change and delete one', async () => {
    const { site, root } = await withSuperuser()
    await root.open('/groups/add/')
    const added = await root.postAndFollow('/groups/add/', { name: 'Editors', permissions: ['portress.view_user'] })
    expect(added.text).toContain('The group “Editors” was added successfully.')
    const form = await root.open('/groups/1/')
    expect(form.text).toContain('value="portress.view_user" selected')
    const changed = await root.postAndFollow('/groups/1/', { name: 'Writers', permissions: [] })
    expect(changed.text).toContain('The group “Writers” was changed successfully.')
    const ann = await site.add('ann')
    await site.auth.setUserGroups({ userId: ann.id, groupIds: [1] })
    expect((await root.open('/groups/1/delete/')).text).toContain('1 user loses what they may do by it alone.')
    const deleted = await root.postAndFollow('/groups/1/delete/', { post: 'yes' })
    expect(deleted.text).toContain('The group “Writers” was deleted successfully.')
    expect(await site.auth.listGroups({ limit: 10 })).toEqual([])
  })

  it('refuse a name that is taken, empty or hostile, and permissions that nobody declared', async () => {
    const { site, root } = await withSuperuser()
    await site.auth.createGroup({ name: 'Editors' })
    await root.open('/groups/add/')
    for (const fields of [{ name: '' }, { name: 'EDITORS' }, { name: 'a\0b' }, { name: 'x'.repeat(151) }]) {
      expect((await root.post('/groups/add/', fields)).status).toBe(400)
    }
    expect((await root.post('/groups/add/', { name: 'New', permissions: ['no.such'] })).status).toBe(400)
    for (const path of ['/groups/99/', '/groups/x/', '/groups/99/delete/'])
      expect((await root.open(path)).status).toBe(404)
  })
})

describe('the outbox', () => {
  it('says to whom and what about, never what a mail says, and tries one again', async () => {
    const { site, root } = await withSuperuser()
    site.mailer.failWith(new Error('421 <b>later</b>'))
    await site.auth.register({ username: 'ann', email: 'ann@example.org', password: PASSWORD })
    await site.auth.flush()
    const { text } = await root.open('/outbox/')
    expect(text).toContain('verify-email')
    expect(text).toContain('a***@example.org')
    expect(text).toContain('421 &lt;b&gt;later&lt;/b&gt;')
    expect(text).not.toContain('code=')
    site.mailer.failWith(null as never)
    const mail = /name="mail" value="([^"]+)"/.exec(text)?.[1] ?? ''
    expect((await root.postAndFollow('/outbox/', { mail })).text).toContain('The mail is tried again.')
    await site.auth.flush()
    expect((await root.open('/outbox/?state=sent')).text).toContain('>sent<')
    expect((await root.open('/outbox/?state=failed')).text).toContain('There are no mails.')
    for (const query of ['state=x', 'to=ann']) expect((await root.open(`/outbox/?${query}`)).status).toBe(400)
    expect((await root.post('/outbox/', { mail: '999' })).status).toBe(404)
  })
})

describe('the audit log', () => {
  it('has every action with who did it, and what it was before', async () => {
    const found = await withSuperuser()
    const { site, root } = found
    const ann = await site.add('ann')
    await root.open('/users/')
    await root.post('/users/', { action: 'deactivate', _selected_action: [String(ann.id)] })
    await root.post('/groups/add/', { name: 'Editors' })
    const { text } = await root.open('/audit/')
    expect(text).toContain('<code>user.deactivated</code>')
    expect(text).toContain('<code>group.created</code>')
    expect(textOf((await root.open('/audit/?action=group.created')).text)).toContain('Editors')
    for (const actor of ['999', 'ann', 'nobody']) {
      expect((await root.open(`/audit/?actor=${actor}`)).text, actor).toContain('Nothing has been done.')
    }
    expect((await root.open('/audit/?actor=root')).text).toContain('<code>user.deactivated</code>')
    for (const query of ['action=%00', 'x=y', `actor=${'1'.repeat(300)}`, 'actor=%00']) {
      expect((await root.open(`/audit/?${query}`)).status).toBe(400)
    }
  })
})

describe('the overview', () => {
  it('has the figures that an operator looks for', async () => {
    const found = await withSuperuser()
    await found.site.add('ann')
    await guess(found, 'ann', 4)
    const text = textOf((await found.root.open('/')).text)
    for (const figure of [
      'Users: active 2',
      'Failed attempts today (UTC) 4',
      'Logins today (UTC) 1',
      'Mails waiting 1',
    ]) {
      expect(text).toContain(figure)
    }
    expect(text).toMatch(/Locks now [1-9]/)
  })
})

describe('the pages about one user', () => {
  it('show sessions, and end one of them or all', async () => {
    const { site, root } = await withSuperuser()
    const ann = await site.add('ann')
    const login = () => site.auth.login({ identifier: 'ann', password: PASSWORD })
    const [first] = [await login(), await login()]
    const { text } = await root.open(`/users/${ann.id}/sessions/`)
    expect(rowsIn(text)).toBe(2)
    const ended = await root.postAndFollow(`/users/${ann.id}/sessions/`, { session: first.issued.session.id })
    expect(rowsIn(ended.text)).toBe(1)
    const none = await root.postAndFollow(`/users/${ann.id}/sessions/`, { all: 'yes' })
    expect(none.text).toContain('This user is not logged in anywhere.')
    expect((await root.post(`/users/${ann.id}/sessions/`, { session: 'x' })).status).toBe(404)
  })

  it('show attempts', async () => {
    const found = await withSuperuser()
    const ann = await found.site.add('ann')
    await guess(found, 'ann', 2)
    await guess(found, 'nobody-here', 2)
    expect(rowsIn((await found.root.open(`/users/${ann.id}/attempts/`)).text)).toBe(2)
  })
})

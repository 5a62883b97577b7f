/** Section M of the attack table, rows 190, 191 and 194: what lists, pages and files give away. */
import { afterEach, describe, expect, it } from 'vitest'
import type { AdminAnswer } from '../admin/support/admin-browser.ts'
import { closeAdminSites } from '../admin/support/admin-site.ts'
import { openHouse } from './support/admin-house.ts'

afterEach(closeAdminSites)

describe('row 190: secrets', () => {
  it('row 190: are in no page and no file, and nothing is searched or ordered by them', async () => {
    const { site, root } = await openHouse()
    const created = await site.auth.createUser({
      username: 'canary',
      email: 'canary@example.org',
      password: 'canary-4711-password',
      passwordCheck: 'bypassed',
    })
    const { issued } = await site.auth.login({ identifier: 'canary', password: 'canary-4711-password' })
    await site.auth.requestPasswordReset({ email: 'canary@example.org' })
    await site.auth.flush()
    const code = /code=([\w-]+)/.exec(site.mailer.sent.at(-1)?.text ?? '')?.[1] ?? 'none'
    const { id } = created
    const pages = [
      '/',
      '/users/',
      `/users/${id}/`,
      `/users/${id}/sessions/`,
      `/users/${id}/attempts/`,
      `/users/${id}/history/`,
      '/attempts/',
      '/locks/',
      '/outbox/',
      '/audit/',
    ]
    const answers: AdminAnswer[] = []
    for (const path of pages) answers.push(await root.open(path))
    await root.open('/users/')
    answers.push(await root.post('/users/export/'))
    for (const { text } of answers) {
      expect(text).not.toMatch(/\$[\w+/=-]{8,}/)
      for (const secret of ['canary-4711-password', issued.token, code]) expect(text).not.toContain(secret)
    }
    expect(answers.at(-1)?.text).toContain('canary@example.org')
    for (const query of ['q=cheap$', 'o=passwordHash', 'o=-sessionEpoch', 'passwordHash__startswith=a', 'password=x']) {
      const { status, text } = await root.open(`/users/?${query}`)
      expect(status === 400 || text.includes('No users match.'), query).toBe(true)
    }
  })
})

describe('row 191: injection', () => {
  const FUZZ = [
    "'",
    "' OR 1=1 --",
    '";DROP TABLE users;--',
    '%27',
    '{"$ne":null}',
    '$where',
    ['$', '{7*7}'].join(''),
    '\\',
    '%',
    '_',
    '*',
    '\u0000',
    '🦄'.repeat(100),
    '-1',
    '1e9',
    '[]',
    'NaN',
    '../../etc/passwd',
    '<svg/onload=1>',
    '\ud800',
  ]
  const PARAMETERS = [
    'q',
    'o',
    'cursor',
    'staff',
    'status',
    'group',
    'joined',
    'locked',
    'user',
    'since',
    'identifier',
    'state',
    'actor',
  ]

  it('row 191: whatever a parameter holds, no page fails and nobody is lost', async () => {
    const { site, root } = await openHouse()
    for (const path of ['/users/', '/attempts/', '/outbox/', '/audit/', '/groups/']) {
      for (const name of PARAMETERS) {
        for (const value of FUZZ) {
          const { status } = await root.open(`${path}?${new URLSearchParams({ [name]: value })}`)
          expect([200, 400], `${path} ${name}=${value}`).toContain(status)
        }
      }
    }
    expect(await site.auth.findUser('ann')).not.toBeNull()
  })
})

describe('row 194: the exported file', () => {
  const FORMULAS = ['=HYPERLINK("//e")', '+1', '-1', '@x', '＝1+1', 'a,"b"', "'x"]

  it('row 194: calculates nothing, and keeps its cells apart', async () => {
    const { site, root } = await openHouse()
    for (const [index, firstName] of FORMULAS.entries()) {
      await site.auth.createUser({
        username: `evil${index}`,
        email: `evil${index}@example.org`,
        firstName,
        password: null,
        passwordCheck: 'bypassed',
      })
    }
    await root.open('/users/?q=evil')
    const { text } = await root.post('/users/export/?q=evil')
    const cells = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)[2])
    expect(cells).toEqual([`"'=HYPERLINK(""//e"")"`, "'+1", "'-1", "'@x", "'＝1+1", '"a,""b"""', "'x"])
  })

  it('row 194: is for whoever may see the list, and has no more columns than it', async () => {
    const { site, root } = await openHouse()
    await site.add('clueless', { isStaff: true, permissions: ['portress.view_audit'] })
    const browser = await site.browserOf('clueless')
    expect((await browser.post('/users/export/')).status).toBe(403)
    await root.open('/users/')
    const { text } = await root.post('/users/export/?columns=passwordHash')
    expect(text).not.toContain('passwordHash,')
    expect((await root.post('/users/export/')).text.split('\r\n')[0]).toBe('username,email,firstName,lastName,isStaff')
  })
})

/** Who may do what: the data behind D14 of the contract about login policies, groups and what is given. */
import { describe, expect, it } from 'vitest'
import type { EventMap } from '../../src/contracts/hooks.ts'
import type { UserId } from '../../src/model/user.ts'
import { refusalOf } from '../support/accounts.ts'
import { HOSTILE_VALUES, newMember } from '../support/members.ts'
import { addUser, allowed, EVERY_PERMISSION, newSite } from './support/permissions.ts'

describe('groups', () => {
  it('give their members what they may do, and take it away again', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const group = await site.auth.createGroup({ name: ' Editors ', permissions: ['blog.add_post', 'blog.add_post'] })
    expect(group).toEqual({ id: group.id, name: 'Editors', permissions: ['blog.add_post'] })
    expect(await site.auth.setUserGroups({ userId: ann.id, groupIds: [group.id, `${group.id}`] })).toEqual([group])
    expect(await allowed(site, ann)).toEqual(['blog.add_post'])
    const permissions = ['shop.view_order', 'blog.delete_post']
    const changed = await site.auth.updateGroup({ groupId: group.id, name: 'Shop', permissions })
    expect(changed).toEqual({ id: group.id, name: 'Shop', permissions: ['blog.delete_post', 'shop.view_order'] })
    expect(await site.auth.readGroup({ groupId: `${group.id}` })).toEqual(changed)
    expect(await allowed(site, ann)).toEqual(['blog.delete_post', 'shop.view_order'])
    await site.auth.deleteGroup({ groupId: group.id })
    expect(await allowed(site, ann)).toEqual([])
    expect(await site.auth.findUserById(ann.id)).not.toBeNull()
  })

  it('are listed page by page with how many are in each', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const names = ['Editors', 'Authors', 'Readers']
    for (const name of names) await site.auth.createGroup({ name })
    const [editors, authors, readers] = await site.auth.listGroups({ limit: 10 })
    await site.auth.setUserGroups({ userId: ann.id, groupIds: [authors?.id ?? 0] })
    const all = await site.auth.listGroups({ limit: 10, afterId: null })
    expect(all.map(({ name, memberCount }) => `${name} ${memberCount}`)).toEqual([
      'Editors 0',
      'Authors 1',
      'Readers 0',
    ])
    expect(await site.auth.listGroups({ limit: 1, afterId: editors?.id ?? 0 })).toEqual([all[1]])
    expect(await site.auth.listGroups({ limit: 10, afterId: readers?.id ?? 0 })).toEqual([])
    for (const limit of [0, 1001, 1.5, Number.NaN, '1' as unknown as number]) {
      expect(await refusalOf(site.auth.listGroups({ limit }))).toBe('validation_failed')
    }
    for (const value of HOSTILE_VALUES.filter((one) => one !== null)) {
      expect(await refusalOf(site.auth.listGroups({ limit: 1, afterId: value as UserId }))).toBe('validation_failed')
    }
  })

  it('have a name of their own, however it is written', async () => {
    const { auth } = newSite()
    const { id } = await auth.createGroup({ name: 'Größe' })
    const other = await auth.createGroup({ name: 'Other' })
    const taken = { code: 'validation_failed', details: { fields: { name: [{ code: 'taken' }] } } }
    for (const name of ['größe', 'GRÖSSE', ' Gro\u0308ße ']) {
      await expect(auth.createGroup({ name }), name).rejects.toMatchObject(taken)
      await expect(auth.updateGroup({ groupId: other.id, name }), name).rejects.toMatchObject(taken)
    }
    expect(await auth.updateGroup({ groupId: id, name: 'GRÖSSE' })).toMatchObject({ id, name: 'GRÖSSE' })
  })

  it('have a name that no other can be taken for by what nobody sees', async () => {
    const { auth } = newSite()
    await auth.createGroup({ name: 'Editors' })
    for (const unseen of ['\u200b', '\u00ad', '\u2060', '\ufe0f', '\u3164', '\uffa0', '\u034f']) {
      const refused = auth.createGroup({ name: `Edi${unseen}tors${unseen}` })
      await expect(refused, unseen).rejects.toMatchObject({ details: { fields: { name: [{ code: 'taken' }] } } })
    }
    expect((await auth.createGroup({ name: '\u2764\ufe0f Family' })).name).toBe('\u2764\ufe0f Family')
  })

  it.each([
    [undefined, 'required'],
    [null, 'required'],
    ['', 'required'],
    [' \u00a0 ', 'required'],
    ['\u200b \u3164', 'required'],
    [7, 'not_text'],
    [['Editors'], 'not_text'],
    [{ toString: () => 'Editors' }, 'not_text'],
    ['two\nlines', 'not_text'],
    ['staff\u202e', 'not_text'],
    ['x'.repeat(151), 'too_long'],
    ['x'.repeat(1_000_000), 'too_long'],
    // One character that stands for eighteen.
    ['\ufdfa'.repeat(150), 'too_long'],
    ['nul\0', 'null_characters'],
    ['\ud800', 'surrogate_characters'],
  ])('refuse the name %j', async (name, code) => {
    const { auth } = newSite()
    const refused = { code: 'validation_failed', details: { fields: { name: [{ code }] } } }
    await expect(auth.createGroup({ name: name as string })).rejects.toMatchObject(refused)
    const { id } = await auth.createGroup({ name: '\u{1f98a}'.repeat(127) })
    if (name !== undefined) {
      await expect(auth.updateGroup({ groupId: id, name: name as string })).rejects.toMatchObject(refused)
    }
    expect(await auth.listGroups({ limit: 9 })).toHaveLength(1)
  })

  it('that are not there are told as such, whatever stands for the id', async () => {
    const { auth } = newSite()
    for (const value of [undefined, 99, ...HOSTILE_VALUES]) {
      const groupId = value as UserId
      expect(await refusalOf(auth.readGroup({ groupId })), String(value)).toBe('not_found')
      expect(await refusalOf(auth.updateGroup({ groupId, name: 'New' }))).toBe('not_found')
      expect(await refusalOf(auth.deleteGroup({ groupId }))).toBe('not_found')
    }
  })
})

describe('what is given', () => {
  /** No list of declared permissions. */
  const ODD_LISTS: readonly unknown[] = [
    'blog.add_post',
    {},
    7,
    true,
    ['blog.add_pots'],
    ['blog.add_post', null],
    // A hole, as in `[, 'blog.add_post']`.
    Object.assign(new Array(2), { 1: 'blog.add_post' }),
    [['blog.add_post']],
    ['BLOG.ADD_POST'],
    ['__proto__'],
    ['toString'],
    ['*'],
    [''],
    ['\0'],
    ['\ud800'],
    ['x'.repeat(1_000_000)],
  ]

  it('must be declared, and is refused as a whole otherwise', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const group = await site.auth.createGroup({ name: 'Editors', permissions: ['blog.add_post'] })
    await site.auth.setUserPermissions({ userId: ann.id, permissions: ['blog.add_post'] })
    const refused = { code: 'validation_failed', details: { fields: { permissions: [{ code: 'not_a_choice' }] } } }
    for (const list of ODD_LISTS) {
      const permissions = list as readonly string[]
      await expect(site.auth.setUserPermissions({ userId: ann.id, permissions })).rejects.toMatchObject(refused)
      await expect(site.auth.updateGroup({ groupId: group.id, permissions })).rejects.toMatchObject(refused)
      await expect(site.auth.createGroup({ name: 'New', permissions })).rejects.toMatchObject(refused)
    }
    for (const missing of [undefined, null]) {
      const input = { userId: ann.id, permissions: missing as unknown as readonly string[] }
      expect(await refusalOf(site.auth.setUserPermissions(input))).toBe('validation_failed')
    }
    expect((await site.auth.listPermissions({ userId: ann.id })).own).toEqual(['blog.add_post'])
    expect(await site.auth.listGroups({ limit: 9 })).toEqual([{ ...group, memberCount: 0 }])
  })

  it('to a user can be a group only that is there', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const group = await site.auth.createGroup({ name: 'Editors' })
    await site.auth.setUserGroups({ userId: ann.id, groupIds: [group.id] })
    const hole: readonly unknown[] = Object.assign(new Array(2), { 1: group.id })
    const odd: readonly unknown[] = ['1', {}, 7, hole, [99], [group.id, 99], ...HOSTILE_VALUES.map((value) => [value])]
    for (const list of [undefined, null, ...odd]) {
      const input = { userId: ann.id, groupIds: list as readonly UserId[] }
      expect(await refusalOf(site.auth.setUserGroups(input)), String(list)).toBe('validation_failed')
    }
    expect((await site.auth.listPermissions({ userId: ann.id })).groups).toEqual([group])
  })

  it('belongs to a user who is there', async () => {
    const { auth } = newSite()
    for (const value of [undefined, 99, ...HOSTILE_VALUES]) {
      const userId = value as UserId
      expect(await refusalOf(auth.setUserGroups({ userId, groupIds: [] })), String(value)).toBe('not_found')
      expect(await refusalOf(auth.setUserPermissions({ userId, permissions: [] }))).toBe('not_found')
      expect(await refusalOf(auth.listPermissions({ userId }))).toBe('not_found')
    }
  })
})

describe('listPermissions', () => {
  it('tells all that a user may do, and where each comes from', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann')
    const editors = await site.auth.createGroup({ name: 'Editors', permissions: ['blog.add_post', 'shop.view_order'] })
    const authors = await site.auth.createGroup({ name: 'Authors', permissions: ['blog.add_post'] })
    await site.auth.setUserGroups({ userId: ann.id, groupIds: [authors.id, editors.id] })
    await site.auth.setUserPermissions({ userId: ann.id, permissions: ['shop.view_order', 'portress.unlock'] })
    const listed = await site.auth.listPermissions({ userId: ann.id })
    expect(listed.effective.map(({ permission, sources }) => [permission, sources])).toEqual([
      ['blog.add_post', ['group:Editors', 'group:Authors']],
      ['shop.view_order', ['user', 'group:Editors']],
      ['portress.unlock', ['user']],
    ])
    expect(listed.effective.map(({ permission }) => permission)).toEqual(await allowed(site, ann))
    expect(listed).toMatchObject({ own: ['portress.unlock', 'shop.view_order'], groups: [editors, authors] })
  })

  it('tells what is stored of somebody who may do nothing now, and everything of a superuser', async () => {
    const site = newSite()
    const ann = await addUser(site, 'ann', { isSuperuser: true })
    await site.auth.setUserPermissions({ userId: ann.id, permissions: ['blog.add_post'] })
    const { effective } = await site.auth.listPermissions({ userId: ann.id })
    expect(effective.map(({ permission }) => permission)).toEqual(EVERY_PERMISSION)
    expect(effective[0]?.sources).toEqual(['superuser', 'user'])
    expect(effective.slice(1).every(({ sources }) => sources.join() === 'superuser')).toBe(true)
    await site.auth.setStatus({ userId: ann.id, status: 'disabled' })
    const disabled = await site.auth.listPermissions({ userId: ann.id })
    expect(disabled).toEqual({ effective: [], own: ['blog.add_post'], groups: [] })
  })

  it('has all that can be given beside it', async () => {
    const declared = await newSite().auth.listDeclaredPermissions()
    expect(declared.map(({ permission }) => permission)).toEqual(EVERY_PERMISSION)
    expect(declared[0]).toEqual({ permission: 'blog.add_post', module: 'blog', description: 'Can add a post' })
    expect(declared.every(({ permission, module }) => permission.startsWith(`${module}.`))).toBe(true)
    expect(declared.every(({ description }) => description.startsWith('Can '))).toBe(true)
  })
})

describe('changes of permissions', () => {
  it('raise events that say what was changed, and carry no secret', async () => {
    const told: unknown[] = []
    const note = (name: keyof EventMap) => (event: object) => void told.push([name, event])
    const site = newSite({
      events: { groupChanged: note('groupChanged'), permissionsChanged: note('permissionsChanged') },
    })
    const { id: userId } = await addUser(site, 'ann')
    const group = await site.auth.createGroup({ name: 'Editors' })
    await site.auth.updateGroup({ groupId: group.id, name: 'Authors' })
    await site.auth.setUserGroups({ userId, groupIds: [group.id] })
    await site.auth.setUserPermissions({ userId, permissions: ['blog.add_post'] })
    await site.auth.deleteGroup({ groupId: group.id })
    await refusalOf(site.auth.setUserGroups({ userId, groupIds: [group.id] }))
    await refusalOf(site.auth.updateGroup({ groupId: group.id, name: 'Gone' }))
    const user = { id: userId, username: 'ann' }
    expect(told).toMatchObject([
      ['groupChanged', { change: 'created', group: { name: 'Editors' } }],
      ['groupChanged', { change: 'updated', group: { name: 'Authors' } }],
      ['permissionsChanged', { user, replaced: 'groups' }],
      ['permissionsChanged', { user, replaced: 'permissions' }],
      ['groupChanged', { change: 'deleted', group: { name: 'Authors' } }],
    ])
    expect(JSON.stringify(told)).not.toMatch(/argon2|passwordHash|sessionEpoch/)
  })

  it('stand in what a user can export', async () => {
    const site = newSite()
    const { user, caller } = await newMember(site, 'ann')
    const group = await site.auth.createGroup({ name: 'Editors', permissions: ['blog.add_post'] })
    await site.auth.setUserGroups({ userId: user.id, groupIds: [group.id] })
    await site.auth.setUserPermissions({ userId: user.id, permissions: ['shop.view_order'] })
    const exported = await site.auth.exportUser(caller)
    expect(exported).toMatchObject({ groups: [group], permissions: ['shop.view_order'] })
  })
})

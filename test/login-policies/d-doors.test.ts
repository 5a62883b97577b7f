/** D6 of the contract about login policies: what each door calls the two things it asks for, and what it does without them. */
import { afterEach, describe, expect, it } from 'vitest'
import { closeSites, openSite, PASSWORD, type Site } from '../security/support/open-site.ts'
import { DOORS, type Knock, knock, mounts } from './support/doors.ts'
import { addPerson } from './support/people.ts'

afterEach(closeSites)

const typed = { username: 'ann', email: 'ann@example.org' } as const

async function siteWithAnn(): Promise<Site> {
  const site = await openSite({ mounts, lockout: { maxFailures: 1000 } })
  await addPerson(site, typed)
  return site
}

describe.each(DOORS)('$name', (door) => {
  it(`D6: takes ${door.takes.join(' and ')} as ${door.field ?? 'the name in the header'}`, async () => {
    const site = await siteWithAnn()
    for (const kind of ['username', 'email'] as const) {
      const { status } = await knock(site, door, { identifier: typed[kind], password: PASSWORD })
      expect(status < 300, `${kind}: ${status}`).toBe(door.takes.includes(kind))
    }
  })

  const MISSING: readonly (readonly [string, Knock])[] = [
    ['no identifier', { password: PASSWORD }],
    ['no password', { identifier: 'ann' }],
    ['neither', {}],
    ['an empty identifier', { identifier: '', password: PASSWORD }],
    ['an empty password', { identifier: 'ann', password: '' }],
  ]

  const MISFITS: readonly (readonly [string, Knock])[] = [
    ['null', { identifier: null, password: null }],
    ['numbers in lists', { identifier: [1], password: [2] }],
    ['objects', { identifier: { $ne: null }, password: { $gt: '' } }],
    ['an identifier of a megabyte', { identifier: 'a'.repeat(1_000_000), password: PASSWORD }],
    ['a password of five thousand bytes', { identifier: 'ann', password: 'x'.repeat(5000) }],
    ['a NUL', { identifier: 'ann\0', password: PASSWORD }],
    ['a lone surrogate', { identifier: 'ann\ud800', password: PASSWORD }],
  ]

  it.each([...MISSING, ...(door.field === null ? [] : MISFITS)])(
    'D6: complains about %s, without any work',
    async (_, sent) => {
      const site = await siteWithAnn()
      site.hasher.forget()
      const { status } = await knock(site, door, sent)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(site.hasher.calls).toEqual([])
      expect(await site.store.attempts.list({ limit: 10 })).toEqual([])
    },
  )
})

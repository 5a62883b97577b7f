/** Rows 57, 69 and 82 of the attack table through this door, and K8 of the contract, each with its control. */
import { describe, expect, it } from 'vitest'
import { type Complaints, HOLDS, judgement } from '../../security/support/complaints.ts'
import { crowdSuite, limited } from '../drf/support/flood-suite.ts'
import { djmongoauthSites, type SiteOptions } from './support/djmongoauth-site.ts'
import { waysIn } from './support/ways-in.ts'

const newSite = djmongoauthSites()

describe('what one source may ask for', () => {
  async function repeat(
    row: string,
    bodyOf: (index: number) => object,
    options: SiteOptions,
  ): Promise<readonly [passed: number, faults: Complaints]> {
    const site = newSite(options)
    const { must, complaints } = judgement()
    let passed = 0
    for (let index = 0; index < 8; index += 1) {
      const { status, headers, body } = await site.call(row, { json: bodyOf(index) })
      if (status !== 429) passed += 1
      else must(Number(headers.get('retry-after')) >= 1 && typeof Object(body).error === 'string', 'a 429 lacks words')
    }
    const other = await site.call(row, { json: bodyOf(9), address: '198.51.100.7' })
    must(other.status !== 429, 'another source is refused, too')
    return [passed, complaints]
  }

  const REGISTRATION = (index: number) => ({
    username: `newcomer${index}`,
    email: `newcomer${index}@example.org`,
    password: 'plum-tart-4-breakfast',
  })

  const ROWS = [
    ['POST login', (index: number) => ({ username: `nobody${index}`, password: 'x' }), 'passwordsPerAddress'],
    ['POST register', REGISTRATION, 'registrationsPerAddress'],
    ['POST reset', (index: number) => ({ username: `nobody${index}` }), 'mailsPerAddress'],
    ['PUT verify?a=x', () => ({}), 'codesPerAddress'],
    ['PUT reset?a=x', () => ({ new_password: 'plum-tart-4-breakfast' }), 'codesPerAddress'],
  ] as const

  it.each(ROWS)('rows 69 and 82: %s passes five times, if five are the limit', async (row, bodyOf, limit) => {
    expect(await repeat(row, bodyOf, limited({ [limit]: { count: 5, perSeconds: 3600 } }))).toEqual([5, HOLDS])
  })

  it.each(ROWS)('rows 69 and 82, control: without the limit %s passes always', async (row, bodyOf) => {
    expect(await repeat(row, bodyOf, limited({}))).toEqual([8, HOLDS])
  })
})

describe('mails to one address', () => {
  async function flood(options: SiteOptions): Promise<number> {
    const site = newSite(options)
    await site.addUser('victim')
    const token = await site.tokenOf('victim')
    for (let index = 0; index < 8; index += 1) {
      const address = `198.51.100.${index}`
      await site.call('POST reset', { json: { username: 'victim' }, address })
      await site.call('POST reset', { json: { email: 'victim@example.org' }, address })
      await site.call('POST reset', { token, address })
    }
    return (await site.mails()).length
  }

  it('K8: are only so many, from however many sources and by whichever name', async () => {
    expect(await flood(limited({ mailsPerRecipient: { count: 5, perSeconds: 3600 } }))).toBe(5)
  })

  it('K8, control: without the limit all are sent', async () => {
    expect(await flood(limited({}))).toBe(24)
  })
})

crowdSuite(waysIn(newSite))

/** Rows 57, 69 and 82 of the attack table through this door, and K8 of the contract, each with its control. */
import { afterEach, describe, expect, it } from 'vitest'
import { hashLane } from '../../../src/hashers/hash-lane.ts'
import { type Complaints, HOLDS, judgement, saying } from '../../security/support/complaints.ts'
import { NO_RATE_LIMITS } from '../../support/test-auth.ts'
import { djmongoauthSites, type SiteOptions } from './support/djmongoauth-site.ts'

const newSite = djmongoauthSites()

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const limited = (limits: object): SiteOptions => ({ rateLimits: { ...NO_RATE_LIMITS, ...limits } })

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

describe('hundreds of log-ins at once', () => {
  async function flood(maxQueueSeconds: number): Promise<Complaints> {
    const lane = hashLane({ argon2: { memoryKiB: 8192, passes: 2, parallelism: 1 }, workers: 1, maxQueueSeconds })
    closing.push(() => lane.close())
    const site = newSite({ passwords: { hasher: lane } })
    await site.addUser('bystander')
    const token = await site.tokenOf('bystander')
    const { must, complaints } = judgement()
    const attack = Array.from({ length: 200 }, (_, index) =>
      site.call('POST login', {
        json: { username: `nobody${index}`, password: 'x' },
        address: `198.51.100.${index}`,
      }),
    )
    for (let index = 0; index < 5; index += 1) {
      const { status } = await site.call('POST verify', { token })
      must(status === 201, `somebody else is answered ${status}`)
    }
    const answers = await Promise.all(attack)
    const refused = answers.filter(({ status }) => status === 503)
    must(refused.length > 0, 'all of them were queued')
    must(
      refused.every(({ headers }) => Number(headers.get('retry-after')) >= 1),
      'a 503 does not say when to come back',
    )
    must(
      answers.every(({ status }) => status === 400 || status === 503),
      'some are answered otherwise',
    )
    return complaints
  }

  it('row 57: hold nobody else up, and are told to come back when there are too many', async () => {
    expect(await flood(0.3)).toEqual(HOLDS)
  })

  it('row 57, control: a queue without an end is seen through', async () => {
    expect(await flood(10_000)).toEqual(saying('all of them were queued'))
  })
})

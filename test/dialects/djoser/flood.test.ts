/** Rows 57, 69 and 82 of the attack table through the doors of this dialect, each with its control. */
import { afterEach, describe, expect, it } from 'vitest'
import { hashLane } from '../../../src/hashers/hash-lane.ts'
import { type Complaints, HOLDS, judgement, saying } from '../../security/support/complaints.ts'
import { cheapHasher } from '../../support/cheap-hasher.ts'
import { NO_RATE_LIMITS } from '../../support/test-auth.ts'
import { type DjoserSite, djoserSite, type SiteOptions } from './support/djoser-site.ts'
import { EVERY_DOOR, knock, LOGIN_DOORS } from './support/doors.ts'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function openSite(options: SiteOptions): DjoserSite {
  const site = djoserSite({ passwords: { hasher: cheapHasher() }, ...options, djoser: EVERY_DOOR })
  closing.push(() => site.auth.close())
  return site
}

const limited = (limits: object): SiteOptions => ({ rateLimits: { ...NO_RATE_LIMITS, ...limits } })

describe('what one source may ask for', () => {
  async function guessEverywhere(options: SiteOptions): Promise<Complaints> {
    const site = openSite(options)
    const { must, complaints } = judgement()
    let passed = 0
    for (let round = 0; round < 3; round += 1) {
      for (const [index, door] of LOGIN_DOORS.entries()) {
        const username = `nobody${round}x${index}`
        const { status, headers } = await knock(site, door, { username, password: 'mistaken-walrus' })
        if (status !== 429) passed += 1
        else
          must(
            headers.some(([name]) => name === 'retry-after'),
            `${door.name} does not say when to come back`,
          )
      }
    }
    must(passed === 5, `${passed} guesses passed the limit of the source`)
    const [door] = LOGIN_DOORS
    if (door === undefined) throw new Error('there are no doors')
    const other = await knock(site, door, { username: 'x', password: 'mistaken-walrus', address: '198.51.100.7' })
    must(other.status === 400, `another source is answered ${other.status}`)
    return complaints
  }

  it('row 69: five passwords a minute are five over all doors together', async () => {
    expect(await guessEverywhere(limited({ passwordsPerAddress: { count: 5, perSeconds: 60 } }))).toEqual(HOLDS)
  })

  it('row 69, control: without the limit all pass', async () => {
    expect(await guessEverywhere(limited({}))).toEqual(saying('12 guesses passed'))
  })

  async function floodWithMails(options: SiteOptions): Promise<Complaints> {
    const site = openSite(options)
    await site.addUser('victim')
    for (const path of ['reset_password', 'reset_username']) {
      for (let index = 0; index < 6; index += 1) {
        const address = `198.51.100.${index}`
        await site.call(`POST users/${path}/`, { json: { email: 'victim@example.org' }, address })
      }
    }
    const { must, complaints } = judgement()
    const sent = (await site.mails()).length
    must(sent <= 5, `${sent} mails were sent`)
    must(sent > 0, 'no mail was sent')
    return complaints
  }

  it('row 82: from however many sources, an address gets only so many mails', async () => {
    expect(await floodWithMails(limited({ mailsPerRecipient: { count: 5, perSeconds: 3600 } }))).toEqual(HOLDS)
  })

  it('row 82, control: without the limit it gets them all', async () => {
    expect(await floodWithMails(limited({}))).toEqual(saying('12 mails were sent'))
  })
})

describe('hundreds of log-ins at once', () => {
  async function flood(options: SiteOptions): Promise<Complaints> {
    const site = openSite(options)
    const { token } = await site.member('bystander')
    const { must, complaints } = judgement()
    const attack = Array.from({ length: 200 }, (_, index) => {
      const door = LOGIN_DOORS[index % 2]
      if (door === undefined) throw new Error('there are no doors')
      return knock(site, door, { username: `nobody${index}`, password: 'x', address: `198.51.100.${index}` })
    })
    for (let index = 0; index < 10; index += 1) {
      const { status } = await site.call('GET users/me/', { token })
      must(status === 200, `somebody else is answered ${status}`)
    }
    const answers = await Promise.all(attack)
    const refused = answers.filter(({ status }) => status === 503)
    must(refused.length > 0, 'all of them were queued')
    must(
      refused.every(({ headers }) => headers.some(([name, value]) => name === 'retry-after' && Number(value) >= 1)),
      'a 503 does not say when to come back',
    )
    const odd = answers.filter(({ status }) => ![400, 401, 503].includes(status))
    must(odd.length === 0, `answered ${odd[0]?.status}`)
    must(answers.length > refused.length, 'none of them was judged')
    return complaints
  }

  const laneOf = (maxQueueSeconds: number) => {
    const lane = hashLane({ argon2: { memoryKiB: 8192, passes: 2, parallelism: 1 }, workers: 1, maxQueueSeconds })
    closing.push(() => lane.close())
    return { passwords: { hasher: lane } }
  }

  it('row 57: hold nobody else up, and are told to come back when there are too many', async () => {
    expect(await flood(laneOf(0.3))).toEqual(HOLDS)
  })

  it('row 57, control: a queue without an end is seen through', async () => {
    expect(await flood(laneOf(10_000))).toEqual(saying('all of them were queued'))
  })
})

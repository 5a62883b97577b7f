import { afterEach, describe, expect, it } from 'vitest'
import { hashLane } from '../../../../src/hashers/hash-lane.ts'
import { NO_RATE_LIMITS } from '../../../../src/testing/test-options.ts'
import { type Complaints, HOLDS, judgement, saying } from '../../../security/support/complaints.ts'
import { knock } from './doors.ts'
import type { DrfWorld, EngineOptions } from './drf-world.ts'
import type { GuardedDoor, GuardedWorld, WaysIn } from './guarded-door.ts'
import type { Ask } from './request.ts'

/** No limits but these. */
export const limited = (limits: object): EngineOptions => ({ rateLimits: { ...NO_RATE_LIMITS, ...limits } })

/** Rows 57, 69 and 82 of the attack table through a door, each with its control. */
export function floodSuite(door: GuardedDoor): void {
  sourceSuite(door)
  mailsSuite(door)
  crowdSuite(door)
}

function sourceSuite(door: GuardedDoor): void {
  describe('the passwords that one source may try', () => {
    it('row 69: five a minute are five over all doors together', async () => {
      const engine = limited({ passwordsPerAddress: { count: 5, perSeconds: 60 } })
      expect(await guessEverywhere(door, engine)).toEqual(HOLDS)
    })

    it('row 69, control: without the limit all pass', async () => {
      expect(await guessEverywhere(door, limited({}))).toEqual(saying('12 guesses passed'))
    })
  })
}

async function guessEverywhere({ open, loginDoors }: GuardedDoor, engine: EngineOptions): Promise<Complaints> {
  const world = open(engine)
  const { must, complaints } = judgement()
  let passed = 0
  for (let round = 0; round < 3; round += 1) {
    for (const [index, way] of loginDoors.entries()) {
      const username = `nobody${round}x${index}`
      const { status, headers } = await knock(world, way, { username, password: 'mistaken-walrus' })
      const saysWhen = headers.some(([name]) => name === 'retry-after')
      if (status === 429) must(saysWhen, `${way.name} does not say when to come back`)
      else passed += 1
    }
  }
  must(passed === 5, `${passed} guesses passed the limit of the source`)
  const other = { username: 'x', password: 'mistaken-walrus', address: '198.51.100.7' }
  const { status } = await knock(world, loginDoors[0], other)
  must(status === 400, `another source is answered ${status}`)
  return complaints
}

function mailsSuite(door: GuardedDoor): void {
  describe('what one address is mailed', () => {
    it('row 82: from however many sources, and by whatever way, only so many', async () => {
      const engine = limited({ mailsPerRecipient: { count: 5, perSeconds: 3600 } })
      expect((await floodWithMails(door, engine)).complaints).toEqual(HOLDS)
    })

    it('row 82, control: without the limit it gets them all', async () => {
      const { complaints, sent } = await floodWithMails(door, limited({}))
      expect(sent).toBeGreaterThanOrEqual(12)
      expect(complaints).toEqual([`${sent} mails were sent`])
    })
  })
}

async function floodWithMails(
  { openDiscreet, askForMails }: GuardedDoor,
  engine: EngineOptions,
): Promise<{ readonly complaints: Complaints; readonly sent: number }> {
  const world = openDiscreet(engine)
  const email = 'victim@example.org'
  await world.addUser('victim')
  for (let index = 0; index < 6; index += 1) {
    await askForMails(world, { username: 'victim', email, index, address: `198.51.100.${index}` })
  }
  const { must, complaints } = judgement()
  const sent = (await world.mails()).filter(({ to }) => to === email).length
  must(sent <= 5, `${sent} mails were sent`)
  must(sent > 0, 'no mail was sent')
  return { complaints, sent }
}

/** Row 57 alone. */
export function crowdSuite<W extends GuardedWorld>(door: WaysIn<W>): void {
  const closing: (() => Promise<void>)[] = []

  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  const laneOf = (maxQueueSeconds: number): EngineOptions => {
    const lane = hashLane({ argon2: { memoryKiB: 8192, passes: 2, parallelism: 1 }, workers: 1, maxQueueSeconds })
    closing.push(() => lane.close())
    return { passwords: { hasher: lane } }
  }

  describe('hundreds of log-ins at once', () => {
    it('row 57: hold nobody else up, and are told to come back when there are too many', async () => {
      expect(await crowd(door, laneOf(0.3))).toEqual(HOLDS)
    })

    it('row 57, control: a queue without an end is seen through', async () => {
      expect(await crowd(door, laneOf(10_000))).toEqual(saying('all of them were queued'))
    })
  })
}

async function crowd<W extends GuardedWorld>(
  { open, loginDoors, ownRow }: WaysIn<W>,
  engine: EngineOptions,
): Promise<Complaints> {
  const world = open(engine)
  const { token } = await world.member('bystander')
  const { must, complaints } = judgement()
  const attack = Array.from({ length: 200 }, (_, index) => {
    const way = loginDoors[index % 2] ?? loginDoors[0]
    return knock(world, way, { username: `nobody${index}`, password: 'x', address: `198.51.100.${index}` })
  })
  for (let index = 0; index < 10; index += 1) {
    const { status } = await world.call(ownRow, { token })
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

/** The links of a door, as somebody tries them who was mailed none. */
export interface ProbedLinks {
  /** Asks for a link of a reset, and gives what may be done with it. */
  readonly ask: (world: DrfWorld, username: string) => Promise<ProbedLink>
}

export interface ProbedLink {
  /** The link with a secret that nobody was mailed; a weak password does not make the look at it a free one. */
  readonly forged: (password: 'weak' | 'good') => Ask
  /** The same secret where other links go. */
  readonly elsewhere: readonly Ask[]
  /** The link as it was mailed. */
  readonly genuine: (password: 'weak' | 'good') => Ask
}

/** How many wrong links one source may try. */
export function linksSuite(door: Pick<GuardedDoor, 'open'>, links: ProbedLinks): void {
  describe('the links that one source may try', () => {
    it('W16: three wrong ones of any kind are enough, and a good one is good all the same', async () => {
      const engine = limited({ codesPerAddress: { count: 3, perSeconds: 60 } })
      expect(await probeLinks(door.open(engine), links)).toEqual(HOLDS)
    })

    it('W16, control: without the limit any number is looked at', async () => {
      expect(await probeLinks(door.open(limited({})), links)).toEqual(saying('answered 400,400,400,400'))
    })
  })
}

async function probeLinks(world: DrfWorld, links: ProbedLinks): Promise<Complaints> {
  await world.addUser('victim')
  const link = await links.ask(world, 'victim')
  const { must, complaints } = judgement()
  const statuses: number[] = []
  for (const password of ['weak', 'good', 'weak', 'good'] as const) {
    statuses.push((await world.call(...link.forged(password))).status)
  }
  must(statuses.join() === '400,400,400,429', `answered ${statuses}`)
  for (const sent of link.elsewhere) {
    const { status } = await world.call(...sent)
    must(status === 429, `${sent[0]} answered ${status}`)
  }
  // Whoever has a good link does not suffer from it, also where the password is refused at first.
  const refused = await world.call(...link.genuine('weak'))
  must(refused.status === 400, `a good link with a short password is answered ${refused.status}`)
  const { status } = await world.call(...link.genuine('good'))
  must(status < 300, `a good link is answered ${status}`)
  return complaints
}

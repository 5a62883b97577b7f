import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { closeSites, PASSWORD, randomSecret, temporaryDatabase } from './support/open-site.ts'
import { type HttpCall, race } from './support/send-http.ts'
import type { ServerSettings } from './support/server-messages.ts'
import { type ServerProcess, startPair, startServer } from './support/start-server.ts'

afterEach(closeSites)

// Each test starts processes of its own.
vi.setConfig({ testTimeout: 60_000 })

/** The default is five seconds; a machine that is busy with other tests may need more for a hundred of them. */
const PATIENT = { lockout: { maxWaitMilliseconds: 20_000 } } as const

/** A gate that does not wait for guesses that are being judged. */
const IMPATIENT = { lockout: { maxWaitMilliseconds: 1 } } as const

/** Two server processes on one database file, and a user `victim`. */
async function startWithVictim(settings: Partial<ServerSettings>): Promise<readonly ServerProcess[]> {
  const shared: ServerSettings = {
    database: temporaryDatabase(),
    secret: randomSecret(),
    startsAt: '2026-03-01T12:00:00Z',
    delayMilliseconds: 20,
    ...settings,
  }
  const pair = await startPair(shared)
  await pair[0].ask({ ask: 'createUser', username: 'victim', email: 'victim@example.org', password: PASSWORD })
  return pair
}

/** `count` log-ins as `victim`, by name and by address in turn, spread over the processes. */
function logins(
  servers: readonly ServerProcess[],
  count: number,
  password: (index: number) => string,
): readonly HttpCall[] {
  const spellings = ['victim', 'victim@example.org', 'VICTIM', 'Victim@Example.ORG']
  return Array.from({ length: count }, (_, index) => ({
    port: servers[index % servers.length]?.port ?? 0,
    method: 'POST',
    path: '/api/login',
    body: { identifier: spellings[Math.floor(index / 2) % spellings.length], password: password(index) },
  }))
}

async function judgedBy(servers: readonly ServerProcess[]): Promise<number> {
  const counts = await Promise.all(servers.map((server) => server.ask({ ask: 'judged' })))
  return counts.reduce((sum, count) => sum + count, 0)
}

describe('wrong guesses that arrive together', () => {
  async function raceWrongGuesses(settings: Partial<ServerSettings>): Promise<Complaints> {
    const servers = await startWithVictim(settings)
    const { must, complaints } = judgement()
    const answers = await race(logins(servers, 100, (index) => `mistaken-walrus-${index}`))
    const judged = await judgedBy(servers)
    must(judged <= 3, `${judged} guesses were judged`)
    must(judged >= 3, `only ${judged} guesses were judged`)
    must(
      answers.every(({ status }) => status === 401),
      `answered ${[...new Set(answers.map(({ status }) => status))]}`,
    )
    for (const server of servers) {
      const answer = await server.post('/login', { identifier: 'victim', password: PASSWORD })
      must(answer.status === 401, 'the right password opened a locked user')
    }
    must((await judgedBy(servers)) === judged, 'a guess was judged during the lock')
    return complaints
  }

  it('row 66: a hundred parallel wrong guesses over two processes evaluate three', async () => {
    expect(await raceWrongGuesses({})).toEqual(HOLDS)
  })

  it('row 66, control: counting that reads and writes in two steps is seen through', async () => {
    expect(await raceWrongGuesses({ throttles: 'racy', options: IMPATIENT })).toEqual(saying('guesses were judged'))
  })

  it('row 66, control: counting in each process alone is seen through', async () => {
    expect(await raceWrongGuesses({ throttles: 'process' })).toEqual(saying('6 guesses were judged'))
  })
})

describe('right passwords that arrive together', () => {
  async function raceRightPasswords(settings: Partial<ServerSettings>): Promise<Complaints> {
    const servers = await startWithVictim(settings)
    const { must, complaints } = judgement()
    const answers = await race(logins(servers, 100, () => PASSWORD))
    const refused = answers.filter(({ status }) => status !== 200)
    must(refused.length === 0, `${refused.length} were refused, such as with ${refused[0]?.status}`)
    const tokens = new Set(answers.map(({ json }) => json['token']))
    must(tokens.size === answers.length, 'two log-ins share a token')
    return complaints
  }

  it('row 66: a hundred parallel right passwords over two processes all pass', async () => {
    expect(await raceRightPasswords({ delayMilliseconds: 0, options: PATIENT })).toEqual(HOLDS)
  })

  it('row 66, control: a gate that does not wait for a slot is seen through', async () => {
    expect(await raceRightPasswords({ options: IMPATIENT })).toEqual(saying('were refused'))
  })
})

describe('counts that outlive a process', () => {
  async function guessAcrossProcesses(settings: Partial<ServerSettings>): Promise<Complaints> {
    const { must, complaints } = judgement()
    const shared: ServerSettings = {
      database: temporaryDatabase(),
      secret: randomSecret(),
      startsAt: '2026-03-01T12:00:00Z',
      ...settings,
    }
    const wrong = (server: ServerProcess) =>
      server.post('/login', { identifier: 'victim', password: 'mistaken-walrus' })
    const first = await startServer(shared)
    await first.ask({ ask: 'createUser', username: 'victim', email: 'victim@example.org', password: PASSWORD })
    await wrong(first)
    await first.kill()
    const [restarted, beside] = await startPair(shared)
    await wrong(restarted)
    await wrong(beside)
    for (const server of [restarted, beside, await startServer(shared)]) {
      const before = await server.ask({ ask: 'judged' })
      const { status } = await server.post('/login', { identifier: 'victim', password: PASSWORD })
      must(status === 401, 'a process does not know of the lock')
      must((await server.ask({ ask: 'judged' })) === before, 'a process judged a guess during the lock')
    }
    return complaints
  }

  it('row 76: guesses before a restart and in another process add up to one lock, which outlives restarts', async () => {
    expect(await guessAcrossProcesses({})).toEqual(HOLDS)
  })

  it('row 76, control: counting in each process alone is seen through', async () => {
    expect(await guessAcrossProcesses({ throttles: 'process' })).toEqual(saying('does not know of the lock'))
  })
})

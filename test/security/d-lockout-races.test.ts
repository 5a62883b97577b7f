import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { IMPATIENT, PATIENT, raceRightPasswords, raceWrongGuesses } from './support/lockout-races.ts'
import { closeSites, PASSWORD, randomSecret, temporaryDatabase } from './support/open-site.ts'
import type { ServerSettings } from './support/server-messages.ts'
import { type ServerProcess, startPair, startServer } from './support/start-server.ts'

afterEach(closeSites)

// Each test starts processes of its own.
vi.setConfig({ testTimeout: 60_000 })

describe('wrong guesses that arrive together', () => {
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

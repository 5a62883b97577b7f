/**
 * Kills a server under load, as a crash or the power switch does, and asks a fresh one for everything that was
 * acknowledged.
 */

import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { isFilled, type Ledger, loadUntilDeath, newLedger } from './support/crash-load.ts'
import { closeSites, PASSWORD, randomSecret, temporaryDatabase } from './support/open-site.ts'
import type { ServerSettings } from './support/server-messages.ts'
import { type ServerProcess, startServer } from './support/start-server.ts'

afterEach(closeSites)

const USERS = ['ann', 'ben', 'cem', 'dora']

/** A killed process leaves guesses behind that nobody settles; their lease is over when the next one starts. */
const startOf = (round: number): string => new Date(Date.UTC(2026, 2, 1, 12, round)).toISOString()

async function crash(database: string, rounds: number): Promise<Complaints> {
  const settings: ServerSettings = {
    database,
    secret: randomSecret(),
    startsAt: startOf(0),
    options: { login: { emailMustBeVerified: false }, lockout: { maxFailures: 1000, maxFailuresPerAddress: 100_000 } },
  }
  const passwords: Ledger['passwords'] = new Map()
  let server = await startServer(settings)
  for (const username of USERS) {
    await server.ask({ ask: 'createUser', username, email: `${username}@example.org`, password: PASSWORD })
    passwords.set(username, [PASSWORD])
  }
  const complaints: string[] = []
  for (let round = 1; round <= rounds; round += 1) {
    const ledger = newLedger(passwords)
    const load = loadUntilDeath(server, ledger, round)
    while (!isFilled(ledger)) await sleep(5)
    await sleep(Math.random() * 300)
    await server.kill()
    await load
    server = await startServer({ ...settings, startsAt: startOf(round) })
    complaints.push(...(await complainOfLosses(server, ledger)), ...complainOfFile(database))
  }
  return complaints
}

async function complainOfLosses(server: ServerProcess, ledger: Ledger): Promise<Complaints> {
  const { must, complaints } = judgement()
  const statusOfLogin = async (identifier: string, password: string): Promise<number> =>
    (await server.post('/login', { identifier, password })).status
  const statusOfMe = async (token: string): Promise<number> =>
    (await server.get('/me', { authorization: `Bearer ${token}` })).status
  for (const [username, password] of ledger.registered) {
    must((await statusOfLogin(username, password)) === 200, `the registration of ${username} is lost`)
  }
  for (const [username, possible] of ledger.passwords) {
    const inForce: string[] = []
    for (const password of possible) if ((await statusOfLogin(username, password)) === 200) inForce.push(password)
    must(inForce.length === 1, `of ${possible.length} possible passwords of ${username} ${inForce.length} log in`)
    ledger.passwords.set(username, inForce)
    const replaced = ledger.replaced.get(username)
    const isBack = replaced !== undefined && (await statusOfLogin(username, replaced)) === 200
    must(!isBack || inForce.includes(replaced), `a replaced password of ${username} is back`)
  }
  for (const token of ledger.liveTokens) must((await statusOfMe(token)) === 200, 'a session that was begun is lost')
  for (const token of ledger.endedTokens) must((await statusOfMe(token)) === 401, 'a session that was ended is back')
  return complaints
}

function complainOfFile(path: string): Complaints {
  const { must, complaints } = judgement()
  const database = new DatabaseSync(path)
  const found = database.prepare('PRAGMA integrity_check').all()
  database.close()
  must(JSON.stringify(found) === '[{"integrity_check":"ok"}]', `the file is damaged: ${JSON.stringify(found)}`)
  return complaints
}

describe('a server that is killed under load', () => {
  it('keeps every registration, password and revocation that it acknowledged', async () => {
    expect(await crash(temporaryDatabase(), 6)).toEqual(HOLDS)
  }, 120_000)

  it('control: one that keeps everything in memory is seen through', async () => {
    expect(await crash(':memory:', 1)).toEqual(saying('is lost'))
  })
})

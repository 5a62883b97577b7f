import { type Complaints, judgement } from './complaints.ts'
import { PASSWORD, randomSecret, temporaryDatabase } from './open-site.ts'
import { type HttpCall, race } from './send-http.ts'
import type { ServerSettings } from './server-messages.ts'
import { type ServerProcess, startPair } from './start-server.ts'

/** The default is five seconds; a machine that is busy with other tests may need more for a hundred of them. */
export const PATIENT = { lockout: { maxWaitMilliseconds: 20_000 } } as const

/** A gate that does not wait for guesses that are being judged. */
export const IMPATIENT = { lockout: { maxWaitMilliseconds: 1 } } as const

/** Two server processes on one database, and a user `victim`. */
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

/** A hundred wrong passwords at once: three of them are judged, in all, and then the user is locked. */
export async function raceWrongGuesses(settings: Partial<ServerSettings>): Promise<Complaints> {
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

/** A hundred right passwords at once: all of them are let in. */
export async function raceRightPasswords(settings: Partial<ServerSettings>): Promise<Complaints> {
  const servers = await startWithVictim(settings)
  const { must, complaints } = judgement()
  const answers = await race(logins(servers, 100, () => PASSWORD))
  const refused = answers.filter(({ status }) => status !== 200)
  must(refused.length === 0, `${refused.length} were refused, such as with ${refused[0]?.status}`)
  const tokens = new Set(answers.map(({ json }) => json['token']))
  must(tokens.size === answers.length, 'two log-ins share a token')
  return complaints
}

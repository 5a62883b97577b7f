/**
 * Portress on `node:http`, as a program of the benchmark: `server.js <database>`, a file or the URL of a
 * PostgreSQL database.
 *
 * Real costs: a database that lasts, durable writes, Argon2id as it comes. Not counted: limits per source address, because all load
 * comes from one. Work may wait for a minute, so that a flood is worked off and not refused.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import process from 'node:process'
import { createAuth } from '../../src/create-auth.ts'
import { toNodeListener } from '../../src/hosts/node.ts'
import { postgres } from '../../src/stores/postgres/index.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { account, ORIGIN } from './accounts.ts'
import { answerQuestions } from './answer-questions.ts'
import { usage } from './usage.ts'

const [database = ':memory:'] = process.argv.slice(2)

const auth = createAuth({
  store: database.startsWith('postgres:') ? postgres(database) : sqlite(database),
  secrets: ['ZcV6mX9pT2rWq8Jd4KfLh7Nb3Gs5Yt1U'],
  site: { name: 'Benchmark', origin: ORIGIN },
  environment: 'development',
  lockout: { maxFailuresPerAddress: 1_000_000, maxWaitMilliseconds: 60_000 },
  passwords: { maxQueueSeconds: 60 },
  rateLimits: {
    mailsPerRecipient: false,
    mailsPerAddress: false,
    registrationsPerAddress: false,
    passwordsPerAddress: false,
    codesPerAddress: false,
    changesPerUser: false,
    exportsPerUser: false,
  },
})
await auth.migrate()

const server = createServer(toNodeListener(auth.fetch))
server.listen(0, '127.0.0.1')
await once(server, 'listening')

async function createUsers(count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, number) => number)
  await Promise.all(numbers.map((number) => auth.createUser({ ...account(number), passwordCheck: 'enforced' })))
}

function port(): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port')
  return address.port
}

const answers = { port, usage, createUsers }

export type ServerAnswers = typeof answers

// Closing writes the log of the database back into its one file, which is then copied.
answerQuestions(answers, () => auth.close())

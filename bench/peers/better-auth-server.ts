/**
 * better-auth on `node:http`, as a program of the benchmark: `better-auth-server.ts <database file>`.
 *
 * The same work as for Portress: SQLite through `node:sqlite`, durable writes, Argon2id with the same parameters from the same package, no
 * rate limits. What else is set is what its own documentation begins with.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import process from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { hash, verify } from '@node-rs/argon2'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { account, ORIGIN } from '../support/accounts.ts'
import { answerQuestions } from '../support/answer-questions.ts'
import { usage } from '../support/usage.ts'

const [path = ':memory:'] = process.argv.slice(2)

const database = new DatabaseSync(path)
// As Portress has it.
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const options = {
  database,
  baseURL: ORIGIN,
  basePath: '/api/auth',
  secret: 'ZcV6mX9pT2rWq8Jd4KfLh7Nb3Gs5Yt1U',
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password: string) => hash(password, COST),
      verify: (given: { readonly hash: string; readonly password: string }) => verify(given.hash, given.password),
    },
  },
}
const auth = betterAuth(options)
const { runMigrations } = await getMigrations(options)
await runMigrations()

const server = createServer(toNodeHandler(auth))
server.listen(0, '127.0.0.1')
await once(server, 'listening')

async function createUsers(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const { username, email, password } = account(number)
    await auth.api.signUpEmail({ body: { name: username, email, password } })
  }
}

function port(): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port')
  return address.port
}

answerQuestions({ port, usage, createUsers }, () => database.close())

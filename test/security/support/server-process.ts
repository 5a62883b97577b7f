/**
 * A server of its own, started by `startServer` to race against another one on the same database. Where a request
 * comes from is what `X-Forwarded-For` says, because this machine is configured as the proxy.
 */

import { createServer } from 'node:http'
import { flushCompileCache } from 'node:module'
import process from 'node:process'
import { type AuthOptions, createAuth } from '../../../src/create-auth.ts'
import { toNodeListener } from '../../../src/hosts/node.ts'
import { fakeClock } from '../../../src/testing/fake-clock.ts'
import { memoryMailer } from '../../../src/testing/memory-mailer.ts'
import { quickHasher } from '../../../src/testing/quick-hasher.ts'
import { NO_RATE_LIMITS } from '../../../src/testing/test-options.ts'
import { redisThrottles } from '../../../src/throttles/redis/index.ts'
import { storeAt } from '../../support/store-at.ts'
import { countingHasher } from './counting-hasher.ts'
import { delayedHasher } from './delayed-hasher.ts'
import { ORIGIN } from './open-site.ts'
import type { AnswerTo, NumberedQuestion, Question, ServerMessage, ServerSettings } from './server-messages.ts'
import { processThrottles, racyThrottles, sqliteThrottles } from './throttle-stand-ins.ts'

const settings = JSON.parse(process.argv[2] ?? '{}') as ServerSettings
const clock = fakeClock(settings.startsAt)
const mailer = memoryMailer()
const hasher = countingHasher(delayedHasher(quickHasher(), settings.delayMilliseconds ?? 0))
const auth = createAuth({
  store: storeAt(settings.database),
  secrets: [settings.secret],
  site: { name: 'Acme', origin: ORIGIN },
  clock,
  mailer,
  passwords: { hasher },
  rateLimits: NO_RATE_LIMITS,
  trustedProxies: ['127.0.0.1'],
  ...throttlesOf(settings),
  ...settings.options,
})

// The test is gone: nobody would end this process any more.
process.on('disconnect', () => process.exit(0))
process.on('message', ({ number, question }: NumberedQuestion) => {
  answerTo(question).then(
    (value) => tell({ kind: 'answer', number, value }),
    (error: unknown) => tell({ kind: 'failure', number, text: String(error) }),
  )
})

await auth.migrate()
// It is killed in the end, and would leave nothing compiled for the next one.
flushCompileCache()
const server = createServer(toNodeListener(auth.fetch))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) tell({ kind: 'ready', port: address.port })
})

function tell(message: ServerMessage): void {
  process.send?.(message)
}

async function answerTo(question: Question): Promise<AnswerTo[keyof AnswerTo]> {
  switch (question.ask) {
    case 'judged':
      return hasher.guesses()
    case 'mails':
      await auth.flush()
      return mailer.sent
    case 'advance':
      clock.advance(question.span)
      return null
    case 'createUser': {
      const { username, email, password } = question
      return Number((await auth.createUser({ username, email, password, passwordCheck: 'enforced' })).id)
    }
    case 'disable':
      await auth.setStatus({ userId: question.userId, status: 'disabled' })
      return null
  }
}

function throttlesOf({ throttles, database }: ServerSettings): Pick<AuthOptions, 'throttles'> {
  if (throttles?.startsWith('redis:')) return { throttles: redisThrottles(throttles) }
  if (throttles === 'process') return { throttles: processThrottles() }
  if (throttles !== 'racy') return {}
  return { throttles: racyThrottles(sqliteThrottles(database)) }
}

/**
 * The least that can be called a JSON server: `bare-server.js <JSON text>`. It writes the same document for each
 * request, anew each time, as a program would that has nothing to look up.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import process from 'node:process'
import { answerQuestions } from './answer-questions.ts'
import { usage } from './usage.ts'

const body: unknown = JSON.parse(process.argv[2] ?? '{}')

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
})
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1')
await once(server, 'listening')

function port(): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port')
  return address.port
}

const answers = { port, usage }

export type BareServerAnswers = typeof answers

answerQuestions(answers)

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startChild } from '../../bench/support/child.ts'
import type { LoadAnswers } from '../../bench/support/load-generator.ts'
import type { Row } from '../../bench/support/row.ts'
import { hasPostgres } from '../support/postgres-server.ts'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

const bench = (...args: readonly string[]) => run(process.execPath, [join(root, 'bench/run.ts'), '--sources', ...args])

const listRows = (engine: string) =>
  ['first page', 'search', 'filter'].map((what) => [
    `list of users in the admin, ${engine}: ${what}, many ÷ few`,
    'ratio',
  ])

describe('npm run bench', () => {
  it('measures everything and prints a number for each row', { timeout: 240_000 }, async () => {
    const { stdout } = await bench('--quick', '--json')
    const { rows, node } = JSON.parse(stdout) as { readonly rows: readonly Row[]; readonly node: string }
    expect(node).toBe(process.versions.node)
    // Peers are measured only where somebody has installed them.
    const ours = rows.filter(({ target }) => target !== null)
    expect(ours.map(({ name, unit }) => [name, unit])).toEqual([
      ['authenticated GET of the current user: bare CPU ÷ ours', 'ratio'],
      ...(hasPostgres() ? [['authenticated GET of the current user, PostgreSQL: bare CPU ÷ ours', 'ratio']] : []),
      ['log-in: raw Argon2id CPU ÷ ours', 'ratio'],
      ['registration: raw Argon2id CPU ÷ ours', 'ratio'],
      ['authenticated GET /api/me, SQLite, 1 M users ÷ 1 k: CPU', 'ratio'],
      ...(hasPostgres() ? [['authenticated GET /api/me, PostgreSQL, 1 M users ÷ 1 k: CPU', 'ratio']] : []),
      ['token checks while 64 connections log in: rate kept', 'ratio'],
      ['token checks while 64 connections log in: p99', 'ms'],
      ['memory with 64 log-ins under way', 'MiB'],
      ['start-up until the first answer: ours ÷ bare', 'ratio'],
      ['idle memory', 'MiB'],
      ...listRows('SQLite'),
      ...(hasPostgres() ? listRows('PostgreSQL') : []),
    ])
    // A flood on a busy machine may leave nothing of a rate in half a second.
    for (const { name, value } of rows) expect(value >= 0 && value < Number.POSITIVE_INFINITY, name).toBe(true)
  })

  it('names the measurements when it is asked for another', async () => {
    await expect(bench('--quick', 'coffee')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no measurement called coffee.*current-user/s),
    })
  })
})

describe('the load generator', () => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/ok' ? 200 : 503).end('what came back')
  })
  let load: Awaited<ReturnType<typeof startChild<LoadAnswers>>>

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    load = await startChild<LoadAnswers>({ script: join(root, 'bench/support/load-generator.ts'), core: null })
  })

  afterAll(async () => {
    await load.stop()
    server.close()
  })

  const send = (path: string) => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port')
    return load.ask('send', {
      port: address.port,
      connections: 3,
      requests: [`GET ${path} HTTP/1.1\r\nHost: bench.test\r\n\r\n`],
      expectedStatus: 200,
      until: { answers: 20 },
    })
  }

  it('sends as many requests as it is told to', async () => {
    await expect(send('/ok')).resolves.toMatchObject({ answers: 20 })
  })

  it('gives up at the first answer with another status, and says what it was', async () => {
    await expect(send('/busy')).rejects.toThrow(/answered 503 and not 200.*what came back/s)
  })
})

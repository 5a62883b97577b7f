import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

/** Where Debian's package puts its versions. */
const VERSIONS = '/usr/lib/postgresql'

/** Whether tests on PostgreSQL can run. With `CI` they do, and fail where there is none. */
export const hasPostgres = (): boolean => findPrograms() !== null || Boolean(process.env['CI'])

/** A server of its own, on an empty cluster in a temporary folder. */
export interface PostgresServer {
  /** Of a database that is there. */
  url(database: string): string
  /** The URL of a new database. */
  createDatabase(): Promise<string>
  /** Ends at once, as a crash does: no connection is told. */
  crash(): Promise<void>
  /** Ends in order: connections are told, and nothing of what was committed is lost. */
  shutDown(): Promise<void>
  /** Starts again what was ended. */
  start(): Promise<void>
  /** Ends for good and leaves nothing behind. */
  remove(): Promise<void>
}

/** @param settings of the server, such as `max_connections=20` */
export async function startPostgres(settings: readonly string[] = []): Promise<PostgresServer> {
  const programs = findPrograms()
  if (programs === null) throw new Error(`there is no PostgreSQL under ${VERSIONS}`)
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'portress-postgres-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const initialize = ['-D', data, '-U', 'portress', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']
  execFileSync(join(programs, 'initdb'), initialize, { ...user, cwd: folder, stdio: 'ignore' })
  const port = await freePort()
  const url = (database: string) => `postgres://portress@127.0.0.1:${port}/${database}`
  const options = ['-D', data, '-p', String(port), '-k', folder, '-h', '127.0.0.1']
  const given = [...DEFAULTS, ...settings].flatMap((setting) => ['-c', setting])
  let server: ChildProcess | null = null
  let databases = 0
  async function start(): Promise<void> {
    server = spawn(join(programs ?? '', 'postgres'), [...options, ...given], { ...user, cwd: folder, stdio: 'ignore' })
    process.once('exit', () => server?.kill('SIGQUIT'))
    await untilReady(url('postgres'))
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = server
    server = null
    if (ending === null || ending.exitCode !== null) return
    ending.kill(signal)
    await once(ending, 'exit')
  }
  await start()
  return {
    url,
    async createDatabase() {
      databases += 1
      const name = `test_${databases}`
      await runSql(url('postgres'), `CREATE DATABASE ${name} STRATEGY file_copy`)
      return url(name)
    },
    start,
    crash: () => end('SIGQUIT'),
    shutDown: () => end('SIGINT'),
    async remove() {
      await end('SIGQUIT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs statements on a connection of their own, and gives the rows of the last one. */
export async function runSql(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url })
  // A test may end the server under it; what is asked next says so.
  client.on('error', () => undefined)
  await client.connect()
  try {
    // Several statements give a list, which the driver's types do not know.
    const results: unknown = await client.query(sql)
    const last = (Array.isArray(results) ? results.at(-1) : results) as { readonly rows: unknown }
    return last.rows as readonly Readonly<Record<string, unknown>>[]
  } finally {
    await client.end()
  }
}

/** Nothing here has to outlive the machine. A server that is full of connections of one test still serves the next. */
const DEFAULTS: readonly string[] = ['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB', 'max_connections=60']

function findPrograms(): string | null {
  if (!existsSync(VERSIONS)) return null
  const newestFirst = readdirSync(VERSIONS).sort((one, other) => Number(other) - Number(one))
  const folders = newestFirst.map((version) => join(VERSIONS, version, 'bin'))
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null
}

/** PostgreSQL refuses to run as root; the package has made a user for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const idOf = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new TypeError('there is no free port')
  return address.port
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await runSql(url, 'SELECT 1')
      return
    } catch (error) {
      if (tries === MAX_TRIES) throw error
      await sleep(50)
    }
  }
}

const MAX_TRIES = 600

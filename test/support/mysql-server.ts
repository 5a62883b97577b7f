import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { splitScript } from '../../src/stores/mysql/split-script.ts'

/** Where Debian's packages put MariaDB. */
const SERVER = '/usr/sbin/mariadbd'
const INSTALLER = '/usr/bin/mariadb-install-db'

/** Whether tests on MariaDB can run. With `CI` they do, and fail where there is none. */
export const hasMysql = (): boolean => existsSync(SERVER) || Boolean(process.env['CI'])

/** A server of its own, with empty databases in a temporary folder. */
export interface MysqlServer {
  /** Of a database that is there, for a user with no more rights than an application needs. */
  url(database: string): string
  /** The name of a new database. */
  newDatabase(): Promise<string>
  /** The URL of a new database. */
  createDatabase(): Promise<string>
  /** Runs statements with all rights, past the store. */
  asRoot(sql: string): Promise<readonly SqlRow[]>
  /** Ends at once, as a crash does: no connection is told. */
  crash(): Promise<void>
  /** Ends in order: connections are told, and nothing of what was committed is lost. */
  shutDown(): Promise<void>
  /** Starts again what was ended. */
  start(): Promise<void>
  /** Ends for good and leaves nothing behind. */
  remove(): Promise<void>
}

export type SqlRow = Readonly<Record<string, unknown>>

/** @param settings of the server, such as `--max-connections=20` */
export async function startMysql(settings: readonly string[] = []): Promise<MysqlServer> {
  if (!existsSync(SERVER)) throw new Error(`there is no MariaDB at ${SERVER}`)
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'portress-mysql-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  execFileSync(INSTALLER, ['--no-defaults', `--datadir=${data}`, ...INSTALL], { ...user, cwd: folder, stdio: 'pipe' })
  const port = await freePort()
  const urlFor = (name: string, database: string) => `mysql://${name}@127.0.0.1:${port}/${database}`
  const url = (database: string) => urlFor('portress', database)
  const asRoot = (sql: string) => runSql(urlFor('root', 'mysql'), sql)
  const options = [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    `--socket=${join(folder, 'socket')}`,
    // Servers that share a folder for temporary tables take each other's.
    `--tmpdir=${folder}`,
  ]
  let server: ChildProcess | null = null
  let databases = 0
  async function start(): Promise<void> {
    server = spawn(SERVER, [...options, ...DEFAULTS, ...settings], { ...user, cwd: folder, stdio: 'ignore' })
    process.once('exit', () => server?.kill('SIGKILL'))
    await untilReady(() => asRoot('SELECT 1'))
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = server
    server = null
    if (ending === null || ending.exitCode !== null) return
    ending.kill(signal)
    await once(ending, 'exit')
  }
  async function newDatabase(): Promise<string> {
    databases += 1
    await asRoot(`CREATE DATABASE test_${databases}`)
    return `test_${databases}`
  }
  await start()
  await asRoot('CREATE USER portress@localhost; GRANT ALL ON `test\\_%`.* TO portress@localhost')
  return {
    url,
    asRoot,
    newDatabase,
    createDatabase: async () => url(await newDatabase()),
    start,
    crash: () => end('SIGKILL'),
    shutDown: () => end('SIGTERM'),
    async remove() {
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs statements on a connection of their own, and gives the rows of the last one. */
export async function runSql(url: string, sql: string): Promise<readonly SqlRow[]> {
  const connection = await createConnection({ uri: url, timezone: 'Z' })
  // A test may end the server under it; what is asked next says so.
  connection.on('error', () => undefined)
  try {
    let rows: unknown = []
    for (const statement of splitScript(sql)) [rows] = await connection.query(statement)
    return Array.isArray(rows) ? (rows as SqlRow[]) : []
  } finally {
    connection.destroy()
  }
}

/** Nothing here has to outlive the machine. */
const UNSAFE_AND_FAST = [
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-flush-method=nosync',
  '--innodb-log-file-size=8M',
  '--debug-no-sync',
  // Its slots are few, and several servers run side by side.
  '--skip-innodb-use-native-aio',
]

const INSTALL = ['--auth-root-authentication-method=normal', '--skip-test-db', ...UNSAFE_AND_FAST]

/**
 * The worst that a server may come with: a character set that lacks most characters, a collation in which `a` is `Á` and trailing
 * spaces do not count, and a mode in which what is too long is cut off. The store must not mind.
 */
const HOSTILE = [
  '--character-set-server=latin1',
  '--collation-server=latin1_swedish_ci',
  '--sql-mode=',
  '--default-time-zone=+05:45',
]

const DEFAULTS = [
  '--bind-address=127.0.0.1',
  '--skip-log-bin',
  '--innodb-file-per-table=0',
  '--innodb-stats-persistent=0',
  '--performance-schema=off',
  '--innodb-buffer-pool-size=32M',
  '--max-connections=80',
  ...UNSAFE_AND_FAST,
  ...HOSTILE,
]

/** MariaDB should not run as root; the package has made a user for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const idOf = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, 'mysql'], { encoding: 'utf8' }))
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

async function untilReady(ask: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await ask()
      return
    } catch (error) {
      if (tries === MAX_TRIES) throw error
      await sleep(20)
    }
  }
}

const MAX_TRIES = 1500

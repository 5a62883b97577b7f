import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Db, MongoClient } from 'mongodb'
import { freePort } from './free-port.ts'
import { type MongoFront, startMongoFront } from './mongo-front.ts'

/** Whether tests on MongoDB can run. With `CI` they do, and fail where there is no server. */
export const hasMongodb = (): boolean => findProgram() !== null || Boolean(process.env['CI'])

/** A server of its own, on an empty temporary folder: MongoDB's, or another that speaks its protocol. */
export interface MongodbServer {
  /** Of a database, which is there as soon as something is written to it. */
  url(database: string): string
  /** The same past what stands in front of the server. */
  directUrl(database: string): string
  /** The URL of a new database. */
  createDatabase(): string
  /** What stands in front of the server. */
  readonly front: MongoFront
  /** Ends at once, as a crash does: no connection is told. */
  crash(): Promise<void>
  /** Ends in order. */
  shutDown(): Promise<void>
  /** Starts again what was ended. */
  start(): Promise<void>
  /** Ends for good and leaves nothing behind. */
  remove(): Promise<void>
}

export async function startMongodb(): Promise<MongodbServer> {
  const program = findProgram()
  if (program === null) throw new Error('there is no mongod or ferretdb on the path, and TEST_FERRETDB names none')
  const folder = mkdtempSync(join(tmpdir(), 'portress-mongodb-'))
  const port = await freePort()
  const front = await startMongoFront(port)
  const url = (database: string) => `mongodb://127.0.0.1:${front.port}/${database}`
  let server: ChildProcess | null = null
  let databases = 0
  async function start(): Promise<void> {
    server = spawn(program ?? '', optionsOf(program ?? '', folder, port), { cwd: folder, stdio: 'ignore' })
    await untilReady(url('admin'))
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = server
    server = null
    if (ending === null || ending.exitCode !== null) return
    ending.kill(signal)
    await once(ending, 'exit')
  }
  process.once('exit', () => server?.kill('SIGKILL'))
  await start()
  return {
    url,
    directUrl: (database) => `mongodb://127.0.0.1:${port}/${database}`,
    front,
    createDatabase() {
      databases += 1
      return url(`test_${databases}`)
    },
    start,
    crash: () => end('SIGKILL'),
    shutDown: () => end('SIGINT'),
    async remove() {
      await end('SIGKILL')
      await front.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Works past the store, on a connection of its own. */
export async function withDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 1000 })
  try {
    return await work(client.db())
  } finally {
    await client.close()
  }
}

function findProgram(): string | null {
  const named = process.env['TEST_FERRETDB']
  if (named) return existsSync(named) ? named : null
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const programs = ['mongod', 'ferretdb'].flatMap((name) => folders.map((folder) => join(folder, name)))
  return programs.find((path) => existsSync(path)) ?? null
}

function optionsOf(program: string, folder: string, port: number): readonly string[] {
  if (basename(program).startsWith('mongod')) {
    return ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket']
  }
  return [
    '--handler=sqlite',
    // Nothing here has to outlive the machine.
    `--sqlite-url=file:${folder}/?_pragma=synchronous(0)`,
    `--state-dir=${folder}`,
    `--listen-addr=127.0.0.1:${port}`,
    '--debug-addr=-',
    '--telemetry=disable',
    '--log-level=error',
  ]
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await withDatabase(url, (db) => db.command({ ping: 1 }))
      return
    } catch (error) {
      if (tries === MAX_TRIES) throw error
      await sleep(50)
    }
  }
}

const MAX_TRIES = 60

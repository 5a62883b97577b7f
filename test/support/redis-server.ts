import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'redis'
import { freePort } from './free-port.ts'

/** Where Debian's package puts it. */
const PROGRAM = '/usr/bin/redis-server'

/** Whether tests on Redis can run. With `CI` they do, and fail where there is none. */
export const hasRedis = (): boolean => existsSync(PROGRAM) || Boolean(process.env['CI'])

/** A server of its own that keeps what it has in a temporary folder. */
export interface RedisServer {
  readonly url: string
  readonly port: number
  /** Sends a command over a connection of its own. */
  command(...words: readonly string[]): Promise<unknown>
  /** Ends at once, as a crash does. */
  crash(): Promise<void>
  /** Ends in order: what was written is kept. */
  shutDown(): Promise<void>
  /** Starts again what was ended. */
  start(): Promise<void>
  /** Stands still, with all connections open, until it is resumed. */
  freeze(): void
  resume(): void
  /** Ends for good and leaves nothing behind. */
  remove(): Promise<void>
}

/** @param settings of the server, such as `['--requirepass', 'secret']` */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'portress-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...KEEPING, ...settings]
  const password = settings[settings.indexOf('--requirepass') + 1] ?? ''
  const asked = settings.includes('--requirepass') ? { url, password } : { url }
  let server: ChildProcess | null = null
  async function command(...words: readonly string[]): Promise<unknown> {
    const client = createClient({ ...asked, socket: { reconnectStrategy: false } })
    // A test may end the server under it; what is asked next says so.
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await client.sendCommand([...words])
    } finally {
      client.destroy()
    }
  }
  async function start(): Promise<void> {
    server = spawn(PROGRAM, options, { cwd: folder, stdio: 'ignore' })
    process.once('exit', () => server?.kill('SIGKILL'))
    await untilReady(() => command('PING'))
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = server
    server = null
    if (ending === null || ending.exitCode !== null) return
    ending.kill('SIGCONT')
    ending.kill(signal)
    await once(ending, 'exit')
  }
  await start()
  return {
    url,
    port,
    command,
    start,
    crash: () => end('SIGKILL'),
    shutDown: () => end('SIGTERM'),
    freeze: () => void server?.kill('SIGSTOP'),
    resume: () => void server?.kill('SIGCONT'),
    async remove() {
      await end('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What was written is on its way to the disk within a second, as an operator is told to set it. */
const KEEPING: readonly string[] = ['--appendonly', 'yes', '--save', '', '--enable-debug-command', 'local']

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

const MAX_TRIES = 1000

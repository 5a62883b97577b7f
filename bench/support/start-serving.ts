import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { commandLine, type Program } from './child.ts'
import { openConnection } from './http-connection.ts'

/** A server that is told its port by the variable `PORT`, and nothing else of the benchmark. */
export interface ServingProgram extends Program {
  /** Where it runs, and leaves its files. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
}

export interface StartedServer {
  /** From the start of the process until the first answer was there. */
  readonly milliseconds: number
  residentMebibytes(): number
  stop(): Promise<void>
}

const PROBE = Buffer.from('GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', 'latin1')

/** Starts a server and asks it until it answers. @throws {Error} when it ends, or answers anything but 200 */
export async function startServing(program: ServingProgram): Promise<StartedServer> {
  const port = await freePort()
  const [command, args] = commandLine(program)
  const env = { ...process.env, ...program.environment, PORT: String(port), HOST: '127.0.0.1' }
  const began = performance.now()
  const child = spawn(command, args, { cwd: program.folder, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const status = await firstStatus(child, port)
  const milliseconds = performance.now() - began
  if (status !== 200) throw new Error(`GET /health was answered ${status}`)
  return {
    milliseconds,
    residentMebibytes: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** Short against any start, and long enough not to take the processor from it. */
const PROBE_INTERVAL_MILLISECONDS = 3

async function firstStatus(child: ChildProcess, port: number): Promise<number> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`A server ended (${child.exitCode}) before it had answered.`)
    try {
      const connection = await openConnection(port)
      const { status } = await connection.exchange(PROBE)
      connection.close()
      return status
    } catch {
      // Nobody listens yet.
      await delay(PROBE_INTERVAL_MILLISECONDS)
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new TypeError('there is no free port')
  return address.port
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { environmentOf } from '../cli/portress.ts'

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')

/** One of several machines, as far as this one can play them. */
export interface Node {
  readonly url: string
  /** Ends at once, as a machine does whose power fails. */
  kill(): Promise<void>
}

/** Starts `portress serve` on a free port and resolves once it listens. */
export async function startNode(variables: Readonly<Record<string, string>>): Promise<Node> {
  const folder = mkdtempSync(join(tmpdir(), 'portress-node-'))
  const child = spawn(process.execPath, [MAIN, 'serve', '--json'], {
    cwd: folder,
    env: { ...environmentOf(folder, variables), PORT: '0', PORTRESS_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const { url } = await bannerOf(child)
  return {
    url,
    async kill() {
      const isRunning = child.exitCode === null && child.signalCode === null
      const exit = isRunning ? once(child, 'exit') : null
      child.kill('SIGKILL')
      await exit
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function bannerOf(child: ChildProcess): Promise<{ readonly url: string }> {
  let output = ''
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk)
    const end = output.indexOf('\n')
    if (end >= 0) return JSON.parse(output.slice(0, end))
  }
  throw new Error('the node ended before it listened')
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')

/** Shared by all runs, because compiling again each time is most of what they would do. */
const CACHE = join(tmpdir(), 'portress-test-cache')

export interface Outcome {
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

/** A running `portress serve`. */
export interface Served {
  readonly url: string
  readonly banner: Readonly<Record<string, unknown>>
  readonly process: ChildProcess
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Outcome>
  /** What it has written to the standard error output so far. */
  errors(): string
}

/** An empty folder in which the real program is run, and which goes with the test. */
export interface Workplace {
  readonly folder: string
  path(name: string): string
  run(args: readonly string[], variables?: Variables): Promise<Outcome>
  /** One line of JSON from a run that must succeed. */
  json(args: readonly string[], variables?: Variables): Promise<Record<string, unknown>>
  serve(variables?: Variables, args?: readonly string[]): Promise<Served>
}

export type Variables = Readonly<Record<string, string>>

export function newWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'portress-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const start = (args: readonly string[], variables: Variables = {}): ChildProcess =>
    spawn(process.execPath, [MAIN, ...args], {
      cwd: folder,
      env: environmentOf(folder, variables),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const run: Workplace['run'] = (args, variables) => outcomeOf(start(args, variables))
  return {
    folder,
    path: (name) => join(folder, name),
    run,
    async json(args, variables) {
      const { status, output, errors } = await run([...args, '--json'], variables)
      if (status !== 0) throw new Error(`portress ${args.join(' ')} ended with ${status}: ${errors}`)
      return JSON.parse(output)
    },
    serve: (variables, args = []) => served(start(['serve', '--json', ...args], { PORT: '0', ...variables })),
  }
}

/** Nothing of the surroundings but what a program needs to be found. */
export function environmentOf(folder: string, variables: Variables): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: folder, XDG_CACHE_HOME: CACHE, ...variables }
}

/** The command line that a shell would run. */
export const programLine = (args: readonly string[]): string => [process.execPath, MAIN, ...args].join(' ')

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const collected = collect(child)
  const [status] = await once(child, 'close')
  return { status, ...collected() }
}

function collect(child: ChildProcess): () => { readonly output: string; readonly errors: string } {
  let output = ''
  let errors = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return () => ({ output, errors })
}

async function served(child: ChildProcess): Promise<Served> {
  const collected = collect(child)
  const closed = once(child, 'close')
  onTestFinished(() => void child.kill('SIGKILL'))
  const banner = await firstLine(child, collected)
  return {
    url: String(banner['url']),
    banner,
    process: child,
    errors: () => collected().errors,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const [status] = await closed
      return { status, ...collected() }
    },
  }
}

async function firstLine(
  child: ChildProcess,
  collected: () => { readonly output: string; readonly errors: string },
): Promise<Readonly<Record<string, unknown>>> {
  for (;;) {
    const { output, errors } = collected()
    const end = output.indexOf('\n')
    const line = end < 0 ? null : JSON.parse(output.slice(0, end))
    if (line?.event === 'listening') return line
    if (child.exitCode !== null) throw new Error(`portress serve ended with ${child.exitCode}: ${errors}`)
    await new Promise((settle) => setTimeout(settle, 10))
  }
}

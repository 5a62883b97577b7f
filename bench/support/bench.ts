import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BareServerAnswers } from './bare-server.ts'
import { type Child, type Program, startChild } from './child.ts'
import type { Cores } from './cores.ts'
import type { LoadAnswers } from './load-generator.ts'
import type { Answers } from './question.ts'
import type { RawArgon2Answers } from './raw-argon2.ts'
import type { ServerAnswers } from './server.ts'

export interface BenchOptions {
  /** Only to see that all of it works: the figures mean nothing. */
  readonly isQuick: boolean
  readonly cores: Cores
  /** The path of a file of this repository, in the form that is being measured: as source, or compiled. */
  readonly path: (source: string) => string
  /** What Node is given where it runs Portress. */
  readonly nodeOptions: readonly string[]
}

/** What every measurement is given. */
export interface Bench extends BenchOptions {
  /** How many users are in the database; `account(0)` is the first. */
  readonly users: number
  /** The path of a fresh copy of the database in which the users are. */
  readonly database: () => string
  /** The path of a database that is not there yet. */
  readonly emptyFile: () => string
}

/** Makes the database that all servers begin with, calls `measure`, and removes every trace. */
export async function withBench<T>(options: BenchOptions, measure: (bench: Bench) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'portress-bench-'))
  const prepared = join(folder, 'prepared.sqlite3')
  // Two connections of a flood may meet at one user without waiting for each other; the lockout has room for three.
  const users = options.isQuick ? 32 : 128
  let files = 0
  const emptyFile = (): string => {
    files += 1
    return join(folder, `${files}.sqlite3`)
  }
  const bench: Bench = {
    ...options,
    users,
    emptyFile,
    database() {
      const copy = emptyFile()
      copyFileSync(prepared, copy)
      return copy
    },
  }
  try {
    const server = await start<ServerAnswers>(options, { name: 'server', args: [prepared], core: null })
    await server.ask('createUsers', users)
    await server.stop()
    return await measure(bench)
  } finally {
    // A program that a failure left behind may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Starts Portress on a database of its own: a copy of the prepared file, where no other is named. */
export function startServer(
  bench: Bench,
  core: string | null,
  database = bench.database(),
): Promise<Child<ServerAnswers>> {
  return start(bench, { name: 'server', args: [database], nodeOptions: bench.nodeOptions, core })
}

/** Starts the bare server, which answers with this document. */
export function startBareServer(bench: Bench, document: string): Promise<Child<BareServerAnswers>> {
  return start(bench, { name: 'bare-server', args: [document], core: bench.cores.server })
}

export function startRawArgon2(bench: Bench): Promise<Child<RawArgon2Answers>> {
  return start(bench, { name: 'raw-argon2', core: bench.cores.server })
}

export function startLoad(bench: Bench): Promise<Child<LoadAnswers>> {
  return start(bench, { name: 'load-generator', core: bench.cores.load })
}

interface NamedProgram extends Omit<Program, 'script'> {
  readonly name: string
}

function start<A extends Answers>(
  { path }: Pick<BenchOptions, 'path'>,
  { name, ...program }: NamedProgram,
): Promise<Child<A>> {
  return startChild<A>({ script: path(`bench/support/${name}.ts`), ...program })
}

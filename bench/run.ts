import { cpus, platform, release } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { currentUser, currentUserPostgres } from './current-user.ts'
import { growth } from './growth.ts'
import { logIn } from './log-in.ts'
import { loginFlood } from './login-flood.ts'
import { loginMemory } from './login-memory.ts'
import { peers } from './peers.ts'
import { registration } from './registration.ts'
import { startUp } from './start-up.ts'
import { type Bench, withBench } from './support/bench.ts'
import { asSources, compile } from './support/compile.ts'
import { chooseCores } from './support/cores.ts'
import { type Circumstances, formatRows, rowsToJson } from './support/print-rows.ts'
import type { Row } from './support/row.ts'
import { userList, userListPostgres } from './user-list.ts'

/** Measures everything, or the measurements that are named on the command line, and prints one table. */

const MEASUREMENTS: Readonly<Record<string, (bench: Bench) => Promise<readonly Row[]>>> = {
  'current-user': currentUser,
  'current-user-postgres': currentUserPostgres,
  'log-in': logIn,
  registration,
  growth,
  'login-flood': loginFlood,
  'login-memory': loginMemory,
  'start-up': startUp,
  peers,
  'user-list': userList,
  'user-list-postgres': userListPostgres,
}

const HELP = `npm run bench [-- [options] [measurement ...]]

  --quick    only to see that all of it works: the figures mean nothing
  --sources  run the sources as they are, without compiling them first
  --profile  leave CPU profiles of Portress in bench/.profiles; the figures are a little higher then
  --json     print JSON
  --help

Measurements: ${Object.keys(MEASUREMENTS).join(', ')}`

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    sources: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

async function measure(): Promise<void> {
  const names = positionals.length > 0 ? positionals : Object.keys(MEASUREMENTS)
  const measurements = names.map((name) => {
    const measurement = MEASUREMENTS[name]
    if (measurement === undefined)
      throw new TypeError(`There is no measurement called ${name}. There are: ${Object.keys(MEASUREMENTS).join(', ')}`)
    return { name, measurement }
  })
  const cores = chooseCores()
  const path = options.sources ? asSources() : compile()
  const nodeOptions = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${import.meta.dirname}/.profiles`] : []
  const rows: Row[] = []
  await withBench({ isQuick: options.quick, cores, path, nodeOptions }, async (bench) => {
    for (const { name, measurement } of measurements) {
      if (!options.json) console.error(`measuring ${name} …`)
      rows.push(...(await measurement(bench)))
    }
  })
  const circumstances: Circumstances = {
    date: new Date().toISOString(),
    machine: `${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, ${platform()} ${release()}`,
    node: process.versions.node,
    cores: cores.description,
    code: options.sources ? 'from the sources' : 'compiled',
  }
  console.log(options.json ? rowsToJson(rows, circumstances) : formatRows(rows, circumstances))
}

if (options.help) {
  console.log(HELP)
} else {
  try {
    await measure()
  } catch (error) {
    // A measurement of refusals would be worthless, so the first one ends the run, and with it every program of it.
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

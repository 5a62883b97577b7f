import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { styleText } from 'node:util'

/**
 * Runs every check, two at a time, and prints what the failing ones say. `npm run check -- imports sizes` runs those
 * alone. A new check is a new file `scripts/check-<name>.ts` that sets the exit code; nothing else needs to know it.
 */

const root = resolve(import.meta.dirname, '..')

interface Check {
  readonly name: string
  readonly command: readonly string[]
}

const tools: readonly Check[] = [
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'biome', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'] },
  { name: 'knip', command: ['node_modules/knip/bin/knip.js', '--tsConfig', 'tsconfig.build.json'] },
]

const scripts: readonly Check[] = readdirSync(join(root, 'scripts'))
  .filter((file) => /^check-.*\.ts$/.test(file))
  .toSorted()
  .map((file) => ({ name: basename(file, '.ts').slice('check-'.length), command: [`scripts/${file}`] }))

interface Outcome {
  readonly passed: boolean
  readonly output: string
}

function run({ command }: Check): Promise<Outcome> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('close', (status) => settle({ passed: status === 0, output }))
  })
}

async function runAndPrint(check: Check): Promise<boolean> {
  const start = performance.now()
  const { passed, output } = await run(check)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${styleText(passed ? 'green' : 'red', passed ? '✓' : '✗')} ${check.name} (${seconds} s)`)
  if (!passed) console.log(output.trimEnd())
  return passed
}

async function runAll(checks: readonly Check[]): Promise<boolean> {
  const queue = checks.values()
  const outcomes: boolean[] = []
  const work = async () => {
    for (const check of queue) outcomes.push(await runAndPrint(check))
  }
  await Promise.all([work(), work()])
  return outcomes.every(Boolean)
}

const wanted = process.argv.slice(2)
const all = [...tools, ...scripts]
const unknown = wanted.filter((name) => !all.some((check) => check.name === name))
if (unknown.length > 0) throw new TypeError(`There is no check called ${unknown.join(', ')}`)
const passed = await runAll(wanted.length > 0 ? all.filter(({ name }) => wanted.includes(name)) : all)
if (!passed) process.exitCode = 1

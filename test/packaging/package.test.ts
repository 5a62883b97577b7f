import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseSource } from '../../scripts/support/parse-source.ts'
import { readImports } from '../../scripts/support/read-imports.ts'
import type { StagedPackage } from '../../scripts/support/stage-package.ts'
import { type ConsumerProject, consumerProject } from '../support/consumer-project.ts'

interface Manifest {
  readonly version: string
  readonly exports: Readonly<Record<string, unknown>>
}

const root = resolve(import.meta.dirname, '../..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const modules = Object.keys(manifest.exports)
  .filter((name) => name !== './package.json')
  .map((name) => `portress${name.slice(1)}`)
/** Suites register themselves with a test runner, so this entry point is only imported inside of one. */
const suites = 'portress/testing'
const run = promisify(execFile)

let consumer: ConsumerProject
let project = ''
let installed = ''
let packed: StagedPackage

beforeAll(() => {
  consumer = consumerProject()
  ;({ folder: project, installed, packed } = consumer)
})

afterAll(() => consumer.remove())

/** Runs plain JavaScript in the project and gives what it prints. */
async function runInProject(script: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: project })
  return stdout.trim()
}

/** The `code` of the error with which an import fails, or `imported`. */
function importOutcome(specifier: string): Promise<string> {
  return runInProject(
    `await import('${specifier}').then(() => console.log('imported'), (error) => console.log(error.code))`,
  )
}

describe('the packed package', () => {
  it.each(modules.filter((name) => name !== suites))(
    'gives plain JavaScript something to import from %s',
    async (name) => {
      const count = await runInProject(`console.log(Object.keys(await import('${name}')).length)`)
      expect(Number(count)).toBeGreaterThan(0)
    },
  )

  it('gives a test of a plug-in its conformance suites', async () => {
    const imports = `import { expect, it } from 'vitest'\nimport * as suites from '${suites}'`
    const test = "it('has them', () => expect(Object.keys(suites)).not.toEqual([]))"
    writeFileSync(join(project, 'plug-in.test.js'), `${imports}\n${test}\n`)
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    await expect(run(process.execPath, [vitest, 'run'], { cwd: project })).resolves.toBeDefined()
  })

  it('lets tools read its manifest', async () => {
    const script = "import m from 'portress/package.json' with { type: 'json' }; console.log(m.version)"
    expect(await runInProject(script)).toBe(manifest.version)
  })

  it.each([
    'portress/commands/login',
    'portress/dist/commands/login.js',
    'portress/dist/index.js',
    'portress/src/index.ts',
    'portress/model/user',
    'portress/stores',
    'portress/errors',
  ])('keeps %s to itself', async (name) => {
    expect(await importOutcome(name)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED')
  })

  it('has types for every entry point', async () => {
    const imports = modules.map((name, index) => `import * as m${index} from '${name}'`)
    // Without types a namespace would be `any`, and `any` would be assignable to `never`.
    const uses = modules.map(
      (_, index) => `// @ts-expect-error: a typed namespace\nexport const n${index}: never = m${index}`,
    )
    writeFileSync(join(project, 'consumer.ts'), [...imports, ...uses].join('\n'))
    await expect(typeCheck(['consumer.ts'])).resolves.toBe('')
  })

  it('tells a program with a wrong import from a right one', async () => {
    writeFileSync(join(project, 'wrong.ts'), "import { login } from 'portress/commands/login'\nlogin()\n")
    await expect(typeCheck(['wrong.ts'])).resolves.toContain('portress/commands/login')
  })

  it('carries what it needs and nothing of the workshop', () => {
    expect(packed.files).toEqual(
      expect.arrayContaining(['LICENSE', 'package.json', 'dist/index.js', 'dist/index.d.ts']),
    )
    expect(packed.files.filter((file) => /\.test\.|tsbuildinfo|^(src|test|scripts|bench)\//.test(file))).toEqual([])
  })

  // The files that a browser would load, one after the other, without comments and indentation. A bundler would shorten names
  // besides, so this is an upper bound.
  it('has a client of at most 5 kB for browsers, packed as servers pack it', () => {
    const code = loadedFrom(join(installed, 'dist/client/index.js')).map(({ path, text }) => {
      return parseSource({ path, text }).code.replaceAll(/\s*\n\s*/g, '\n')
    })
    expect(code.length).toBeGreaterThan(3)
    expect(gzipSync(code.join('\n')).length).toBeLessThanOrEqual(5000)
  })

  it('hands its compiled client to browsers that open the demo', async () => {
    const outcome = await runInProject(`
      import { createAuth } from 'portress'
      import { demo } from 'portress/dialects/demo'
      import { sqlite } from 'portress/stores/sqlite'
      const auth = createAuth({
        store: sqlite(':memory:'),
        secrets: ['4fN0b2Zk9QxWv7Lr1TsYc6JpHe3MgUaD'],
        site: { name: 'Acme', origin: 'https://acme.test' },
        environment: 'development',
        logger: false,
        mounts: { '/': demo() },
      })
      const answers = await Promise.all(
        ['/', '/demo/demo.js', '/demo/client/index.js', '/demo/client/token-renewal.js', '/demo/client/index.d.js'].map((path) =>
          auth.fetch(new Request('https://acme.test' + path)),
        ),
      )
      console.log(answers.map(({ status }) => status).join(' '))
      await auth.close()
    `)
    expect(outcome).toBe('200 200 200 200 404')
  })

  it('has a command that tells its version', async () => {
    const { stdout } = await run(process.execPath, [join(installed, 'dist/cli/main.js'), '--version'], { cwd: project })
    expect(stdout).toContain(manifest.version)
    expect(readFileSync(join(installed, 'dist/cli/main.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})

/** A compiled file and all that it imports. */
function loadedFrom(
  path: string,
  seen: Set<string> = new Set(),
): readonly { readonly path: string; readonly text: string }[] {
  if (seen.has(path)) return []
  seen.add(path)
  const text = readFileSync(path, 'utf8')
  const imported = readImports(parseSource({ path, text })).map(({ specifier }) => resolve(path, '..', specifier ?? ''))
  return [{ path, text }, ...imported.flatMap((file) => loadedFrom(file, seen))]
}

/** What the compiler complains about under the settings of a strict project. */
async function typeCheck(files: readonly string[]): Promise<string> {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node']
  const outcome = await run(process.execPath, [compiler, '--ignoreConfig', ...options, ...files], {
    cwd: project,
  }).catch((error: { stdout: string }) => error)
  return outcome.stdout.trim()
}

import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { installedStores, storeNames } from '../test/support/store-servers/store-projects.ts'

const root = resolve(import.meta.dirname, '..')

/**
 * Runs the tests of commands and dialects on servers: on all, or on those that are named. What else is given goes to Vitest:
 * `npm run test:stores -- postgres test/dialects/djoser`.
 */
function testStores(given: readonly string[]): number {
  const named = given.filter((word) => storeNames().includes(word))
  const wanted = named.length > 0 ? named : storeNames()
  const stores = installedStores(wanted)
  const missing = wanted.filter((name) => !stores.includes(name))
  if (missing.length > 0) process.stderr.write(`Left out, because no server is installed: ${missing.join(', ')}\n`)
  if (stores.length === 0) return 0
  const rest = given.filter((word) => !named.includes(word))
  const { status } = spawnSync(process.execPath, [VITEST, 'run', ...projects(stores), ...rest], {
    cwd: root,
    env: { ...process.env, TEST_STORES: stores.join(',') },
    stdio: 'inherit',
  })
  return status ?? 1
}

const VITEST = join(root, 'node_modules/vitest/vitest.mjs')

const projects = (stores: readonly string[]): readonly string[] => stores.flatMap((name) => ['--project', name])

process.exitCode = testStores(process.argv.slice(2))

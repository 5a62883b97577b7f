import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDefaults, defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config'
import { chosenStores } from './test/support/store-servers/store-projects.ts'

// Hundreds of processes load the same sources, and compiling them again each time is most of what many of them do.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'portress-test-cache')

// `.ci/run` names a file here and reads the numbers of passed and failed tests from it.
const reportFile = process.env['TEST_REPORT_FILE']

/** Measured on SQLite, where nothing but the engine takes time, and when nothing else is left to run. */
const TIMING = 'test/**/*timing.test.ts'

/** One more than the smallest machine has cores: many tests wait for a server, a lock or a page. */
const WORKERS = 3

/** Tests of what a process is: they signal it, count its threads, or measure it, or start others that take their time. */
const ALONE = [
  'src/hashers/**/*.test.ts',
  'test/{bench,browser,cli,cluster,conformance,packaging}/**/*.test.ts',
  'test/hosts/examples.test.ts',
  // How much time something takes in them is looked at for the whole process.
  'src/validators/**/*.test.ts',
  'test/security/{a-input,c-passwords,h-bodies,i-tokens}.test.ts',
]

/** What asks a store for everything, through the commands and through each door. */
const ESSENCE = [
  'src/commands/**/*.test.ts',
  'test/dialects/{,*/}*{walk,carriers,fields}.test.ts',
  'test/admin/walk.test.ts',
]

/** Whether hashing holds anybody up: a server that takes one command after the other holds everybody up by itself. */
const FLOOD = 'test/dialects/*/flood.test.ts'

/** What the engine refuses before a store hears of it, thousands of times. */
const REFUSED = 'test/dialects/{*/,*-}{hostile,refusals}.test.ts'

/** Each way to carry each kind of token: for half an hour too much to ask of a server that is this slow. */
const CARRIED = ['src/commands/{revoke-token,logout}.test.ts', 'test/dialects/{*/,*-}carriers.test.ts']

/**
 * With `CI` half an hour is all there is: commands and dialects run on one server nearly whole, and on the others only their
 * essence. `npm run test:stores` runs all of them on every server.
 */
function asksOf(name: string): { readonly include: string[]; readonly exclude: string[] } {
  const all = ['src/commands/**/*.test.ts', 'test/dialects/**/*.test.ts', 'test/admin/walk.test.ts']
  if (!process.env['CI']) return { include: all, exclude: name === 'mongodb' ? [TIMING, FLOOD] : [TIMING] }
  const exclude = [TIMING, FLOOD, REFUSED]
  if (name === 'postgres') return { include: all, exclude }
  return { include: ESSENCE, exclude: name === 'mongodb' ? [...exclude, ...CARRIED] : exclude }
}

function onServer(name: string): TestProjectInlineConfiguration {
  const { include, exclude } = asksOf(name)
  return {
    extends: true,
    test: {
      name,
      include,
      exclude: [...configDefaults.exclude, ...exclude],
      isolate: false,
      env: { TEST_STORE: name },
      globalSetup: [`test/support/store-servers/start-${name}.ts`],
    },
  }
}

const config: ViteUserConfig = defineConfig({
  test: {
    // Processes, because tests signal them, count their threads and open SQLite files in them.
    pool: 'forks',
    maxWorkers: WORKERS,
    // Only what hangs is cut off: a busy machine may take long for what starts servers and hashes for real.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    restoreMocks: true,
    unstubEnvs: true,
    reporters: reportFile ? ['default', ['json', { outputFile: reportFile }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...ALONE, TIMING],
          // A process for each file would take longer than most files.
          isolate: false,
          globalSetup: ['test/support/store-servers/tell-what-is-left-out.ts'],
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
      ...chosenStores().map(onServer),
      { extends: true, test: { name: 'timing', include: [TIMING], maxWorkers: 2, sequence: { groupOrder: 1 } } },
    ],
  },
})

export default config

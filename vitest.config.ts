import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDefaults, defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config'
import { chosenStores } from './test/support/store-servers/store-projects.ts'

// Hundreds of processes load the same sources, and compiling them again each time is most of what many of them do.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'portress-test-cache')

// `.ci/run` names a file here and reads the numbers of passed and failed tests from it.
const reportFile = process.env['TEST_REPORT_FILE']

/** Measured on SQLite, where nothing but the engine takes time. */
const TIMING = 'test/**/*timing.test.ts'

/** Tests of what a process is: they signal it, count its threads, or measure it, or start others that take their time. */
const ALONE = [
  'src/hashers/**/*.test.ts',
  'test/{bench,browser,cli,cluster,conformance,packaging}/**/*.test.ts',
  TIMING,
]

/** What everything that is asked of a store comes from. */
const COMMANDS_AND_DIALECTS = ['src/commands/**/*.test.ts', 'test/dialects/**/*.test.ts']

/**
 * Thousands of bodies of which hardly any gets as far as a store, and floods of what one request shows as well. With `CI` they
 * run on SQLite and on one server, because half an hour is all there is; `npm run test:stores` runs them on every server.
 */
const CROWDS = ['test/dialects/**/*hostile.test.ts', 'test/dialects/**/flood.test.ts']

const leftOut = (name: string): readonly string[] => (process.env['CI'] && name !== 'postgres' ? CROWDS : [])

function onServer(name: string): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: COMMANDS_AND_DIALECTS,
      exclude: [...configDefaults.exclude, TIMING, ...leftOut(name)],
      isolate: false,
      env: { PORTRESS_TEST_STORE: name },
      globalSetup: [`test/support/store-servers/start-${name}.ts`],
    },
  }
}

const config: ViteUserConfig = defineConfig({
  test: {
    // Processes, because tests signal them, count their threads and open SQLite files in them.
    pool: 'forks',
    maxWorkers: 2,
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
          exclude: [...configDefaults.exclude, ...ALONE],
          // A process for each file would take longer than most files.
          isolate: false,
          globalSetup: ['test/support/store-servers/tell-what-is-left-out.ts'],
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE } },
      ...chosenStores().map(onServer),
    ],
  },
})

export default config

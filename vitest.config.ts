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
  // How much time something takes in them is looked at for the whole process.
  'src/validators/**/*.test.ts',
  'test/security/{a-input,c-passwords,h-bodies,i-tokens}.test.ts',
  TIMING,
]

/** What asks a store for everything, through the commands and through each door. */
const ESSENCE = ['src/commands/**/*.test.ts', 'test/dialects/{,*/}*{walk,lockout,carriers,fields}.test.ts']

/**
 * With `CI` half an hour is all there is: commands and dialects run whole on SQLite and on one server, and on the others only their
 * essence. `npm run test:stores` runs all of them on every server.
 */
const asksOf = (name: string): string[] =>
  process.env['CI'] && name !== 'postgres' ? ESSENCE : ['src/commands/**/*.test.ts', 'test/dialects/**/*.test.ts']

function onServer(name: string): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: asksOf(name),
      exclude: [...configDefaults.exclude, TIMING],
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

import { defineConfig, type ViteUserConfig } from 'vitest/config'

// `.ci/run` names a file here and reads the numbers of passed and failed tests from it.
const reportFile = process.env['TEST_REPORT_FILE']

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'dist/**'],
    // Processes, because tests signal them, count their threads and open SQLite files in them.
    pool: 'forks',
    maxWorkers: 2,
    // Only what hangs is cut off: a busy machine may take long for what starts servers and hashes for real.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    restoreMocks: true,
    unstubEnvs: true,
    reporters: reportFile ? ['default', ['json', { outputFile: reportFile }]] : ['default'],
  },
})

export default config

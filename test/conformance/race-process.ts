/**
 * One of several processes that work on one database at the same time. It opens the database, says that it is ready,
 * does its job when told to, and sends what came of it.
 */
import { flushCompileCache } from 'node:module'
import { PLAIN_SCHEMA } from '../../src/testing/store-conformance/store-samples.ts'
import { storeAt } from '../support/store-at.ts'
import { RACE_JOBS, type RaceJob } from './race-jobs.ts'

const [location = '', job = '', index, migrationsFolder] = process.argv.slice(2)
const emailUnique = job === 'proveOneAddress' ? 'once-proven' : 'always'
const store = storeAt(location).open({ ...PLAIN_SCHEMA, emailUnique, migrationsFolder: migrationsFolder || null })
process.once('message', async () => {
  const result = await RACE_JOBS[job as RaceJob](store, Number(index))
  await store.close()
  process.send?.({ result }, () => process.disconnect?.())
})
// It is killed in the end, and would leave nothing compiled for the next one.
flushCompileCache()
process.send?.('ready')

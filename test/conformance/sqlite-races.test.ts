import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { sqlRaces } from './sql-races.ts'

const folder = mkdtempSync(join(tmpdir(), 'portress-races-'))
afterAll(() => rmSync(folder, { recursive: true }))

let databases = 0

describe('two processes on one file', () => {
  sqlRaces(() => {
    databases += 1
    return join(folder, `${databases}.db`)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openConnection } from './open-connection.ts'

const folder = mkdtempSync(join(tmpdir(), 'portress-connection-'))
afterAll(() => rmSync(folder, { recursive: true }))

function pragmas(durability: 'full' | 'normal') {
  const connection = openConnection({
    location: { kind: 'file', path: join(folder, `${durability}.db`) },
    durability,
    busyTimeoutMilliseconds: 1234,
  })
  const names = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout']
  const values = names.map((name) => Object.values(connection.prepare(`PRAGMA ${name}`).get() ?? {})[0])
  connection.close()
  return values
}

it('syncs the log at each commit, keeps foreign keys, and waits for other processes', () => {
  expect(pragmas('full')).toEqual(['wal', 2, 1, 1234])
})

it('leaves syncing to checkpoints where less durability was asked for', () => {
  expect(pragmas('normal')).toEqual(['wal', 1, 1, 1234])
})

import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, TestRunner } from 'vitest'
import type { Store, StoreFactory, StoreSchema } from '../../src/contracts/store.ts'
import type { StoreServer } from './store-servers/store-server.ts'
import { waitingStore } from './waiting-store.ts'

/** What hands out places. */
export interface PlacesOptions {
  readonly server: StoreServer
  /** No other process hands out places that begin with this. */
  readonly prefix: string
  /** Has a file for each place that was migrated, with the names of its tables. */
  readonly folder: string
}

/** A place that a store has until its test has ended, or its file where it was opened outside of any test. */
interface Lease {
  readonly file: string | undefined
  end(): Promise<void>
}

/**
 * Opens each store in a place of its own that is migrated for what the application declares. A place is free again when the
 * test has ended, and is emptied for the next one that declares the same.
 */
export function storePlaces(options: PlacesOptions): StoreFactory {
  const free = new Map<string, string[]>()
  const made = new Map<string, number>()
  const leases = new Set<Lease>()
  return { open }

  function open(schema: StoreSchema): Store {
    const ended = endOtherFiles()
    const kind = kindOf(schema)
    const place = free.get(kind)?.pop() ?? newPlace(kind)
    const store = options.server.storeIn(place).open(schema)
    let ready: Promise<void> | undefined
    const untilReady = () => {
      ready ??= ended.then(() => makeReady(options, place, schema))
      return ready
    }
    const lease: Lease = {
      file: testFile(),
      async end() {
        leases.delete(lease)
        await ready?.catch(() => undefined)
        await store.close()
        free.set(kind, [...(free.get(kind) ?? []), place])
      },
    }
    leases.add(lease)
    if (TestRunner.getCurrentTest() !== undefined) onTestFinished(lease.end)
    return waitingStore(store, untilReady)
  }

  async function endOtherFiles(): Promise<void> {
    await Promise.all([...leases].filter(({ file }) => file !== testFile()).map((lease) => lease.end()))
  }

  function newPlace(kind: string): string {
    const number = (made.get(kind) ?? 0) + 1
    made.set(kind, number)
    return `${options.prefix}_${kind}_${number}`
  }
}

/** One process runs many files, one after the other. */
const testFile = (): string | undefined => expect.getState().testPath

/** The same for all that need the same tables. */
function kindOf(schema: StoreSchema): string {
  return createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 12)
}

async function makeReady({ server, folder }: PlacesOptions, place: string, schema: StoreSchema): Promise<void> {
  const file = join(folder, place)
  if (existsSync(file)) {
    await server.empty(place, JSON.parse(readFileSync(file, 'utf8')) as readonly string[])
    return
  }
  await server.createPlace(place)
  await migrate(server.storeIn(place), schema)
  writeFileSync(file, JSON.stringify(await server.listTables(place)))
}

/** As an application is: with the built-in migrations, and one file for everything that it declares. */
async function migrate(factory: StoreFactory, schema: StoreSchema): Promise<void> {
  const migrationsFolder = mkdtempSync(join(tmpdir(), 'portress-migrations-'))
  const store = factory.open({ ...schema, migrationsFolder })
  try {
    const draft = await store.migrations.draft({ dropUndeclared: false })
    if (draft) writeFileSync(join(migrationsFolder, draft.fileName), draft.text)
    await store.migrations.apply()
  } finally {
    await store.close()
    rmSync(migrationsFolder, { recursive: true })
  }
}

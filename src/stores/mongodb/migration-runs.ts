import { createHash } from 'node:crypto'
import { setInterval } from 'node:timers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Migration } from '../../contracts/store.ts'
import { documentOf, embedded } from './documents.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { codeOf, isDuplicateKey } from './mongo-errors.ts'
import { stillnessMeter } from './stillness.ts'
import { newToken } from './tokens.ts'
import { ABSENT, document, encoded, equals, list, number, PRESENT, text } from './values.ts'

/** Checksums by the name of the migration. */
export type AppliedMigrations = ReadonlyMap<string, string>

/** What was applied, in its order. Nothing is created: a database without the list has nothing applied. */
export async function readApplied(db: MongoDatabase): Promise<AppliedMigrations> {
  const log = db.documents('schemaMigrations')
  const { checksum, appliedAt } = log.names
  const found = await log.find({ [appliedAt]: PRESENT }, { sort: { [appliedAt]: 1, _id: 1 } })
  return new Map(found.map((doc) => [text(doc['_id']), text(doc[checksum])]))
}

/**
 * Applies one migration, unless somebody else does; then it waits for that. Tells whether it was applied here.
 *
 * A migration is a list of commands and no transaction. Each is marked when it is done, so that after a crash or a failure
 * the next call goes on where the last one stopped; the command that was under way may then run a second time.
 *
 * @throws {Error} when a command fails, and when commands that were run have another text by now
 */
export async function applyOnce(db: MongoDatabase, migration: Migration): Promise<boolean> {
  const run = await begin(db, migration)
  if (run === null) return false
  const heart = setInterval(() => void beat(db, run).catch(() => undefined), BEAT_MILLISECONDS)
  try {
    await runRest(db, run)
    return true
  } catch (error) {
    await handBack(db, run).catch(() => undefined)
    throw error
  } finally {
    clearInterval(heart)
  }
}

interface Run {
  readonly migration: Migration
  readonly runner: string
  /** Checksums of the commands that are done. */
  readonly done: readonly string[]
}

/** A runner says so often that it lives, since a command may take hours. */
const BEAT_MILLISECONDS = 500

/** One that has not been heard of for so long is taken for dead. */
const SILENCE_MILLISECONDS = 5000

const POLL_MILLISECONDS = 50

/** `null`: it is applied. */
async function begin(db: MongoDatabase, migration: Migration): Promise<Run | null> {
  const log = db.documents('schemaMigrations')
  const runner = newToken()
  const { names } = log
  const stillnessOf = stillnessMeter()
  for (;;) {
    const doc = await log.findOne({ _id: equals(migration.name) })
    if (doc === null) {
      if (await insertRun(db, migration, runner)) return { migration, runner, done: [] }
      continue
    }
    if (doc[names.appliedAt] !== undefined) return null
    const silence = stillnessOf(`${doc[names.runner]} ${doc[names.beats]}`)
    const isAbandoned = doc[names.runner] === undefined || silence >= SILENCE_MILLISECONDS
    if (isAbandoned && (await takeOver(db, doc, runner))) return resume(db, { migration, runner }, doc)
    await sleep(POLL_MILLISECONDS)
  }
}

async function insertRun(db: MongoDatabase, { name }: Migration, runner: string): Promise<boolean> {
  const log = db.documents('schemaMigrations')
  try {
    await log.insert({ _id: encoded(name), ...documentOf(log.names, { runner, beats: 0, done: embedded([]) }) })
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

function takeOver(db: MongoDatabase, doc: MongoDocument, runner: string): Promise<boolean> {
  const log = db.documents('schemaMigrations')
  const { names } = log
  const before = doc[names.runner]
  const asSeen = {
    _id: equals(doc['_id']),
    [names.appliedAt]: ABSENT,
    [names.runner]: before === undefined ? ABSENT : equals(before),
    [names.beats]: equals(number(doc[names.beats])),
  }
  return log.updateOne(asSeen, { $set: documentOf(names, { runner }), $inc: { [names.beats]: 1 } })
}

async function resume(db: MongoDatabase, run: Omit<Run, 'done'>, doc: MongoDocument): Promise<Run> {
  const done = list(doc[db.naming.fields.schemaMigrations.done]).map(text)
  const resumed = { ...run, done }
  if (done.every((checksum, at) => checksum === checksumOf(run.migration.statements[at] ?? ''))) return resumed
  await handBack(db, resumed)
  throw new Error(
    `${run.migration.name} was begun with another text: its first ${done.length} commands have run; undo the change to them`,
  )
}

async function runRest(db: MongoDatabase, { migration, runner, done }: Run): Promise<void> {
  const log = db.documents('schemaMigrations')
  const { names } = log
  const own = { _id: equals(migration.name), [names.runner]: equals(runner) }
  const finished = [...done]
  for (const [at, statement] of migration.statements.entries()) {
    if (at < done.length) continue
    await runCommand(db, migration.name, { statement, mayHaveRun: at === done.length && done.length > 0 })
    finished.push(checksumOf(statement))
    if (await log.updateOne(own, { $set: documentOf(names, { done: embedded(finished) }) })) continue
    throw new Error(`another process has taken ${migration.name} over, because this one was not heard of`)
  }
  await log.updateOne(own, {
    $set: documentOf(names, { checksum: migration.checksum }),
    $currentDate: { [names.appliedAt]: true },
    $unset: { [names.runner]: '', [names.beats]: '' },
  })
}

/** Of a command that has run already the server says that there is nothing to do. */
const DONE_BEFORE: ReadonlySet<number> = new Set([
  26, // NamespaceNotFound
  27, // IndexNotFound
  48, // NamespaceExists
])

async function runCommand(
  db: MongoDatabase,
  name: string,
  { statement, mayHaveRun }: { readonly statement: string; readonly mayHaveRun: boolean },
): Promise<void> {
  const command = document(JSON.parse(statement))
  try {
    const isWrite = ['insert', 'update', 'delete', 'findAndModify'].includes(Object.keys(command)[0] ?? '')
    await db.command({
      ...command,
      ...(isWrite && !command['writeConcern'] && { writeConcern: { w: 'majority', j: true } }),
    })
  } catch (error) {
    const code = error instanceof Error ? codeOf(error) : null
    const isNothingToDo = 'create' in command ? code === 48 : mayHaveRun && code !== null && DONE_BEFORE.has(code)
    if (isNothingToDo) return
    throw new Error(`the migration ${name} failed: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

async function beat(db: MongoDatabase, { migration, runner }: Run): Promise<void> {
  const log = db.relaxed('schemaMigrations')
  const own = { _id: equals(migration.name), [log.names.runner]: equals(runner) }
  await log.updateOne(own, { $inc: { [log.names.beats]: 1 } })
}

/** The next call goes on. */
async function handBack(db: MongoDatabase, { migration, runner }: Run): Promise<void> {
  const log = db.documents('schemaMigrations')
  const { names } = log
  const own = { _id: equals(migration.name), [names.runner]: equals(runner) }
  await log.updateOne(own, { $unset: { [names.runner]: '' } })
}

const checksumOf = (statement: string): string => createHash('sha256').update(statement).digest('base64url')

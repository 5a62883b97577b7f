import type { MigrationDraft } from '../../contracts/store.ts'
import type { Ddl } from './ddl.ts'
import { uniqueColumn } from './declared-columns.ts'
import { columnDefinitions, type DraftedChanges, draftChanges, joinChanges } from './draft-changes.ts'
import { EMPTY_SNAPSHOT, type FieldSnapshot, readSnapshot, snapshotOf, writeSnapshot } from './field-snapshot.ts'
import type { MigrationFile } from './migration-folder.ts'
import { sql } from './sql.ts'
import type { ProfileModel, UserModel } from './user-model.ts'

/** What a draft is made from. */
export interface DraftInput {
  readonly ddl: Ddl
  readonly model: UserModel
  readonly files: readonly MigrationFile[]
  readonly dropUndeclared: boolean
}

export interface Draft extends MigrationDraft {
  readonly statements: readonly string[]
}

/**
 * The migration that the declared fields need beyond the files, or `null`.
 *
 * It compares with the newest snapshot in the files, not with a database, so that everybody who works on the
 * application gets the same migration.
 *
 * @throws {TypeError} for a change that has to be written by hand, and for a damaged snapshot
 */
export function draftMigration({ ddl, model, files, dropUndeclared }: DraftInput): Draft | null {
  const known = newestSnapshot(files)
  const { table } = model.naming.users
  const changes = joinChanges([
    draftChanges(ddl, { table, columns: model.columns, known: known.fields }, dropUndeclared),
    ...model.profiles.map((profile) => profileChanges(ddl, model, { profile, known, dropUndeclared })),
    ...undeclaredProfiles(model, known, dropUndeclared),
  ])
  if (changes.statements.length === 0) return null
  const statements = changes.statements.map(ddl.render)
  const snapshot = dropUndeclared ? snapshotOf(model) : mergeSnapshots(known, snapshotOf(model))
  return {
    fileName: `${nextNumber(files)}_${describeChanges(changes.words)}.sql`,
    text: [HEADING, writeSnapshot(snapshot), '', ...statements.map((statement) => `${statement};`), ''].join('\n'),
    kept: changes.kept,
    dropped: changes.dropped,
    statements,
  }
}

const HEADING = '-- Drafted from the declared fields. Read it, change what must be changed, and keep it with your code.'

// A file written by hand need not carry a snapshot; the one before it then still holds.
function newestSnapshot(files: readonly MigrationFile[]): FieldSnapshot {
  for (const { text, name } of files.toReversed()) {
    const snapshot = readSnapshot(text, name)
    if (snapshot) return snapshot
  }
  return EMPTY_SNAPSHOT
}

function profileChanges(
  ddl: Ddl,
  { naming }: UserModel,
  draft: { readonly profile: ProfileModel; readonly known: FieldSnapshot; readonly dropUndeclared: boolean },
): DraftedChanges {
  const { name, table, columns } = draft.profile
  const known = draft.known.profiles[name]
  if (known) return draftChanges(ddl, { table, columns, known }, draft.dropUndeclared)
  const owner = ddl.userReference({ table, column: naming.profileUserId, rule: 'PRIMARY KEY NOT NULL' })
  const unique = columns.filter(({ definition }) => definition.unique)
  return {
    statements: [
      ddl.createTable(table, [...owner, ...columns.flatMap((declared) => columnDefinitions(ddl, declared))]),
      ...unique.map((declared) => ddl.createUniqueIndex(table, uniqueColumn(declared))),
    ],
    words: [`add_${table.name}`],
    kept: [],
    dropped: [],
  }
}

function undeclaredProfiles(
  { naming, profiles }: UserModel,
  known: FieldSnapshot,
  dropUndeclared: boolean,
): readonly DraftedChanges[] {
  const undeclared = Object.keys(known.profiles).filter((name) => profiles.every((profile) => profile.name !== name))
  return undeclared.map((name) => {
    const table = naming.profileTable(name)
    return dropUndeclared
      ? { statements: [sql`DROP TABLE ${table}`], words: [`drop_${table.name}`], kept: [], dropped: [table.name] }
      : { statements: [], words: [], kept: [table.name], dropped: [] }
  })
}

function mergeSnapshots(known: FieldSnapshot, declared: FieldSnapshot): FieldSnapshot {
  const profiles = Object.entries(declared.profiles).map(([name, columns]) => [
    name,
    { ...known.profiles[name], ...columns },
  ])
  return {
    fields: { ...known.fields, ...declared.fields },
    profiles: { ...known.profiles, ...Object.fromEntries(profiles) },
  }
}

function nextNumber(files: readonly MigrationFile[]): string {
  const numbers = files.map(({ name }) => Number.parseInt(name, 10)).filter(Number.isFinite)
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0')
}

function describeChanges(words: readonly string[]): string {
  const description = words.join('_and_')
  return description.length <= 60 ? description : `${words[0]}_and_${words.length - 1}_more`
}

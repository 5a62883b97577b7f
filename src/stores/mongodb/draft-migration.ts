import type { MigrationDraft } from '../../contracts/store.ts'
import { columnName } from '../../model/field-names.ts'
import { createIndexes } from './built-in-migrations.ts'
import { type IndexDefinition, unique } from './index-definitions.ts'
import type { MigrationFile, RuleSnapshot } from './migration-files.ts'
import type { MongoDocument } from './mongo-driver.ts'
import type { MongoNaming } from './naming.ts'
import { type DeclaredField, type UserModel, uniquePath } from './user-model.ts'

/** What a draft is made from. */
export interface DraftInput {
  readonly model: UserModel
  readonly files: readonly MigrationFile[]
  readonly dropUndeclared: boolean
}

/**
 * The migration that the declared fields need beyond the files, or `null`. Only unique fields need one, for their index.
 *
 * It compares with the newest file that says what is unique, not with a database, so that everybody who works on the
 * application gets the same migration.
 *
 * @throws {TypeError} for a unique field of another kind than before
 */
export function draftMigration({ model, files, dropUndeclared }: DraftInput): MigrationDraft | null {
  const known = files.findLast(({ snapshot }) => snapshot !== null)?.snapshot ?? {}
  const parts = changesOf(model, known, dropUndeclared)
  const commands = parts.flatMap((part) => part.commands)
  if (commands.length === 0) return null
  const snapshot = nextSnapshot(model, known, parts)
  return {
    fileName: `${nextNumber(files)}_${describe(parts.flatMap(({ word }) => word ?? []))}.json`,
    text: `${JSON.stringify({ about: ABOUT, unique: snapshot, commands }, null, 2)}\n`,
    kept: parts.flatMap(({ kept }) => kept ?? []),
    dropped: parts.flatMap(({ dropped }) => dropped ?? []),
  }
}

const ABOUT = 'Drafted from the declared fields. Read it, change what must be changed, and keep it with your code.'

interface DraftPart {
  readonly field: string
  readonly commands: readonly MongoDocument[]
  /** Says what is done, for the name of the file. */
  readonly word?: string
  readonly kept?: string
  readonly dropped?: string
}

function changesOf(model: UserModel, known: RuleSnapshot, dropUndeclared: boolean): readonly DraftPart[] {
  const declared = declaredByName(model)
  const users = model.naming.collections.users
  const added = [...declared].filter(([field, { definition }]) => definition.unique && known[field] === undefined)
  const parts: DraftPart[] = added.map(([field, one]) => ({
    field,
    commands: [createIndexes(users, [unique(uniquePath(one))])],
    word: `add_${wordOf(field)}`,
  }))
  for (const [field, kind] of Object.entries(known)) {
    const now = declared.get(field)
    if (now === undefined) parts.push(undeclared(model.naming, { field, kind, dropUndeclared }))
    else if (now.definition.unique) assertSameKind(field, kind, now)
    else
      parts.push({
        field,
        commands: [dropIndex(users, ruleOf(model.naming, field, kind))],
        word: `allow_equal_${wordOf(field)}`,
      })
  }
  return parts
}

function undeclared(
  naming: MongoNaming,
  { field, kind, dropUndeclared }: { readonly field: string; readonly kind: string; readonly dropUndeclared: boolean },
): DraftPart {
  const users = naming.collections.users
  const { path, keyPath } = pathsOf(naming, field, kind)
  const place = `${users}.${path}`
  if (!dropUndeclared) return { field, commands: [], kept: place }
  const $unset = { [path]: '', ...(keyPath !== null && { [keyPath]: '' }) }
  return {
    field,
    commands: [
      dropIndex(users, ruleOf(naming, field, kind)),
      { update: users, updates: [{ q: {}, u: { $unset }, multi: true }] },
    ],
    word: `drop_${wordOf(field)}`,
    dropped: place,
  }
}

const dropIndex = (collection: string, { name }: IndexDefinition): MongoDocument => ({
  dropIndexes: collection,
  index: name,
})

function ruleOf(naming: MongoNaming, field: string, kind: string): IndexDefinition {
  const { path, keyPath } = pathsOf(naming, field, kind)
  return unique(keyPath ?? path)
}

/** Where a unique field is, or was, kept. */
function pathsOf({ fields: { users } }: MongoNaming, field: string, kind: string) {
  const [profile, ofProfile] = field.split('.')
  const place = ofProfile === undefined ? columnName(field) : `${columnName(profile ?? '')}.${columnName(ofProfile)}`
  const [base, keyBase] =
    ofProfile === undefined ? [users.fields, users.fieldKeys] : [users.profiles, users.profileKeys]
  return { path: `${base}.${place}`, keyPath: kind === 'text' ? `${keyBase}.${place}` : null }
}

function declaredByName({ fields, profiles }: UserModel): ReadonlyMap<string, DeclaredField> {
  return new Map([
    ...fields.map((one) => [one.field, one] as const),
    ...profiles.flatMap(({ name, fields: ofProfile }) =>
      ofProfile.map((one) => [`${name}.${one.field}`, one] as const),
    ),
  ])
}

function assertSameKind(field: string, kind: string, { definition }: DeclaredField): void {
  if (kind === definition.kind) return
  throw new TypeError(
    `the unique field "${field}" is ${kind}, declared is ${definition.kind}: write this migration by hand, with what is ` +
      'unique afterwards in "unique"',
  )
}

function nextSnapshot(model: UserModel, known: RuleSnapshot, parts: readonly DraftPart[]): RuleSnapshot {
  const gone = new Set(
    parts.filter(({ kept, word }) => kept === undefined && !word?.startsWith('add_')).map(({ field }) => field),
  )
  const left = Object.entries(known).filter(([field]) => !gone.has(field))
  const declared = [...declaredByName(model)].filter(([, { definition }]) => definition.unique)
  return Object.fromEntries([...left, ...declared.map(([field, { definition }]) => [field, definition.kind] as const)])
}

const wordOf = (field: string): string => field.split('.').map(columnName).join('_')

function nextNumber(files: readonly MigrationFile[]): string {
  const numbers = files.map(({ name }) => Number.parseInt(name, 10)).filter(Number.isFinite)
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0')
}

function describe(words: readonly string[]): string {
  const description = words.join('_and_')
  return description.length <= 60 ? description : `${words[0]}_and_${words.length - 1}_more`
}

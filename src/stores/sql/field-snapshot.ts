import type { FieldKind } from '../../model/field.ts'
import { columnType, type DeclaredColumn } from './declared-columns.ts'
import type { ColumnType } from './sql-engine.ts'
import type { UserModel } from './user-model.ts'

/** What the columns of declared fields are, as far as the database is concerned. */
export interface FieldSnapshot {
  readonly fields: ColumnSnapshots
  readonly profiles: Readonly<Record<string, ColumnSnapshots>>
}

/** By the name of the field. */
export type ColumnSnapshots = Readonly<Record<string, ColumnSnapshot>>

export interface ColumnSnapshot {
  readonly kind: FieldKind
  readonly type: ColumnType
  readonly unique: boolean
}

export const EMPTY_SNAPSHOT: FieldSnapshot = { fields: {}, profiles: {} }

export function snapshotOf(model: UserModel): FieldSnapshot {
  const profiles = model.profiles.map(({ name, columns }) => [name, columnSnapshots(columns)])
  return { fields: columnSnapshots(model.columns), profiles: Object.fromEntries(profiles) }
}

/** The comment that carries a snapshot in the head of a migration file. */
export function writeSnapshot(snapshot: FieldSnapshot): string {
  return PREFIX + JSON.stringify(snapshot)
}

/**
 * The snapshot in a migration's text, or `null` where it has none.
 *
 * @throws {TypeError} when the comment is there and cannot be read
 */
export function readSnapshot(text: string, fileName: string): FieldSnapshot | null {
  const line = text.split(/\r?\n/).find((one) => one.startsWith(PREFIX))
  if (line === undefined) return null
  try {
    const { fields, profiles } = JSON.parse(line.slice(PREFIX.length))
    if (typeof fields === 'object' && typeof profiles === 'object') return { fields, profiles }
  } catch {
    // Told below, together with JSON of another shape.
  }
  throw new TypeError(
    `the snapshot in the head of ${fileName} is damaged; restore the line that begins with "${PREFIX}"`,
  )
}

const PREFIX = '-- portress-snapshot: '

function columnSnapshots(columns: readonly DeclaredColumn[]): ColumnSnapshots {
  const entries = columns.map(({ field, definition }) => [
    field,
    { kind: definition.kind, type: columnType(definition), unique: definition.unique },
  ])
  return Object.fromEntries(entries)
}

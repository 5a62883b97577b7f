import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A migration of the application. */
export interface MigrationFile {
  /** The file's name without its folder, `.sql` included. */
  readonly name: string
  readonly text: string
}

/**
 * The `.sql` files of a folder in the order of their names; none when there is no folder.
 *
 * Line ends are made the same, so that a checkout on another system does not look like a change.
 */
export function readMigrationFolder(folder: string | null): readonly MigrationFile[] {
  if (folder === null) return []
  return fileNames(folder).map((name) => ({
    name,
    text: readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'),
  }))
}

function fileNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MongoDocument } from './mongo-driver.ts'
import { document } from './values.ts'

/** A migration of the application. */
export interface MigrationFile {
  /** The file's name without its folder, `.json` included. */
  readonly name: string
  readonly commands: readonly MongoDocument[]
  /** Which fields are unique after it; `null` where the file does not say so. */
  readonly snapshot: RuleSnapshot | null
}

/** The kinds of the fields that are unique, by their names; those of a profile as `author.penName`. */
export type RuleSnapshot = Readonly<Record<string, string>>

/**
 * The `.json` files of a folder in the order of their names; none when there is no folder.
 *
 * @throws {TypeError} for a file that has no list of commands
 */
export function readMigrationFolder(folder: string | null): readonly MigrationFile[] {
  if (folder === null) return []
  return fileNames(folder).map((name) => readFile(name, readFileSync(join(folder, name), 'utf8')))
}

function fileNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function readFile(name: string, text: string): MigrationFile {
  const { commands, unique = null } = document(parse(name, text))
  if (!Array.isArray(commands) || !commands.every((command) => Object.keys(document(command)).length > 0)) {
    throw new TypeError(`${name} must have "commands": a list of commands of MongoDB, such as [{ "create": "things" }]`)
  }
  if (unique !== null && Object.values(document(unique)).some((kind) => typeof kind !== 'string')) {
    throw new TypeError(`what ${name} says is "unique" is damaged; restore what was drafted`)
  }
  return {
    name,
    commands: commands.map(document),
    snapshot: unique === null ? null : (document(unique) as RuleSnapshot),
  }
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TypeError(`${name} is not JSON: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

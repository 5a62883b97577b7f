import { createHash } from 'node:crypto'
import type { Migration, MigrationControl, MigrationStatus } from '../../contracts/store.ts'
import { BUILT_IN_MIGRATIONS } from './built-in-migrations.ts'
import { draftMigration } from './draft-migration.ts'
import { readMigrationFolder } from './migration-files.ts'
import { type AppliedMigrations, applyOnce, readApplied } from './migration-runs.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { keyProblems, schemaProblems } from './schema-problems.ts'
import { serverProblems } from './server-problems.ts'
import type { Users } from './users.ts'

/** Migrations in MongoDB: the built-in ones, then the files of the application's folder. */
export function mongoMigrations(users: Users, folder: string | null): MigrationControl {
  const { db, model } = users
  const draft = (dropUndeclared: boolean) =>
    draftMigration({ model, files: readMigrationFolder(folder), dropUndeclared })
  return {
    async status(): Promise<MigrationStatus> {
      const migrations = allMigrations(users, folder)
      const applied = await readApplied(db)
      const pending = migrations.filter(({ name }) => !applied.has(name))
      // A name that is not in this list was applied by a newer release; running beside it is allowed.
      const unknown = [...applied.keys()].filter((name) => migrations.every((one) => one.name !== name))
      const known = migrations.filter(({ name }) => applied.has(name)).map(({ name }) => name)
      const problems = [...(await serverProblems(db)), ...changedMigrations(migrations, applied)]
      if (pending.length === 0) problems.push(...(await schemaProblems(users)))
      else if (draft(false)) problems.push('declared fields need a new migration')
      return { applied: [...known, ...unknown], pending, problems }
    },
    async apply() {
      const names: string[] = []
      for (const migration of allMigrations(users, folder)) {
        const [changed] = changedMigrations(allMigrations(users, folder), await readApplied(db))
        if (changed) throw new Error(changed)
        if (await applyOnce(db, migration)) names.push(migration.name)
      }
      const [problem] = names.length === 0 ? [] : await keyProblems(users, null)
      if (problem !== undefined) throw new Error(problem)
      return names
    },
    draft: async ({ dropUndeclared }) => draft(dropUndeclared),
  }
}

/** Built-in migrations and files, in the order in which they are applied. */
function allMigrations({ model }: Users, folder: string | null): readonly Migration[] {
  const builtIn = BUILT_IN_MIGRATIONS.map(({ name, commands }) => migration(name, commands(model.naming), model.ids))
  return [...builtIn, ...readMigrationFolder(folder).map(({ name, commands }) => migration(name, commands))]
}

/** Says which applied migrations have another text by now. */
function changedMigrations(migrations: readonly Migration[], applied: AppliedMigrations): readonly string[] {
  return migrations
    .filter(({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum)
    .map(({ name }) => `${name} is not the text that was applied; undo the change and write a new file`)
}

/** The kind of ids is no part of any command, and still must not change. */
function migration(name: string, commands: readonly MongoDocument[], ids = ''): Migration {
  const statements = commands.map((command) => JSON.stringify(command))
  return {
    name,
    statements,
    checksum: createHash('sha256')
      .update([ids, ...statements].join('\n'))
      .digest('hex'),
  }
}

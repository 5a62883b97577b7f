import { statSync } from 'node:fs'
import process from 'node:process'
import type { MigrationStatus } from '../../contracts/store.ts'
import type { Application } from '../support/application.ts'
import { type Finding, present } from './finding.ts'

const DAY_MILLISECONDS = 86_400_000

/** A secret this old is worth replacing; old log-ins stay while the old one is listed behind the new one. */
const OLD_SECRET_DAYS = 365

/** Secrets, files, and the state of the database. */
export function reviewKeeping(application: Application, status: MigrationStatus): readonly Finding[] {
  return [...reviewSecrets(application), ...reviewFiles(application), ...reviewMigrations(application, status)]
}

function reviewSecrets({ options, secretFile }: Application): readonly Finding[] {
  const count = options?.secrets.length ?? 1
  const ageDays = secretFile === null ? 0 : (Date.now() - secretFile.changedAt.getTime()) / DAY_MILLISECONDS
  return present([
    count > 3 && {
      id: 'many-secrets',
      severity: 'warning',
      message: `${count} secrets verify; each of them opens everything.`,
      advice: 'Take away the oldest once what they signed has expired.',
    },
    ageDays > OLD_SECRET_DAYS && {
      id: 'old-secret',
      severity: 'warning',
      message: `The secret in ${secretFile?.path} is ${Math.floor(ageDays)} days old.`,
      advice: 'Put a new line with a new secret in front of it; delete the old line later.',
    },
  ])
}

function reviewFiles({ databasePath, configFile }: Application): readonly Finding[] {
  // Windows has no such modes.
  if (process.platform === 'win32') return []
  const database = databasePath === null ? [] : ['', '-wal', '-shm'].map((suffix) => databasePath + suffix)
  return present([
    ...database.map(
      (path) =>
        (modeOf(path) & 0o077) !== 0 && {
          id: 'readable-database',
          severity: 'error' as const,
          message: `${path} holds password hashes and can be read by other users of this machine.`,
          advice: `Run: chmod 600 ${path}`,
        },
    ),
    configFile !== null &&
      (modeOf(configFile) & 0o022) !== 0 && {
        id: 'writable-configuration',
        severity: 'error',
        message: `${configFile} is run as a program and can be changed by other users of this machine.`,
        advice: `Run: chmod go-w ${configFile}`,
      },
  ])
}

/** 0 where there is no such file. */
function modeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mode ?? 0
}

function reviewMigrations({ configFile }: Application, { pending, problems }: MigrationStatus): readonly Finding[] {
  const isApplied = configFile === null
  return present([
    pending.length > 0 && {
      id: 'pending-migrations',
      // The embedded default applies them itself when it starts.
      severity: isApplied ? 'info' : 'error',
      message: `Not applied yet: ${pending.map(({ name }) => name).join(', ')}.`,
      advice: 'Run: portress migrate',
    },
    ...problems.map((problem) => ({
      id: 'database-problem',
      severity: 'error' as const,
      message: `The database is not as it must be: ${problem}.`,
      advice: 'Run: portress makemigrations, then portress migrate; or repair it by hand.',
    })),
  ])
}

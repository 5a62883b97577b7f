import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { messageOf } from './explain-error.ts'
import { Stop } from './stop.ts'

export interface SecretFile {
  readonly path: string
  /** One a line: the first signs, all verify. */
  readonly secrets: readonly string[]
  readonly changedAt: Date
  /** Whether this call made it. */
  readonly isNew: boolean
}

/** Where the secret of a database is kept: beside it, so that both are moved together. */
export function secretFilePath(databasePath: string): string {
  return join(dirname(databasePath), '.portress-secret')
}

/**
 * Reads the secret beside the database, or makes it when there is none. Processes that start together agree on one.
 *
 * @throws {Stop} 2 when it can be read by others, holds nothing, or cannot be made
 */
export function keepSecret(path: string): SecretFile {
  const known = readSecretFile(path)
  if (known !== null) return known
  const isNew = makeSecretFile(path)
  const made = readSecretFile(path)
  if (made === null) throw new Stop(2, `${path} was there and is gone again; try once more`)
  return { ...made, isNew }
}

/** The secret beside the database, or `null` when there is none. @throws {Stop} 2 as `keepSecret` */
export function readSecretFile(path: string): SecretFile | null {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw new Stop(2, `The secret cannot be read: ${messageOf(error)}`)
  }
  try {
    // Asked of the open file, not of its name, so that what is judged is what is read.
    const { mode, mtime } = fstatSync(descriptor)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw readableByOthers(path)
    const secrets = readFileSync(descriptor, 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    if (secrets.length === 0) throw new Stop(2, `${path} is empty; delete it, and the next start makes a new secret`)
    return { path, secrets, changedAt: mtime, isNew: false }
  } finally {
    closeSync(descriptor)
  }
}

/** `false` when another process was faster. The name appears at once with the whole content, or not at all. */
function makeSecretFile(path: string): boolean {
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`
  try {
    const descriptor = openSync(draft, 'wx', 0o600)
    try {
      writeFileSync(descriptor, `${randomBytes(48).toString('base64url')}\n`)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    linkSync(draft, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw new Stop(2, `The secret cannot be kept in ${path}: ${messageOf(error)}. Set PORTRESS_SECRET instead.`)
  } finally {
    rmSync(draft, { force: true })
  }
}

function readableByOthers(path: string): Stop {
  return new Stop(
    2,
    `${path} can be read by others. If nobody else uses this machine, run: chmod 600 ${path}\n` +
      'Otherwise delete it: the next start makes a new secret, which logs everybody out.',
  )
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

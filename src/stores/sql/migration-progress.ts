import { createHash } from 'node:crypto'

/** How far a migration has come that no transaction holds together. */
export interface MigrationProgress {
  /** So many of its statements have been done. */
  readonly done: number
  /** The next one was begun, and nobody has noted its end. */
  readonly isRunning: boolean
  /** What the statements that have been done were. */
  readonly digest: string
}

export const NOTHING_DONE: MigrationProgress = { done: 0, isRunning: false, digest: digestOf([]) }

export function digestOf(statements: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex')
}

/** Stands in the place of the migration's checksum until it is finished, so that an older release does not take it for one. */
export function writeProgress({ done, isRunning, digest }: MigrationProgress): string {
  return `unfinished, statements done: ${done}, next ${isRunning ? 'running' : 'waiting'}, ${digest}`
}

/** `null` for the checksum of a migration that is finished. */
export function readProgress(checksum: string): MigrationProgress | null {
  const [, done, next, digest] = FORM.exec(checksum) ?? []
  if (done === undefined || digest === undefined) return null
  return { done: Number(done), isRunning: next === 'running', digest }
}

const FORM = /^unfinished, statements done: (\d+), next (running|waiting), ([0-9a-f]+)$/

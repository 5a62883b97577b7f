import type { Attempt } from '../../model/attempt.ts'
import { csvRecord } from '../../util/csv.ts'
import { formatTable } from './format-table.ts'
import { jsonLine } from './json-line.ts'

/** An attempt, and who it was about as people call them. */
export interface NamedAttempt {
  readonly attempt: Attempt
  readonly user: string | null
}

/** What `portress attempts --json` tells of an attempt. */
export type AttemptRow = Omit<Attempt, 'id' | 'at' | 'sessionId' | 'loggedOutAt'> & {
  readonly at: string
  readonly user: string | null
}

export function attemptRow({ attempt, user }: NamedAttempt): AttemptRow {
  const { at, userId, identifier, address, userAgent, door, action, outcome } = attempt
  return { at: at.toISOString(), userId, user, identifier, address, userAgent, door, action, outcome }
}

/** How a list of attempts is written. */
export interface AttemptFormat {
  /** Stands above the first page. */
  readonly heading: string | null
  readonly page: (attempts: readonly NamedAttempt[]) => string
}

/** In the order of the columns. */
const EXPORTED = [
  'id',
  'at',
  'userId',
  'user',
  'identifier',
  'address',
  'userAgent',
  'door',
  'action',
  'outcome',
  'sessionId',
  'loggedOutAt',
] as const

type Exported = Readonly<Record<(typeof EXPORTED)[number], string | number | null>>

function exported(named: NamedAttempt): Exported {
  const { id, sessionId, loggedOutAt } = named.attempt
  return { id, ...attemptRow(named), sessionId, loggedOutAt: loggedOutAt?.toISOString() ?? null }
}

export const ATTEMPT_FORMATS: { readonly [K in 'table' | 'csv' | 'json']: AttemptFormat } = {
  // For people: cells are cut, and each page has columns of its own width.
  table: { heading: null, page: (attempts) => formatTable(HEADINGS, attempts.map(tableRow)) },
  csv: { heading: csvRecord(EXPORTED), page: linesOf((row) => csvRecord(EXPORTED.map((name) => row[name]))) },
  json: { heading: null, page: linesOf(jsonLine) },
}

function linesOf(write: (row: Exported) => string): AttemptFormat['page'] {
  return (attempts) => attempts.map((named) => write(exported(named))).join('\n')
}

const HEADINGS = ['TIME', 'USER', 'TYPED', 'ADDRESS', 'DOOR', 'ACTION', 'OUTCOME', 'AGENT']

const NOTHING = '-'

function tableRow(named: NamedAttempt): readonly string[] {
  const { userId, user, ...row } = attemptRow(named)
  return [
    row.at,
    userId === null ? NOTHING : `${user ?? ''}#${userId}`,
    short(row.identifier, 40),
    row.address ?? NOTHING,
    row.door,
    row.action,
    row.outcome,
    short(row.userAgent, 60),
  ]
}

function short(text: string | null, length: number): string {
  if (text === null) return NOTHING
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

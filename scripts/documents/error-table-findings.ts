import { codeSpans, type Document, lineOf, sectionOf, tableRows } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'

/** What the page of errors must agree with. */
export interface ErrorFacts {
  /** The developer's sentence of each code. */
  readonly meanings: Readonly<Record<string, string>>
  /** What the Portress API answers with. */
  readonly statuses: Readonly<Record<string, number>>
  readonly fieldCodes: readonly string[]
}

/** Holds the two tables of `docs/errors.md` against the code. */
export function errorTableFindings(page: Document, facts: ErrorFacts): readonly Finding[] {
  const rows = rowsByCode(sectionOf(page, 'Codes'))
  const codes = Object.keys(facts.meanings)
  const fields = rowsByCode(sectionOf(page, 'Field codes'))
  const problems = [
    ...differences('code', [...rows.keys()], codes),
    ...differences('field code', [...fields.keys()], facts.fieldCodes),
    ...codes.flatMap((code) => rowProblems(code, rows.get(code), facts)),
  ]
  return problems.map(({ code, message }) => {
    return { rule: 'errors', file: page.path, line: lineOf(page.text, `| \`${code}\``), message: `${code}: ${message}` }
  })
}

interface Problem {
  readonly code: string
  readonly message: string
}

type Row = readonly string[]

function rowsByCode(section: string): ReadonlyMap<string, Row> {
  return new Map(tableRows(section).map((row) => [codeSpans(row[0] ?? '')[0] ?? '', row]))
}

function differences(kind: string, told: readonly string[], known: readonly string[]): readonly Problem[] {
  return [
    ...known.filter((code) => !told.includes(code)).map((code) => ({ code, message: `this ${kind} has no row` })),
    ...told.filter((code) => !known.includes(code)).map((code) => ({ code, message: `there is no such ${kind}` })),
  ]
}

function rowProblems(code: string, row: Row | undefined, { meanings, statuses }: ErrorFacts): readonly Problem[] {
  if (row === undefined) return []
  const [, status, meaning, when = ''] = row
  return [
    ...(status === String(statuses[code]) ? [] : [{ code, message: `the status is ${statuses[code]}` }]),
    ...(meaning === meanings[code] ? [] : [{ code, message: `the meaning is "${meanings[code]}"` }]),
    ...(when === '' ? [{ code, message: 'it does not say when' }] : []),
  ]
}

import { type Document, codeSpans, lineOf, sectionOf, tableRows } from '../support/documents.ts'
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
  const wrong = Object.keys(facts.meanings).flatMap((code) => rowProblems(code, rows.get(code), facts))
  const strays = [...rows.keys()].filter((code) => !Object.hasOwn(facts.meanings, code))
  const fields = rowsByCode(sectionOf(page, 'Field codes'))
  const messages = [
    ...wrong,
    ...strays.map((code) => `tells of ${code}, which is no code`),
    ...facts.fieldCodes.filter((code) => !fields.has(code)).map((code) => `misses the field code ${code}`),
    ...[...fields.keys()].filter((code) => !facts.fieldCodes.includes(code)).map((code) => `tells of ${code}, which is no field code`),
  ]
  return messages.map((message) => {
    const [code = ''] = /\b[a-z]+(?:_[a-z]+)*\b(?=,|:|$)/.exec(message) ?? []
    return { rule: 'errors', file: page.path, line: lineOf(page.text, `\`${code}\``), message }
  })
}

type Row = readonly string[]

function rowsByCode(section: string): ReadonlyMap<string, Row> {
  return new Map(tableRows(section).map((row) => [codeSpans(row[0] ?? '')[0] ?? '', row]))
}

function rowProblems(code: string, row: Row | undefined, { meanings, statuses }: ErrorFacts): readonly string[] {
  if (row === undefined) return [`misses the code ${code}`]
  const [, status, meaning, when = ''] = row
  return [
    ...(status === String(statuses[code]) ? [] : [`${code}: the status is ${statuses[code]}`]),
    ...(meaning === meanings[code] ? [] : [`${code}: the meaning is "${meanings[code]}"`]),
    ...(when === '' ? [`${code}: it does not say when`] : []),
  ]
}

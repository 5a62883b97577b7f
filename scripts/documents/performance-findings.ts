import { type Document, sectionOf, tableRows } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'

/** Holds the figures that the documents quote against those that were written down beside the timings. */
export function performanceFindings(page: Document, timings: Document): readonly Finding[] {
  const measured = figuresIn(sectionOf(timings, 'What it showed last'))
  const quoted = figuresIn(sectionOf(page, 'What was measured'))
  const messages = [
    ...measured.filter((row) => !quoted.includes(row)).map((row) => `does not quote ${timings.path}: ${row}`),
    ...quoted.filter((row) => !measured.includes(row)).map((row) => `quotes what ${timings.path} does not say: ${row}`),
  ]
  return messages.map((message) => ({ rule: 'performance', file: page.path, message }))
}

/** The rows about one timing each, and the day they were taken. */
function figuresIn(section: string): readonly string[] {
  const rows = tableRows(section).filter(([name = '', ...cells]) => /^`[\w-]+`$/.test(name) && cells.length === 3)
  const [date = 'no date'] = /\b\d{4}-\d{2}-\d{2}\b/.exec(section) ?? []
  return [...rows.map((row) => row.join(' | ')), date]
}

import { isReached, type Row } from './row.ts'

/** Where and when the figures were taken. */
export interface Circumstances {
  readonly date: string
  readonly machine: string
  readonly node: string
  readonly cores: string
  readonly code: string
}

/** The result for people. */
export function formatRows(rows: readonly Row[], circumstances: Circumstances): string {
  const { date, machine, node, cores, code } = circumstances
  const head = ['measurement', 'value', 'target', 'reached', 'from']
  const cells = rows.map((row) => [row.name, formatValue(row), formatTarget(row), formatReached(row), row.figures])
  const widths = head.map((title, column) =>
    Math.max(...[head, ...cells].map((line) => line[column]?.length ?? title.length)),
  )
  const lines = [head, widths.map((width) => '-'.repeat(width)), ...cells]
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [`${date}, ${machine}, Node ${node}, ${code}`, cores, '', ...table].join('\n')
}

/** The same for programs. */
export function rowsToJson(rows: readonly Row[], circumstances: Circumstances): string {
  const measured = rows.map((row) => ({ ...row, isReached: isReached(row) }))
  return JSON.stringify({ ...circumstances, rows: measured }, null, 2)
}

function formatValue({ value, unit }: Row): string {
  return unit === 'ratio' ? value.toFixed(3) : `${value.toFixed(1)} ${unit}`
}

function formatReached(row: Row): string {
  const reached = isReached(row)
  if (reached === null) return ''
  return reached ? 'yes' : 'NO'
}

function formatTarget({ target, unit }: Row): string {
  if (target === null) return ''
  const text = 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`
  return unit === 'ratio' ? text : `${text} ${unit}`
}

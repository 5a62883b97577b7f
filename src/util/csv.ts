/**
 * One record of a CSV file (RFC 4180), without its line end.
 *
 * Spreadsheets take a cell that begins like a formula for one, and what is written here may come from strangers: such a
 * cell gets an apostrophe in front (OWASP, CSV injection), which a spreadsheet takes for "this is text". What begins so by
 * nature, such as a negative number, gets it as well.
 */
export function csvRecord(cells: readonly (string | number | null)[]): string {
  return cells.map((cell) => quoted(defused(cell === null ? '' : String(cell)))).join(',')
}

/** Ends each record of a file, the last one too. */
export const CSV_LINE_END = '\r\n'

// The full-width forms are taken for the plain ones where a spreadsheet is set to Japanese.
const defused = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text)

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The name that was probably meant, or `null` where none is near. Letter case does not count. */
export function closestName(typed: string, names: readonly string[]): string | null {
  let closest: string | null = null
  let least = Math.min(3, Math.ceil(typed.length / 3)) + 1
  for (const name of names) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase())
    if (distance >= least) continue
    closest = name
    least = distance
  }
  return closest
}

/** How many characters must be put in, taken out or replaced to make one text of the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [rowIndex, character] of [...from].entries()) {
    const next = [rowIndex + 1]
    for (const [column, other] of [...to].entries()) {
      const replaced = at(row, column) + (character === other ? 0 : 1)
      next.push(Math.min(replaced, at(row, column + 1) + 1, at(next, column) + 1))
    }
    row = next
  }
  return at(row, row.length - 1)
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY

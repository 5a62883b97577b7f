/** What a page without script says, as far as tests look at it. */

const plain = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()

/** The headings of the columns, without marks of the order. */
export function headingsIn(text: string): readonly string[] {
  const [, head = ''] = /<thead>([\s\S]*?)<\/thead>/.exec(text) ?? []
  return [...head.matchAll(/<th scope="col"[^>]*>([\s\S]*?)<\/th>/g)].map(([, cell = '']) =>
    plain(cell).replace(/ [▴▾]$/, ''),
  )
}

/** What the rows of a list of users are called. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/<th scope="row"[^>]*>([\s\S]*?)<\/th>/g)].map(([, cell = '']) => plain(cell))
}

/** What stands in a field of a form: its value, whether it is ticked, or what is chosen in it. */
export function fieldIn(text: string, name: string): string | boolean | readonly string[] | null {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const select = new RegExp(`<select[^>]* name="${escaped}"[^>]*>([\\s\\S]*?)</select>`).exec(text)?.[1]
  if (select !== undefined) return [...select.matchAll(/value="([^"]*)" selected/g)].map(([, value = '']) => value)
  const area = new RegExp(`<textarea[^>]* name="${escaped}"[^>]*>\\n?([\\s\\S]*?)</textarea>`).exec(text)?.[1]
  if (area !== undefined) return area
  const input = new RegExp(`<input[^>]* name="${escaped}"[^>]*>`).exec(text)?.[0]
  if (input === undefined) return null
  if (input.includes('type="checkbox"')) return / checked/.test(input)
  return / value="([^"]*)"/.exec(input)?.[1] ?? ''
}

export const textOf = plain

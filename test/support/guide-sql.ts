import { readFileSync } from 'node:fs'

/** All that a guide tells people to run on their database. */
export function readGuideSql(guide: string): string {
  const text = readFileSync(new URL(`../../docs/guides/${guide}`, import.meta.url), 'utf8')
  const blocks = [...text.matchAll(/```sql\n(.*?)```/gs)].map(([, sql]) => sql)
  if (blocks.length === 0) throw new Error(`${guide} has no SQL`)
  return blocks.join('\n')
}

import type { Answer } from './answer.ts'
import { BODY_ENDPOINTS, OTHER_ROWS } from './endpoints.ts'
import type { SendOptions, Site } from './open-site.ts'

/** Every row of the API with a body that it reads. */
export const ALL_ROWS: readonly { readonly row: string; readonly body?: object }[] = [
  ...BODY_ENDPOINTS,
  ...OTHER_ROWS.map((row) => ({ row: row.replace(':id', 'A'.repeat(22)) })),
]

export const UNSAFE_ROWS: typeof ALL_ROWS = ALL_ROWS.filter(({ row }) => !row.startsWith('GET '))

export const SAFE_ROWS: typeof ALL_ROWS = ALL_ROWS.filter(({ row }) => row.startsWith('GET '))

export interface Swept {
  readonly row: string
  readonly answer: Answer
}

/** Sends every row once, one after the other. */
export async function sweep(site: Site, rows: typeof ALL_ROWS, options: SendOptions = {}): Promise<readonly Swept[]> {
  const swept: Swept[] = []
  for (const { row, body } of rows) {
    swept.push({ row, answer: await site.send(row, { ...(body === undefined ? {} : { body }), ...options }) })
  }
  return swept
}

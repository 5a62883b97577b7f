import type { Document } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'

const MAX_LINES = 120
const MAX_BADGES = 3

/** Keeps the front page short. */
export function readmeFindings({ path: file, text }: Document): readonly Finding[] {
  const lines = text.trimEnd().split('\n').length
  const badges = text.match(/!\[[^\]]*\]\(/g)?.length ?? 0
  const messages = [
    ...(lines < MAX_LINES ? [] : [`has ${lines} lines; the front page has fewer than ${MAX_LINES}`]),
    ...(badges <= MAX_BADGES ? [] : [`has ${badges} pictures; ${MAX_BADGES} are the most`]),
  ]
  return messages.map((message) => ({ rule: 'front-page', file, message }))
}

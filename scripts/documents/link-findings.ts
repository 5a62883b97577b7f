import { existsSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { type Document, proseOf } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'

/** Finds links to files and headings that are not there, and links that are not encrypted. */
export function linkFindings(root: string, documents: readonly Document[]): readonly Finding[] {
  return documents.flatMap((document) =>
    linksOf(document).flatMap(({ target, line }) => {
      const message = problemOf({ root, documents, from: document.path, target })
      return message === null ? [] : [{ rule: 'links', file: document.path, line, message }]
    }),
  )
}

interface Link {
  readonly target: string
  readonly line: number
}

function linksOf(document: Document): readonly Link[] {
  const lines = proseOf(document).split('\n')
  return lines.flatMap((line, index) =>
    [...line.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) =>
      target === undefined ? [] : [{ target, line: index + 1 }],
    ),
  )
}

interface Followed {
  readonly root: string
  readonly documents: readonly Document[]
  readonly from: string
  readonly target: string
}

function problemOf({ root, documents, from, target }: Followed): string | null {
  if (/^(?:https|mailto):/.test(target)) return null
  if (/^[a-z]+:/.test(target)) return `${target} is not a link that is encrypted`
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? from : normalize(join(dirname(from), file))
  const place = join(root, path)
  if (!existsSync(place)) return `${target} is not there`
  if (anchor === undefined || statSync(place).isDirectory()) return null
  const page = documents.find((document) => document.path === path)
  if (page === undefined) return `${target} names a heading of a file that is no document`
  return anchorsOf(page).has(anchor) ? null : `${target}: there is no such heading`
}

/** As GitHub makes them: lower case, without punctuation, blanks as dashes, and numbered when they come again. */
function anchorsOf(document: Document): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const [, heading = ''] of proseOf(document).matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-')
    let anchor = plain
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${plain}-${count}`
    anchors.add(anchor)
  }
  return anchors
}

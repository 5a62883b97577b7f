import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/** A page of prose. */
export interface Document {
  /** From the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** A block of code in a document. */
export interface CodeBlock {
  readonly language: string
  readonly code: string
  /** Of its first line of code, counting from 1. */
  readonly line: number
}

/** Reads the pages at the root and those below `docs`, `examples` and `bench`. */
export function readDocuments(root: string): readonly Document[] {
  const atRoot = readdirSync(root).filter((name) => name.endsWith('.md'))
  const paths: readonly string[] = [
    ...atRoot,
    ...['docs', 'examples', 'bench'].flatMap((name) => pagesBelow(root, name)),
  ]
  return paths.toSorted().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function pagesBelow(root: string, folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  const own = names.filter((name) => name.endsWith('.md') && !name.split(sep).includes('node_modules'))
  return own.map((name) => `${folder}/${name.replaceAll(sep, '/')}`)
}

/** The fenced blocks of a page, in their order. */
export function codeBlocks({ text }: Document): readonly CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | null = null
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^```(\w*)/.exec(line)
    if (open === null && fence) open = { language: fence[1] ?? '', line: index + 2, lines: [] }
    else if (open !== null && fence) {
      blocks.push({ language: open.language, line: open.line, code: `${open.lines.join('\n')}\n` })
      open = null
    } else open?.lines.push(line)
  }
  return blocks
}

/** The text with fenced blocks blanked out, line for line. */
export function proseOf({ text }: Document): string {
  let isInside = false
  const lines = text.split('\n').map((line) => {
    const isFence = line.startsWith('```')
    const isProse = !isInside && !isFence
    if (isFence) isInside = !isInside
    return isProse ? line : ''
  })
  return lines.join('\n')
}

/** The part below a heading of the second level, up to the next one. */
export function sectionOf(document: Document, heading: string): string {
  const [, ...sections] = `\n${proseOf(document)}`.split('\n## ')
  return sections.find((section) => section.startsWith(`${heading}\n`)) ?? ''
}

/** The cells of every row of every table in a text, without the rows of headings and dashes. */
export function tableRows(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n')
  const isDashes = (line: string | undefined): boolean => /^\|[\s|:-]+\|$/.test(line ?? '')
  return lines
    .filter((line, index) => line.startsWith('|') && !isDashes(line) && !isDashes(lines[index + 1]))
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/).slice(1, -1)
      return cells.map((cell) => cell.trim().replaceAll('\\|', '|'))
    })
}

/** What stands between backticks in a text. */
export function codeSpans(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, span]) => (span === undefined ? [] : [span]))
}

/** The line of the first place of `part` in a text, counting from 1. */
export function lineOf(text: string, part: string): number {
  return text.slice(0, Math.max(0, text.indexOf(part))).split('\n').length
}

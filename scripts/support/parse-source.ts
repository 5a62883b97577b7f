import { type Comment, type Program, parseSync, Visitor, type VisitorObject } from 'oxc-parser'
import type { SourceFile } from './source-files.ts'

/** A parsed file and what the checks ask about it. */
export interface ParsedSource {
  readonly program: Program
  readonly comments: readonly Comment[]
  /** The text with every comment blanked out, of the same length and lines. */
  readonly code: string
  /** Counts from 1. */
  lineAt(offset: number): number
}

/** Parses a file. A file that is not TypeScript is a fault, because its rules cannot be checked. */
export function parseSource({ path, text }: SourceFile): ParsedSource {
  const { program, comments, errors } = parseSync(path, text, { sourceType: 'module' })
  const [error] = errors
  if (error) throw new SyntaxError(`${path}: ${error.message}`)
  return { program, comments, code: withoutComments(text, comments), lineAt: lineFinder(text) }
}

/** Calls the visitor's functions for the nodes of a file, parents first. */
export function visit(source: ParsedSource, visitor: VisitorObject): void {
  new Visitor(visitor).visit(source.program)
}

function withoutComments(text: string, comments: readonly Comment[]): string {
  const parts: string[] = []
  let end = 0
  for (const comment of comments) {
    parts.push(text.slice(end, comment.start), text.slice(comment.start, comment.end).replace(/\S/g, ' '))
    end = comment.end
  }
  return [...parts, text.slice(end)].join('')
}

function lineFinder(text: string): (offset: number) => number {
  return (offset) => text.slice(0, offset).split('\n').length
}

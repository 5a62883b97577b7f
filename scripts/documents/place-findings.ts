import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeSpans, type Document, lineOf } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'
import { parseSource, visit } from '../support/parse-source.ts'

/** A path of this repository, and after a colon the name of something in that file. */
const PLACE = /^((?:src|test|scripts|bench|docs|examples|\.ci)\/[\w./-]*\w)(?:: (\w+))?$/

/** Finds paths between backticks that are not there, and functions that their files do not have. */
export function placeFindings(root: string, documents: readonly Document[]): readonly Finding[] {
  return documents.flatMap(({ path: file, text }) =>
    [...new Set(codeSpans(text))].flatMap((span) => {
      const [, path, name] = PLACE.exec(span) ?? []
      if (path === undefined) return []
      const message = problemOf(join(root, path), name)
      return message === null
        ? []
        : [{ rule: 'places', file, line: lineOf(text, `\`${span}\``), message: `${span} ${message}` }]
    }),
  )
}

function problemOf(path: string, name: string | undefined): string | null {
  if (!existsSync(path)) return 'is not there'
  return name === undefined || namesIn(path).has(name) ? null : 'names nothing in that file'
}

/** Functions, variables, methods and properties that a file gives a name to. */
function namesIn(path: string): ReadonlySet<string> {
  const names = new Set<string>()
  const add = (node: { readonly type: string; readonly name?: unknown } | null): void => {
    if (node?.type === 'Identifier') names.add(String(node.name))
  }
  visit(parseSource({ path, text: readFileSync(path, 'utf8') }), {
    FunctionDeclaration: ({ id }) => add(id),
    VariableDeclarator: ({ id }) => add(id),
    Property: ({ key }) => add(key),
    TSMethodSignature: ({ key }) => add(key),
    TSPropertySignature: ({ key }) => add(key),
  })
  return names
}

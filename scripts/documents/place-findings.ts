import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeSpans, type Document, lineOf } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'
import { parseSource, visit } from '../support/parse-source.ts'

/** A path of this repository, and after a colon the name of something in that file. */
const PLACE = /^((?:src|test|scripts|bench|docs|examples|\.ci)\/[\w./-]*\w)(?:: (\w+))?$/

/** A function of the account system, as a caller writes it. */
const CALL = /^auth\.(?!ts\b)(\w+)/

const AUTH = 'src/auth.ts'

/** What it is put together from. */
const PARTS_OF_AUTH = [AUTH, 'src/auth-admin.ts', 'src/auth-permissions.ts']

/** Finds paths between backticks that are not there, and functions that their files, or `auth`, do not have. */
export function placeFindings(root: string, documents: readonly Document[]): readonly Finding[] {
  return documents.flatMap(({ path: file, text }) =>
    [...new Set(codeSpans(text))].flatMap((span) => {
      const problem = problemOf(root, span)
      if (problem === null) return []
      return [{ rule: 'places', file, line: lineOf(text, `\`${span}\``), message: `${span} ${problem}` }]
    }),
  )
}

function problemOf(root: string, span: string): string | null {
  const [, called] = CALL.exec(span) ?? []
  if (called !== undefined) {
    const parts = PARTS_OF_AUTH.map((part) => join(root, part)).filter(existsSync)
    return parts.some((part) => namesIn(part).has(called)) ? null : `is not in ${AUTH}`
  }
  const [, path, name] = PLACE.exec(span) ?? []
  if (path === undefined) return null
  if (!existsSync(join(root, path))) return 'is not there'
  return name === undefined || namesIn(join(root, path)).has(name) ? null : 'names nothing in that file'
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

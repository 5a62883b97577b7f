import type { Expression, MemberExpression } from 'oxc-parser'
import { type Finding, report } from './support/finding.ts'
import { type ParsedSource, parseSource, visit } from './support/parse-source.ts'
import { isTest, sourceFiles } from './support/source-files.ts'

/** What the engine gets through `ctx` instead, and the only places that may take it from the surroundings. */
const ambient: Readonly<Record<string, RegExp>> = {
  'Date.now': /^src\/(cli|hosts)\/|^src\/config\/system-clock\.ts$/,
  'new Date()': /^src\/cli\/|^src\/config\/system-clock\.ts$/,
  'Math.random': /^src\/(cli|hosts)\//,
  'globalThis.process': /^src\/(cli|hosts)\//,
}

/** Finds time, chance and the process where a rule about them could not be tested. Biome looks after a bare `process`. */
export function ambientFindings(root: string): readonly Finding[] {
  return sourceFiles(root, ['src'])
    .filter(({ path }) => !isTest(path))
    .flatMap((file) => {
      const source = parseSource(file)
      return ambientUses(source)
        .filter(({ name }) => ambient[name]?.test(file.path) === false)
        .map(({ name, start }) => ({
          rule: 'nothing-ambient',
          file: file.path,
          line: source.lineAt(start),
          message: `takes ${name} from its surroundings instead of ctx`,
        }))
    })
}

interface AmbientUse {
  readonly name: string
  readonly start: number
}

function ambientUses(source: ParsedSource): readonly AmbientUse[] {
  const uses: AmbientUse[] = []
  const isDate = (callee: Expression) => nameOf(callee) === 'Date'
  visit(source, {
    MemberExpression: (node) => void uses.push({ name: memberName(node), start: node.start }),
    NewExpression(node) {
      if (isDate(node.callee) && node.arguments.length === 0) uses.push({ name: 'new Date()', start: node.start })
    },
    // `Date()` gives the present moment as text, whatever its arguments.
    CallExpression(node) {
      if (isDate(node.callee)) uses.push({ name: 'new Date()', start: node.start })
    },
  })
  return uses
}

/** `a.b` for `a.b`, `a?.b`, `a['b']` and `globalThis.a.b`. */
function memberName({ object, property }: MemberExpression): string {
  const key = property.type === 'Identifier' ? property.name : property.type === 'Literal' ? property.value : ''
  return `${nameOf(object)}.${key}`
}

function nameOf(expression: Expression): string {
  if (expression.type === 'Identifier') return expression.name
  if (expression.type !== 'MemberExpression') return ''
  return memberName(expression).replace(/^globalThis\./, '')
}

if (import.meta.main) report('what the code takes from its surroundings', ambientFindings(process.cwd()))

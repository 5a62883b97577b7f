import type { Expression } from 'oxc-parser'
import { type ParsedSource, visit } from './parse-source.ts'

/** One reference from a file to a module, whatever its form. */
export interface ImportReference {
  /** As written; `null` where it is computed and cannot be known. */
  readonly specifier: string | null
  readonly line: number
  /** Nothing of it is there at run time. */
  readonly isTypeOnly: boolean
}

/**
 * Lists every way in which a file reaches for another: `import`, `export … from`, `import()`, `import('…')` in types,
 * `import.meta.resolve()` and `new URL('./…', import.meta.url)`. Imports of types count like all others, and are marked.
 */
export function readImports(source: ParsedSource): readonly ImportReference[] {
  const references: ImportReference[] = []
  const add = (specifier: string | null, offset: number, isTypeOnly = false) =>
    references.push({ specifier, line: source.lineAt(offset), isTypeOnly })
  const addExpression = (expression: Expression, offset: number) => {
    const literals = textsOf(expression)
    if (literals.length === 0) add(null, offset)
    for (const literal of literals) add(literal, offset)
  }
  visit(source, {
    ImportDeclaration: (node) => add(node.source.value, node.start, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source.value, node.start, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => node.source && add(node.source.value, node.start, node.exportKind === 'type'),
    TSImportType: (node) => add(node.source.value, node.start, true),
    ImportExpression: (node) => addExpression(node.source, node.start),
    NewExpression({ callee, arguments: [target, base], start }) {
      if (callee.type !== 'Identifier' || callee.name !== 'URL' || !base || !isImportMeta(base, 'url')) return
      if (target && target.type !== 'SpreadElement') addExpression(target, start)
    },
    CallExpression({ callee, arguments: [target], start }) {
      if (!isImportMeta(callee, 'resolve') || !target || target.type === 'SpreadElement') return
      addExpression(target, start)
    },
  })
  return references
}

function isImportMeta(node: { readonly type: string }, property: string): boolean {
  const member = node as Expression
  return (
    member.type === 'MemberExpression' &&
    member.object.type === 'MetaProperty' &&
    member.property.type === 'Identifier' &&
    member.property.name === property
  )
}

/** The texts that an expression can give: a literal, both branches of a choice, a template as far as it is fixed. */
function textsOf(expression: Expression): readonly string[] {
  switch (expression.type) {
    case 'Literal':
      return typeof expression.value === 'string' ? [expression.value] : []
    case 'ConditionalExpression':
      return [...textsOf(expression.consequent), ...textsOf(expression.alternate)]
    case 'ParenthesizedExpression':
      return textsOf(expression.expression)
    case 'TemplateLiteral': {
      const start = expression.quasis[0]?.value.cooked
      return start ? [start] : []
    }
    default:
      return []
  }
}

import type { ArrowFunctionExpression, Expression, Function as FunctionNode, IfStatement } from 'oxc-parser'
import { type Finding, report } from './support/finding.ts'
import { type ParsedSource, parseSource, visit } from './support/parse-source.ts'
import { isTest, type SourceFile, sourceFiles } from './support/source-files.ts'

/** Lines are counted without blank ones and comments. */
const limits = { file: 300, testFile: 600, function: 60, depth: 3 } as const

/** Finds files and functions that are too long, and functions that nest too deeply. */
export function sizeFindings(root: string): readonly Finding[] {
  return sourceFiles(root, ['src', 'scripts', 'bench', 'examples', 'test']).flatMap((file) => {
    const source = parseSource(file)
    const context = { file, source }
    return [...fileFindings(context), ...functionFindings(context), ...depthFindings(context)]
  })
}

interface Context {
  readonly file: SourceFile
  readonly source: ParsedSource
}

function fileFindings({ file, source }: Context): readonly Finding[] {
  const limit = isTest(file.path) ? limits.testFile : limits.file
  const lines = codeLines(source.code)
  if (lines <= limit) return []
  return [{ rule: 'file-size', file: file.path, message: `has ${lines} lines of code; ${limit} is the limit` }]
}

function functionFindings({ file, source }: Context): readonly Finding[] {
  const findings: Finding[] = []
  const suites = new Set<number>()
  const measure = ({ start, end }: ArrowFunctionExpression | FunctionNode) => {
    const lines = codeLines(source.code.slice(start, end))
    if (lines <= limits.function || suites.has(start)) return
    const message = `a function has ${lines} lines of code; ${limits.function} is the limit`
    findings.push({ rule: 'function-size', file: file.path, line: source.lineAt(start), message })
  }
  visit(source, {
    // A suite is a list of sentences, not a function that somebody has to hold in the head.
    CallExpression(node) {
      if (isDescribe(node.callee)) for (const argument of node.arguments) suites.add(argument.start)
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  })
  return findings
}

function isDescribe(callee: Expression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'describe'
  if (callee.type === 'MemberExpression') return isDescribe(callee.object)
  return callee.type === 'CallExpression' && isDescribe(callee.callee)
}

function depthFindings({ file, source }: Context): readonly Finding[] {
  const findings: Finding[] = []
  const elseIfs = new Set<IfStatement>()
  const depths = [0]
  const enter = ({ start }: { readonly start: number }) => {
    const depth = (depths.pop() ?? 0) + 1
    depths.push(depth)
    if (depth !== limits.depth + 1) return
    const message = `nests ${depth} levels of statements; ${limits.depth} is the limit`
    findings.push({ rule: 'depth', file: file.path, line: source.lineAt(start), message })
  }
  const leave = () => void depths.push((depths.pop() ?? 0) - 1)
  const begin = () => void depths.push(0)
  const finish = () => void depths.pop()
  visit(source, {
    FunctionDeclaration: begin,
    FunctionExpression: begin,
    ArrowFunctionExpression: begin,
    'FunctionDeclaration:exit': finish,
    'FunctionExpression:exit': finish,
    'ArrowFunctionExpression:exit': finish,
    IfStatement(node) {
      if (node.alternate?.type === 'IfStatement') elseIfs.add(node.alternate)
      if (!elseIfs.has(node)) enter(node)
    },
    'IfStatement:exit'(node) {
      if (!elseIfs.has(node)) leave()
    },
    ForStatement: enter,
    ForInStatement: enter,
    ForOfStatement: enter,
    WhileStatement: enter,
    DoWhileStatement: enter,
    SwitchStatement: enter,
    TryStatement: enter,
    'ForStatement:exit': leave,
    'ForInStatement:exit': leave,
    'ForOfStatement:exit': leave,
    'WhileStatement:exit': leave,
    'DoWhileStatement:exit': leave,
    'SwitchStatement:exit': leave,
    'TryStatement:exit': leave,
  })
  return findings
}

function codeLines(code: string): number {
  return code.split('\n').filter((line) => line.trim() !== '').length
}

if (import.meta.main) report('the sizes of files and functions', sizeFindings(process.cwd()))

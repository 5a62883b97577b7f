import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { computedImportsIn, type FolderRule, folderRules, rimRules } from './import-rules.ts'
import { findCycles } from './support/find-cycles.ts'
import { type Finding, report } from './support/finding.ts'
import { parseSource } from './support/parse-source.ts'
import { type ImportReference, readImports } from './support/read-imports.ts'
import { isTest, sourceFiles } from './support/source-files.ts'

interface ImportingFile {
  readonly path: string
  readonly imports: readonly ImportReference[]
}

/** Holds every import below `root` against the table of `import-rules.ts`, and looks for circles. */
export function importFindings(root: string): readonly Finding[] {
  const files = sourceFiles(root, ['src', 'scripts', 'bench', 'examples', 'test'])
    .filter(({ path }) => !isTest(path))
    .map((file): ImportingFile => ({ path: file.path, imports: readImports(parseSource(file)) }))
  const paths = new Set(files.map(({ path }) => path))
  const product = files.filter(({ path }) => path.startsWith('src/'))
  return [...product.flatMap((file) => fileFindings(file, paths)), ...cycleFindings(files, paths)]
}

function fileFindings(file: ImportingFile, paths: ReadonlySet<string>): readonly Finding[] {
  const rule = folderRules.find(({ from }) => new RegExp(from).test(file.path))
  if (!rule) return [{ rule: 'unlisted', file: file.path, message: 'No rule says what this file may import.' }]
  return file.imports.flatMap((reference) => {
    const complaint = referenceComplaint(reference, { file, rule, paths })
    return complaint ? [{ ...complaint, file: file.path, line: reference.line }] : []
  })
}

interface Place {
  readonly file: ImportingFile
  readonly rule: FolderRule
  readonly paths: ReadonlySet<string>
}

function referenceComplaint(
  { specifier, isTypeOnly }: ImportReference,
  { file, rule, paths }: Place,
): Pick<Finding, 'rule' | 'message'> | null {
  if (specifier === null) {
    if (computedImportsIn.test(file.path)) return null
    return { rule: 'computed', message: 'imports something that is only known at run time' }
  }
  if (isRelative(specifier)) {
    const { mayImport, mayImportTypes = [] } = rule
    const allowed = isTypeOnly ? [...mayImport, ...mayImportTypes] : mayImport
    if (isAllowed(allowed, { rule, file: file.path, target: targetOf(specifier, file.path, paths) })) return null
    return { rule: rule.name, message: `must not import ${specifier}, so that ${rule.soThat}` }
  }
  const rim = rimRules.find((candidate) => candidate.specifier.test(withNodePrefix(specifier)))
  if (!rim || rim.onlyIn.test(file.path)) return null
  return { rule: rim.name, message: `must not import ${specifier}, so that ${rim.soThat}` }
}

interface Import {
  readonly rule: FolderRule
  readonly file: string
  readonly target: string
}

function isAllowed(patterns: readonly string[], { rule, file, target }: Import): boolean {
  const group = new RegExp(rule.from).exec(file)?.[1] ?? ''
  return patterns.some((pattern) => new RegExp(pattern.replaceAll('$1', group)).test(target))
}

function cycleFindings(files: readonly ImportingFile[], paths: ReadonlySet<string>): readonly Finding[] {
  const graph = new Map(
    files.map(({ path, imports }) => [
      path,
      imports
        .flatMap(({ specifier }) => (specifier && isRelative(specifier) ? [targetOf(specifier, path, paths)] : []))
        .filter((target) => paths.has(target)),
    ]),
  )
  return findCycles(graph).map((cycle) => ({
    rule: 'no-cycles',
    file: cycle[0] ?? '',
    message: `imports itself: ${cycle.join(' → ')}`,
  }))
}

/** The source file behind a relative specifier. A worker is named with `.js` where it runs once built. */
function targetOf(specifier: string, from: string, paths: ReadonlySet<string>): string {
  const target = posix.join(posix.dirname(from), specifier)
  const candidates = [target, target.replace(/\.js$/, '.ts'), target.replace(/\.js$/, '.tsx'), `${target}.ts`]
  return candidates.find((candidate) => paths.has(candidate)) ?? target
}

function isRelative(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier)
}

function withNodePrefix(specifier: string): string {
  return builtinModules.includes(specifier) ? `node:${specifier}` : specifier
}

if (import.meta.main) report('who imports whom', importFindings(process.cwd()))

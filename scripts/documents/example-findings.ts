import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { codeBlocks, type Document } from '../support/documents.ts'
import { entryPoints } from '../support/entry-points.ts'
import type { Finding } from '../support/finding.ts'
import { sourceFiles } from '../support/source-files.ts'

/** A program that stands in a document or among the examples. */
export interface Example {
  /** Folder and name below the place where it is compiled; programs of one page lie together. */
  readonly file: string
  readonly text: string
  readonly from: { readonly path: string; readonly line: number }
}

/** Blocks of TypeScript in documents. `// name.ts` as the first line names one, so that others can import it. */
export function exampleBlocks(documents: readonly Document[]): readonly Example[] {
  return documents.flatMap((document) => {
    const folder = document.path.replaceAll('/', '-').replace(/\.md$/, '')
    return codeBlocks(document)
      .filter(({ language }) => language === 'ts')
      .map(({ code, line }, index) => {
        const name = /^\/\/ ([\w.-]+\.ts)\n/.exec(code)?.[1] ?? `block-${index + 1}.ts`
        return { file: `${folder}/${name}`, text: code, from: { path: document.path, line } }
      })
  })
}

/** By its own rules, where an import has no ending: `test/hosts/examples.test.ts` has it build them. */
const COMPILED_BY_NEXT = 'examples/hosts/next/'

/** Compiles the blocks and the programs in `examples/` against the sources, by the names that a user would import. */
export function exampleFindings(root: string, documents: readonly Document[]): readonly Finding[] {
  const programs = sourceFiles(root, ['examples'])
    .filter(({ path }) => !path.startsWith(COMPILED_BY_NEXT))
    .map(({ path, text }) => ({ file: path, text, from: { path, line: 1 } }))
  const examples = [...exampleBlocks(documents), ...programs]
  const folder = mkdtempSync(join(tmpdir(), 'portress-examples-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const { file, text } of examples) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings(root)))
    return compile(root, folder).flatMap((complaint) => findingOf(complaint, examples))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** As strict as our own sources, but for what only a library needs. */
function settings(root: string): object {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    readonly compilerOptions: object
  }
  const own = { noEmit: true, declaration: false, isolatedDeclarations: false, noUnusedLocals: false }
  const modules = entryPoints(root).filter(({ name }) => name.startsWith('.'))
  const paths = modules.map(({ name, source }) => [`portress${name.slice(1)}`, [join(root, source)]])
  return {
    compilerOptions: { ...compilerOptions, ...own, allowImportingTsExtensions: true, paths: Object.fromEntries(paths) },
    include: ['**/*.ts'],
    exclude: ['node_modules'],
  }
}

interface Complaint {
  readonly file: string
  readonly line: number
  readonly message: string
}

function compile(root: string, folder: string): readonly Complaint[] {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  try {
    execFileSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
    return []
  } catch (error) {
    const { stdout } = error as { readonly stdout: string }
    const lines = [...stdout.matchAll(/^(\S.*?)\((\d+),\d+\): (error .*)$/gm)]
    // A failure without a place is one of the settings, and must not look like success.
    if (lines.length === 0) throw error
    return lines.map(([, file = '', line, message = '']) => ({ file, line: Number(line), message }))
  }
}

function findingOf({ file, line, message }: Complaint, examples: readonly Example[]): readonly Finding[] {
  const example = examples.find((candidate) => candidate.file === file.replaceAll('\\', '/'))
  // What is wrong in the sources themselves is told by the check of types.
  if (example === undefined) return []
  return [{ rule: 'examples', file: example.from.path, line: example.from.line + line - 1, message }]
}

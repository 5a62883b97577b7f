import { basename, dirname } from 'node:path/posix'
import { codeBlocks, type Document } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'
import type { SourceFile } from '../support/source-files.ts'

/** The program that all others are variations of. */
const BASE = 'embed-node.ts'

/** Holds the differences that `examples/README.md` shows against the programs beside the base. Those in folders stand for themselves. */
export function differenceFindings(page: Document, programs: readonly SourceFile[]): readonly Finding[] {
  const base = programs.find(({ path }) => basename(path) === BASE)
  if (base === undefined) return [{ rule: 'differences', file: page.path, message: `misses the base program ${BASE}` }]
  return programs
    .filter((program) => program !== base && dirname(program.path) === dirname(base.path))
    .flatMap((program) => {
      const name = basename(program.path)
      const shown = shownLines(page, name)
      const real = differentLines(base.text, program.text)
      return [
        ...real.filter((line) => !shown.includes(line)).map((line) => `does not show of ${name}: ${line}`),
        ...shown.filter((line) => !real.includes(line)).map((line) => `shows of ${name} what is not so: ${line}`),
      ]
    })
    .map((message) => ({ rule: 'differences', file: page.path, message }))
}

/** The lines of the block below the program's own heading. */
function shownLines({ path, text }: Document, name: string): readonly string[] {
  const [, ...sections] = text.split('\n## ')
  const section = sections.find((candidate) => candidate.startsWith(`${name}\n`)) ?? ''
  const [block] = codeBlocks({ path, text: section }).filter(({ language }) => language === 'diff')
  return block?.code.split('\n').filter((line) => line !== '') ?? []
}

function differentLines(base: string, other: string): readonly string[] {
  const [before, after] = [base.split('\n'), other.split('\n')]
  const gone = before.filter((line) => !after.includes(line)).map((line) => `-${line}`)
  const come = after.filter((line) => !before.includes(line)).map((line) => `+${line}`)
  return [...gone, ...come]
}

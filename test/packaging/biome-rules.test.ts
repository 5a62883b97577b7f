import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sketchTree } from './sketch-tree.ts'

const root = resolve(import.meta.dirname, '../..')
const biome = resolve(root, 'node_modules/@biomejs/biome/bin/biome')

interface LintReport {
  readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[]
}

/** Lints files under this repository's configuration; gives `file rule` for each complaint. */
function complaints(files: Readonly<Record<string, string>>): readonly string[] {
  const cwd = sketchTree({ ...files, 'biome.json': readFileSync(resolve(root, 'biome.json'), 'utf8') })
  const options = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none']
  const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd, encoding: 'utf8' })
  const { diagnostics } = JSON.parse(stdout) as LintReport
  return diagnostics.map(({ category, location }) => `${location.path} ${category.split('/').at(-1)}`)
}

const offences = {
  noExplicitAny: 'export const a: any = 1',
  noNonNullAssertion: 'export const f = (a: string | null): string => a!',
  noEnum: 'export enum A { b }',
  noDefaultExport: 'export default 1',
  noBarrelFile: "export { a } from './no-explicit-any.ts'",
  noParameterAssign: 'export function f(a: number): number {\n  a = 1\n  return a\n}',
  noFloatingPromises: 'async function f(): Promise<number> {\n  return 1\n}\nf()\nexport const a = 1',
  noMisusedPromises: 'async function f(): Promise<boolean> {\n  return true\n}\nexport const a = f() ? 1 : 2',
  noRestrictedGlobals: "export const a = process.env['HOME']",
  noConsole: "console.log('x')\nexport const a = 1",
  useMaxParams: 'export const f = (a: number, b: number, c: number, d: number): number => a + b + c + d',
  useImportType: "import { B } from './b.ts'\nexport const a: B = 1",
  useNodejsImportProtocol: "import { join } from 'path'\nexport const a = join('b')",
  useExhaustiveSwitchCases: `
    export function f(a: 'one' | 'two'): void {
      switch (a) { case 'one': f(a) }
    }`,
  noExcessiveCognitiveComplexity: `
    export function f(a: number[]): number {
      for (const b of a) { if (b) { if (b > 1) { if (b > 2) { if (b > 3) return b } } } }
      return 0
    }`,
} as const

describe('the lint configuration', () => {
  it('fires each of the rules that the house stands on', () => {
    const files = Object.entries(offences).map(([rule, text]) => [`src/commands/${kebabCase(rule)}.ts`, text])
    const expected = Object.keys(offences).map((rule) => `src/commands/${kebabCase(rule)}.ts ${rule}`)
    const helper = { 'src/commands/b.ts': 'export type B = number\n' }
    expect(complaints({ ...Object.fromEntries(files), ...helper })).toEqual(expect.arrayContaining(expected))
  })

  it('wants file names in kebab-case', () => {
    expect(complaints({ 'src/commands/logIn.ts': 'export const a = 1\n' })).toEqual([
      'src/commands/logIn.ts useFilenamingConvention',
    ])
  })

  it('lets the rim read the process and print', () => {
    const text = "console.log(process.env['HOME'])\nexport const a = 1\n"
    expect(complaints({ 'src/cli/a.ts': text, 'bench/a.ts': text, 'scripts/a.ts': text })).toEqual([])
  })

  it('refuses focused and skipped tests', () => {
    const text = "import { it } from 'vitest'\nit.skip('a', () => {})\nit.only('b', () => {})\n"
    const file = 'src/commands/a.test.ts'
    expect(complaints({ [file]: text })).toEqual(
      expect.arrayContaining([`${file} noSkippedTests`, `${file} noFocusedTests`]),
    )
  })
})

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

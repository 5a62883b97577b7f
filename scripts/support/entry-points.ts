import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What users of the package can import, or run. */
export interface EntryPoint {
  /** As the manifest calls it: `.`, `./stores/sqlite`, or the name of a command. */
  readonly name: string
  readonly source: string
}

/** Reads the entry points of the manifest, each with the source it is made from. */
export function entryPoints(root: string): readonly EntryPoint[] {
  const { bin, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  const targets = Object.entries(exports).map(([name, target]) => ({
    name,
    file: typeof target === 'string' ? target : target.default,
  }))
  return [...targets, ...Object.entries(bin).map(([name, file]) => ({ name, file: `./${file}` }))]
    .filter(({ file }) => file.endsWith('.js'))
    .map(({ name, file }) => ({ name, source: file.replace('./dist/', 'src/').replace(/\.js$/, '.ts') }))
}

interface Manifest {
  readonly bin: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What users of the package can import, or run. */
export interface EntryPoint {
  /** As the manifest calls it: `.`, `./stores/sqlite`, or the name of a command. */
  readonly name: string
  readonly source: string
}

/** Reads the entry points of the exports map, each with the source it is made from. */
export function entryPoints(root: string): readonly EntryPoint[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  return Object.entries(exports).flatMap(([name, target]) => {
    const file = typeof target === 'string' ? target : target.default
    return file.endsWith('.js') ? [{ name, source: file.replace('./dist/', 'src/').replace(/\.js$/, '.ts') }] : []
  })
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
}

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from '../build.ts'

const root = resolve(import.meta.dirname, '../..')

/** A package as the registry would get it. */
export interface StagedPackage {
  /** Path of the `.tgz`. */
  readonly tarball: string
  /** Files in it, relative to the package. */
  readonly files: readonly string[]
}

/** Builds and packs the package inside `folder`, apart from the `dist/` that others may be using right now. */
export function stagePackage(folder: string): StagedPackage {
  build(join(folder, 'dist'))
  for (const file of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']) {
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file))
  }
  // Without scripts, because `prepare` would build once more.
  const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const { filename, files } = onlyEntry(JSON.parse(output))
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) }
}

interface PackedEntry {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

/** npm lists its results, or names them by package, depending on its version. */
function onlyEntry(output: Readonly<Record<string, PackedEntry>> | readonly PackedEntry[]): PackedEntry {
  const [entry] = Object.values(output)
  if (!entry) throw new TypeError('npm pack has packed nothing')
  return entry
}

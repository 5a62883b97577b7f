import { entryPoints } from './support/entry-points.ts'
import { type Finding, report } from './support/finding.ts'
import { sourceFiles } from './support/source-files.ts'

/** Holds the tree below `src/` against the exports map: entry points exist, and only they are called `index.ts`. */
export function layoutFindings(root: string): readonly Finding[] {
  const paths = sourceFiles(root, ['src']).map(({ path }) => path)
  const entries = entryPoints(root)
  const missing = entries
    .filter(({ source }) => !paths.includes(source) && !paths.includes(`${source}x`))
    .map(({ name, source }) => ({ rule: 'entry-points', file: source, message: `is missing, but exported as ${name}` }))
  const barrels = paths
    .filter((path) => /\/index\.tsx?$/.test(path) && !entries.some(({ source }) => source === path))
    .map((file) => ({ rule: 'entry-points', file, message: 'is no entry point and must not be called index' }))
  const deep = paths
    .filter((path) => path.split('/').length > 4)
    .map((file) => ({ rule: 'depth', file, message: 'lies more than two folders below src' }))
  return [...missing, ...barrels, ...deep]
}

if (import.meta.main) report('the layout of src', layoutFindings(process.cwd()))

import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { styleText } from 'node:util'

const root = resolve(import.meta.dirname, '..')

/**
 * Compiles `src/` into `target`: only what changed since the last time, and without leftovers of sources that are gone.
 * What is not TypeScript is copied. So is `src/package.json`, which says nothing new: Node reads the nearest one again for each
 * import, and the one of the package with its long list of entry points took a fifth of the start.
 */
export function build(target: string): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const options = ['-p', join(root, 'tsconfig.build.json'), '--outDir', target]
  const buildInfo = ['--tsBuildInfoFile', join(target, '.tsbuildinfo')]
  execFileSync(process.execPath, [compiler, ...options, ...buildInfo], { stdio: 'inherit' })
  copyAssets(target)
  removeLeftovers(target)
  const main = join(target, 'cli/main.js')
  if (existsSync(main)) chmodSync(main, 0o755)
}

function copyAssets(target: string): void {
  for (const path of filesBelow(join(root, 'src'))) {
    if (/\.tsx?$/.test(path)) continue
    cpSync(join(root, 'src', path), join(target, path))
  }
}

function removeLeftovers(target: string): void {
  for (const path of filesBelow(target)) {
    const stem = join(root, 'src', path.replace(/\.(js|d\.ts)(\.map)?$/, ''))
    const hasSource = [stem, `${stem}.ts`, `${stem}.tsx`].some((source) => existsSync(source))
    if (!hasSource && path !== '.tsbuildinfo') rmSync(join(target, path))
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

if (import.meta.main) {
  try {
    build(join(root, 'dist'))
  } catch {
    // The compiler has said what is wrong; a stack trace of this script would only bury it.
    console.error(styleText('red', 'The build failed.'))
    process.exitCode = 1
  }
}

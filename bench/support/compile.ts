import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'

const root = resolve(import.meta.dirname, '../..')

/** Compiled code, in a folder from which the packages of this repository are found. */
const target = join(root, 'bench/.compiled')

/**
 * Compiles what is measured, and gives the path at which a source lies then.
 *
 * Node would run the sources as they are, but the compiler that takes the types away would count: 17 MiB and 50 ms.
 */
export function compile(): (source: string) => string {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [compiler, '-p', join(root, 'bench/tsconfig.json')], { stdio: 'inherit' })
  cpSync(join(root, 'package.json'), join(target, 'package.json'))
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.tsx?$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    cpSync(path, join(target, path.slice(root.length)))
  }
  return (source) => join(target, source.replace(/\.ts$/, '.js'))
}

/** The paths of the sources themselves. */
export function asSources(): (source: string) => string {
  return (source) => join(root, source)
}

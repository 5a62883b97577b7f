#!/usr/bin/env node
import module from 'node:module'
import { homedir } from 'node:os'
import { extname, join } from 'node:path'
import process from 'node:process'

/**
 * Where the program begins. Nothing but Node's own modules is imported up here: an older Node must get as far as the
 * sentence below, and the compile cache helps only what is loaded after it was switched on.
 */

/** The folder of all compiled files, or of the sources. */
const PACKAGE = new URL('..', import.meta.url).href

const FORMATS: Readonly<Record<string, string>> = { '.js': 'module', '.ts': 'module-typescript' }

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Portress needs Node 22.18 or newer; this is ${process.versions.node}.`)
  process.exitCode = 2
} else {
  // Below the home folder: in the shared one for temporary files somebody else could leave code for us to run.
  module.enableCompileCache(join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'portress'))
  module.registerHooks({ resolve: resolveOwnFile })
  const { runCommandLine } = await import('./run-command-line.ts')
  await runCommandLine(process.argv.slice(2))
}

/**
 * An import of one file of this package by another names a file that is there: the compiler has seen it. Node would look at
 * the disk for each of some seven hundred, and for the `package.json` above it, which is a third of the start.
 */
function resolveOwnFile(
  specifier: string,
  context: module.ResolveHookContext,
  nextResolve: (specifier: string, context: module.ResolveHookContext) => module.ResolveFnOutput,
): module.ResolveFnOutput {
  const format = FORMATS[extname(specifier)]
  const isOwnFile = specifier.startsWith('.') && context.parentURL?.startsWith(PACKAGE)
  if (format === undefined || !isOwnFile) return nextResolve(specifier, context)
  return { url: new URL(specifier, context.parentURL).href, format, shortCircuit: true }
}

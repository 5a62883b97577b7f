#!/usr/bin/env node
import module from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/**
 * Where the program begins. Nothing but Node's own modules is imported up here: an older Node must get as far as the
 * sentence below, and the compile cache helps only what is loaded after it was switched on.
 */

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Portress needs Node 22.18 or newer; this is ${process.versions.node}.`)
  process.exitCode = 2
} else {
  // Below the home folder: in the shared one for temporary files somebody else could leave code for us to run.
  module.enableCompileCache(join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'portress'))
  const { runCommandLine } = await import('./run-command-line.ts')
  await runCommandLine(process.argv.slice(2))
}

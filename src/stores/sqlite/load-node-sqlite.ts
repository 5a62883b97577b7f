import { createRequire } from 'node:module'
import process from 'node:process'

type NodeSqlite = typeof import('node:sqlite')

/**
 * Loads `node:sqlite` when a store opens and not before, so that importing Portress costs nothing.
 *
 * Node 22 warns once that the module is experimental. The people who would read that chose neither Node's words nor the
 * module, so this one warning is kept back; every other one passes.
 */
export function loadNodeSqlite(): NodeSqlite {
  const require = createRequire(import.meta.url)
  const emitWarning = process.emitWarning
  process.emitWarning = ((...details: Parameters<typeof emitWarning>) => {
    if (!String(details[0]).startsWith('SQLite is an experimental feature')) emitWarning.apply(process, details)
  }) as typeof emitWarning
  try {
    return require('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}

import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { AuthError } from '../../errors.ts'

const files = new Map<string, Promise<string>>()

/** Tests have a dot more in their names, and everything else has a slash. */
const NAME = /^([a-z-]{1,40})\.js$/

/**
 * A file of `portress/client` as browsers load it. The built package has it ready; from the sources the types are taken out first.
 *
 * @throws {AuthError} `not_found`
 */
export async function servedClient(file = ''): Promise<string> {
  const [, stem] = NAME.exec(file) ?? []
  if (stem === undefined) throw new AuthError('not_found')
  const reading = files.get(stem) ?? read(stem)
  files.set(stem, reading)
  try {
    return await reading
  } catch (error) {
    files.delete(stem)
    throw (error as { readonly code?: unknown }).code === 'ENOENT' ? new AuthError('not_found') : error
  }
}

async function read(stem: string): Promise<string> {
  const folder = new URL('../../client/', import.meta.url)
  if (import.meta.url.endsWith('.js')) return readFile(new URL(`${stem}.js`, folder), 'utf8')
  const source = stripTypeScriptTypes(await readFile(new URL(`${stem}.ts`, folder), 'utf8'))
  return source.replaceAll(/( from '\.\/[a-z-]+)\.ts'/g, "$1.js'")
}

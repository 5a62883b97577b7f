import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Auth } from '../../auth.ts'
import type { AuthOptions } from '../../create-auth.ts'
import { messageOf } from './explain-error.ts'
import { Stop } from './stop.ts'

/** What a configuration file gives. */
export type LoadedConfig =
  | { readonly kind: 'auth'; readonly file: string; readonly auth: Auth }
  | { readonly kind: 'options'; readonly file: string; readonly options: AuthOptions }

const NAMES = ['portress.config.ts', 'portress.config.js', 'portress.config.mjs']

/** The configuration file: the one that is named, or the first of the usual names in the working folder, or none. */
export function findConfigFile(named: string | null): string | null {
  if (named !== null) return resolve(named)
  return NAMES.map((name) => resolve(name)).find((path) => existsSync(path)) ?? null
}

/**
 * Runs the application's own file and takes what it exports by default: an `Auth`, or the options for one.
 *
 * @throws {Stop} 2 with the file and the reason
 */
export async function loadConfig(file: string): Promise<LoadedConfig> {
  if (!existsSync(file)) throw new Stop(2, `The configuration file ${file} does not exist.`)
  let exported: unknown
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(file).href)
    exported = module.default
  } catch (error) {
    throw new Stop(2, `The configuration file ${file} could not be loaded:\n${reasonOf(error)}`, { cause: error })
  }
  if (isAuth(exported)) return { kind: 'auth', file, auth: exported }
  if (isOptions(exported)) return { kind: 'options', file, options: exported }
  throw new Stop(2, `The configuration file ${file} must \`export default\` what createAuth takes or gives.`)
}

/** The message, and where the mistake is: Node writes the place of a syntax error above its stack, if anywhere. */
function reasonOf(error: unknown): string {
  const message = messageOf(error)
  if (!(error instanceof SyntaxError)) return message
  const place = /^(?:file:\/\/)?(\/.+|[A-Za-z]:\\.+):(\d+)$/.exec(error.stack?.split('\n', 1)[0] ?? '')
  return place === null ? message : `${message} (${place[1]}:${place[2]})`
}

// What somebody else's file exports can only be told by its shape.
function isAuth(value: unknown): value is Auth {
  return isObject(value) && typeof value['fetch'] === 'function' && typeof value['migrationStatus'] === 'function'
}

function isOptions(value: unknown): value is AuthOptions {
  // One of them will do: what is missing or wrong is told by the check of the options, each thing by its name.
  return isObject(value) && ['store', 'secrets', 'site'].some((name) => name in value)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

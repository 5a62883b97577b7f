import type { AuthenticationBackend } from '../contracts/authentication-backend.ts'
import { isBackendName } from '../model/backend-name.ts'
import { collectProblems, type Problems } from '../util/option-problems.ts'
import type { ResolvedConfig } from './resolved-config.ts'

type BackendConfig = Pick<ResolvedConfig, 'user'>

/**
 * Checks that each entry of `login.backends` can do what will be asked of it: one that cannot take the call must not be found
 * out at the first log-in, nor passed over.
 *
 * @throws {TypeError} that lists all that is wrong
 */
export function checkBackends(
  backends: readonly AuthenticationBackend[],
  config: Pick<ResolvedConfig, 'user'> & { readonly login: { readonly defaultBackend: string | null } },
): void {
  const problems = collectProblems()
  const names = new Set<unknown>()
  for (const [index, backend] of backends.entries()) {
    const path = `login.backends[${index}]`
    const { name } = Object(backend) as { readonly name?: unknown }
    checkBackend(path, backend, problems)
    if (names.has(name)) problems.add('login.backends', `holds two called "${String(name)}"; give each its own name`)
    names.add(name)
    checkIdentifiers(path, { backend, config }, problems)
  }
  if (backends.length === 0) problems.add('login.backends', 'must hold at least one backend')
  const { defaultBackend } = config.login
  if (backends.length > 0 && defaultBackend !== null && !names.has(defaultBackend)) {
    problems.add('login.defaultBackend', `must be the name of one of login.backends: ${[...names].join(', ')}`)
  }
  problems.throwIfAny()
}

/** What sessions say that no backend began. */
const TAKEN_NAMES: readonly unknown[] = ['registration', 'activation']

const REQUIRED = ['candidates', 'authenticate'] as const

const OPTIONAL = ['getUser', 'hasPermission', 'countedAs'] as const

function checkBackend(path: string, backend: unknown, problems: Problems): void {
  if (typeof backend !== 'object' || backend === null) {
    const isCode = typeof backend === 'function'
    problems.add(path, isCode ? 'is a function or a class: call it, or make one of it' : 'must be a backend')
    return
  }
  const given = backend as Readonly<Record<string, unknown>>
  const { name, evaluations = 1 } = given
  if (!isBackendName(name)) {
    problems.add(`${path}.name`, 'must be 1 to 64 letters, digits and any of _ . : -')
  }
  if (TAKEN_NAMES.includes(name)) problems.add(`${path}.name`, 'is what sessions say that no backend began')
  const isMissing = (method: string): boolean => typeof given[method] !== 'function'
  const isWrong = (method: string): boolean => given[method] !== undefined && isMissing(method)
  for (const method of REQUIRED.filter(isMissing)) problems.add(`${path}.${method}`, 'must be a function')
  for (const method of OPTIONAL.filter(isWrong)) problems.add(`${path}.${method}`, 'must be a function, if any')
  problems.wholeNumber(`${path}.evaluations`, evaluations, { min: 0, max: 10 })
}

interface Checked {
  readonly backend: unknown
  readonly config: BackendConfig
}

function checkIdentifiers(path: string, { backend, config }: Checked, problems: Problems): void {
  const { identifiers = [] } = Object(backend) as { readonly identifiers?: unknown }
  if (!Array.isArray(identifiers)) {
    problems.add(`${path}.identifiers`, 'must be a list of names, if any')
    return
  }
  for (const name of identifiers.filter((identifier) => !isBuiltIn(identifier) && !isUniqueField(identifier, config))) {
    problems.add(
      `${path}.identifiers`,
      `names ${JSON.stringify(name)}, which is no declared text field that is \`unique\``,
    )
  }
  // Otherwise somebody could take another's address for a user name, and stand between them and their log-in.
  if (identifiers.includes('email') && config.user.allowAt) {
    const advice = "set user.atInUsernames to 'refused', or leave login.identifiers out"
    problems.add(`${path}.identifiers`, `names "email" while user names may be addresses: ${advice}`)
  }
}

const isBuiltIn = (identifier: unknown): boolean => identifier === 'username' || identifier === 'email'

function isUniqueField(name: unknown, { user: { fields, profiles } }: BackendConfig): boolean {
  if (typeof name !== 'string') return false
  const [first = '', second] = name.split('.')
  const definitions = second === undefined ? fields : ownOf(profiles, first)
  const definition = definitions === undefined ? undefined : ownOf(definitions, second ?? first)
  return definition?.unique === true && definition.kind === 'text'
}

const ownOf = <T>(named: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(named, name) ? named[name] : undefined

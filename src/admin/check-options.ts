import type { Engine } from '../commands/context.ts'
import { assertDeclaredPermission } from '../commands/steps/permission-rules.ts'
import type { AdminOptions } from './options.ts'
import { accentFrom } from './shell/accent.ts'
import { SECTIONS } from './shell/sections.ts'
import { userListParts } from './users/user-list-parts.ts'

const NAME = /^[a-z][a-z0-9-]{0,40}$/

/** Paths below the mount that are taken. */
const OWN_PATHS: ReadonlySet<string> = new Set([
  ...SECTIONS.map(({ path }) => path.replaceAll('/', '')),
  'login',
  'logout',
  'password_change',
  'assets',
])

/** Parameters of the list that filters may not be called. */
const OWN_PARAMETERS: ReadonlySet<string> = new Set(['q', 'o', 'cursor', 'e'])

/** @throws {TypeError} with the option that is wrong, and how */
export function checkOptions({ accent, proofSeconds = 600, users = {}, pages = [] }: AdminOptions): void {
  if (accent !== undefined) accentFrom(accent)
  if (!Number.isInteger(proofSeconds) || proofSeconds < 30 || proofSeconds > 86_400) {
    throw new TypeError('admin: proofSeconds must be a whole number from 30 to 86400')
  }
  const { pageSize = 100 } = users
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 200) {
    throw new TypeError('admin: users.pageSize must be a whole number from 1 to 200')
  }
  assertNames('users.columns', namesOf(users.columns))
  const filters = namesOf(users.filters)
  assertNames('users.filters', filters)
  const reserved = filters.find((name) => OWN_PARAMETERS.has(name))
  if (reserved !== undefined) throw new TypeError(`admin: users.filters cannot have one named "${reserved}"`)
  assertNames('users.actions', namesOf(users.actions))
  const paths = pages.map(({ path }) => path)
  assertNames('pages', paths)
  const taken = paths.find((path) => OWN_PATHS.has(path))
  if (taken !== undefined) throw new TypeError(`admin: pages: "${taken}" is a page of the admin itself`)
}

/** @throws {TypeError} for what names a column, a filter or a permission that there is not */
export function assertFits({ users = {}, pages = [] }: AdminOptions, config: Engine['config']): void {
  userListParts({ users }, config)
  for (const { permission } of [...pages, ...(users.actions ?? [])]) {
    assertDeclaredPermission(config.permissions, permission)
  }
}

/** Of parts that are the developer's own; the others are names already. */
function namesOf(parts: readonly (string | { readonly name: string })[] = []): readonly string[] {
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [part.name]))
}

function assertNames(option: string, names: readonly string[]): void {
  const unfit = names.find((name) => typeof name !== 'string' || !NAME.test(name))
  if (unfit !== undefined) throw new TypeError(`admin: ${option}: a name is lower-case letters, digits and "-"`)
  if (new Set(names).size < names.length) throw new TypeError(`admin: ${option}: two have the same name`)
}

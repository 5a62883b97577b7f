import type { AuthenticationBackend, PermissionTools } from '../../contracts/authentication-backend.ts'
import { canonicalIdentifier } from '../../model/identifier.ts'
import { type DeclaredPermissions, isDeclared, moduleOf } from '../../model/permission.ts'
import { isActive, type User } from '../../model/user.ts'
import { closestName } from '../../util/closest-name.ts'
import type { Engine } from '../context.ts'

/** What of the engine the rules need. */
export type PermissionEngine = Pick<Engine, 'backends' | 'config' | 'store'>

/**
 * Whether the user may do it. The rules, in their order: nobody but active users may do anything; superusers may do
 * everything; others what is stored for them, then for their groups, then what a backend grants.
 *
 * `user` must have been read for this question: nothing is remembered between two of them.
 */
export async function isGranted(engine: PermissionEngine, user: User, permission: string): Promise<boolean> {
  if (!isActive(user)) return false
  if (user.isSuperuser) return true
  const { own, ofGroups } = await engine.store.groups.permissionsOf(user.id)
  if (own.includes(permission) || ofGroups.includes(permission)) return true
  return (await grantingBackend(engine, user, permission)) !== null
}

/** The first backend that grants it, if none before it denies it. */
export async function grantingBackend(
  { backends, store }: PermissionEngine,
  user: User,
  permission: string,
): Promise<AuthenticationBackend | null> {
  const tools: PermissionTools = { users: store.users, canonical: canonicalIdentifier }
  for (const backend of backends) {
    // A backend that knows of no permissions adds none: that it could recognise the user is no answer.
    const verdict = (await backend.hasPermission?.(user, permission, tools)) ?? 'unknown'
    switch (verdict) {
      case 'granted':
        return backend
      case 'denied':
        return null
      case 'unknown':
        break
      default:
        throw noVerdict(backend, verdict)
    }
  }
  return null
}

/** A backend written in JavaScript can answer anything, and `true` must not pass for an answer that nobody gave. */
function noVerdict({ name }: AuthenticationBackend, verdict: never): TypeError {
  const shown = typeof verdict === 'string' ? JSON.stringify(verdict) : typeof verdict
  return new TypeError(
    `hasPermission() of the backend "${name}" answered ${shown}, not "granted", "unknown" or "denied"`,
  )
}

/**
 * Refuses a name that no option declares. It is the program's, not a client's: misspelt it would always be answered with no.
 *
 * @throws {TypeError} with the name that was probably meant
 */
export function assertDeclaredPermission(
  declared: DeclaredPermissions,
  permission: unknown,
): asserts permission is string {
  if (!isDeclared(declared, permission)) throw unknownName('permission', permission, Object.keys(declared))
}

/** @throws {TypeError} with the name that was probably meant */
export function assertDeclaredModule(declared: DeclaredPermissions, module: string): void {
  const modules = modulesOf(declared)
  if (!modules.includes(module)) throw unknownName('module', module, modules)
}

/** The permissions that are declared of a module. */
export function permissionsOfModule(declared: DeclaredPermissions, module: string): readonly string[] {
  return Object.keys(declared).filter((permission) => moduleOf(permission) === module)
}

const modulesOf = (declared: DeclaredPermissions): readonly string[] => [
  ...new Set(Object.keys(declared).map(moduleOf)),
]

function unknownName(kind: 'permission' | 'module', name: unknown, known: readonly string[]): TypeError {
  if (typeof name !== 'string') return new TypeError(`a ${kind} must be a text, not ${typeof name}`)
  const closest = closestName(name.slice(0, MAX_SHOWN), known)
  const advice = closest === null ? 'declare it in the option permissions' : `did you mean "${closest}"?`
  return new TypeError(`there is no ${kind} ${JSON.stringify(name.slice(0, MAX_SHOWN))}; ${advice}`)
}

/** Of a name that is none: enough to see what it was. */
const MAX_SHOWN = 100

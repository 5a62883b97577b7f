import {
  BUILT_IN_MODULE,
  BUILT_IN_PERMISSIONS,
  type DeclaredPermissions,
  isPermissionName,
  moduleOf,
} from '../model/permission.ts'
import type { Problems } from '../util/option-problems.ts'

/** The application's own permissions with the built-in ones behind them. */
export function resolvePermissions(
  own: Readonly<Record<string, unknown>> = {},
  problems: Problems,
): DeclaredPermissions {
  for (const [name, description] of Object.entries(own)) {
    const path = `permissions[${JSON.stringify(name)}]`
    if (!isPermissionName(name)) problems.add(path, 'must have a name like blog.add_post, of at most 100 characters')
    else if (moduleOf(name) === BUILT_IN_MODULE) problems.add(path, 'must be of another module: portress has its own')
    const isText = typeof description === 'string' && description.trim() !== ''
    if (!isText) problems.add(path, 'must be a text for people, like "Can add a post"')
  }
  return { ...(own as DeclaredPermissions), ...BUILT_IN_PERMISSIONS }
}

import { type DeclaredPermission, moduleOf } from '../model/permission.ts'
import type { CommandContext } from './context.ts'

/** Every permission that can be given: the application's own in their order, then those of Portress. */
export async function listDeclaredPermissions({
  config,
}: Pick<CommandContext, 'config'>): Promise<readonly DeclaredPermission[]> {
  return Object.entries(config.permissions).map(([permission, description]) => {
    return { permission, module: moduleOf(permission), description }
  })
}

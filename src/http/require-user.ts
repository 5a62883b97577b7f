import type { Engine } from '../commands/context.ts'
import { hasPermission } from '../commands/has-permission.ts'
import { assertDeclaredPermission } from '../commands/steps/permission-rules.ts'
import { AuthError } from '../errors.ts'
import type { User } from '../model/user.ts'
import { authenticateRequest, type RequestHead } from './authenticate-request.ts'

/** What a handler asks of whoever calls it. */
export interface UserNeeds {
  /** One that the options declare, such as `blog.add_post`. @default none */
  readonly permission?: string
}

/**
 * The user of a request of the application's own, for a handler that is for nobody else.
 *
 * A misspelt permission is told at the first request, whoever sends it.
 *
 * @throws {AuthError} `not_authenticated`, `token_invalid`, `cross_site_request`, `forbidden`
 * @throws {TypeError} for a permission that is not declared, also where it is named and `undefined`
 */
export async function requireUser(engine: Engine, request: RequestHead, needs: UserNeeds = {}): Promise<User> {
  assertKnownNeeds(engine, needs)
  const { permission } = needs
  const active = await authenticateRequest(engine, request)
  if (active === null) throw new AuthError('not_authenticated')
  const { user } = active
  if (permission !== undefined && !(await hasPermission(engine, { user, permission }))) throw new AuthError('forbidden')
  return user
}

/** What was misspelt, or looked up under a name that is none, must not count as nothing that is asked. */
function assertKnownNeeds({ config }: Engine, needs: UserNeeds): void {
  for (const [name, value] of Object.entries(needs)) {
    if (name !== 'permission') throw new TypeError(`requireUser() knows no need "${name}"; there is "permission"`)
    assertDeclaredPermission(config.permissions, value)
  }
}

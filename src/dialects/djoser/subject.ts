import { readUser } from '../../commands/read-user.ts'
import { AuthError } from '../../errors.ts'
import { toAccount } from '../../model/account.ts'
import type { User } from '../../model/user.ts'
import { readUserId } from '../../model/user-id.ts'
import { refuse } from '../drf/drf-error.ts'
import { callerOf } from '../drf/permissions.ts'
import type { DrfCall } from '../drf/view.ts'
import type { DjoserModel } from './model.ts'
import type { DjoserSettings } from './settings.ts'

type Subject = (call: DrfCall) => Promise<User>

interface Rule {
  readonly action: 'user' | 'userDelete'
  /** Who may not touch a user is told that there is none. */
  readonly isHidden: boolean
}

/** The user that the path names, for whom the permission lets near them. */
export const userInPath =
  (settings: DjoserSettings, rule: Rule): Subject =>
  async (call) => {
    const user = await findUser(settings.model, call)
    assertMayTouch(settings, rule, { call, user })
    return user
  }

/** The caller, where even that must be allowed. */
export const caller =
  (settings: DjoserSettings, action: Rule['action']): Subject =>
  async (call) => {
    if (call.actor === null) throw new AuthError('not_authenticated')
    const { user } = call.actor
    assertMayTouch(settings, { action, isHidden: false }, { call, user })
    return user
  }

async function findUser(model: DjoserModel, { ctx, params: { id: key = '' }, words }: DrfCall): Promise<User> {
  // An id has one spelling; a name may hold signs that an address has in percent.
  const named = model.userIdField === 'id' ? { userId: key } : { username: decoded(key) }
  try {
    return await readUser(ctx, { ...named, sees: 'everybody' })
  } catch (error) {
    if (!(error instanceof AuthError && error.code === 'not_found')) throw error
    throw refuse(404, isKey(model, key) ? words.requests.noMatch('User') : words.requests.notFound)
  }
}

/** What could be a key at all is looked up in the original, and missed in other words. */
function isKey({ userIdField, ids }: DjoserModel, key: string): boolean {
  if (userIdField === 'username') return true
  return ids === 'integer' ? /^\d+$/.test(key) : readUserId(key, ids) !== null
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

interface Touched {
  readonly call: DrfCall
  readonly user: User
}

function assertMayTouch({ permissions }: DjoserSettings, { action, isHidden }: Rule, { call, user }: Touched): void {
  const { actor, method, words } = call
  if (permissions[action]({ caller: callerOf(actor), method, target: toAccount(user) })) return
  throw isHidden ? refuse(404, words.requests.notFound) : refuse(403, words.authentication.permissionDenied)
}

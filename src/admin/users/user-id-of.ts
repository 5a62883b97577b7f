import type { UserId } from '../../model/user.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

/** The id in the address, as it stands there; the command says whether it is anybody's. */
export function userIdOf({ exchange }: Pick<AdminCall, 'exchange'>): UserId {
  return exchange.params['id'] ?? ''
}

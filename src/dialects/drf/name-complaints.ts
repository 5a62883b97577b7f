import { checkUsername } from '../../commands/check-username.ts'
import { complaintsOf } from './complaints-of.ts'
import type { FieldNames } from './field-errors.ts'
import type { WireErrors, WireValues } from './field-set.ts'
import type { DrfCall } from './view.ts'

/** Beside other complaints a name that somebody else has is told as well; without others the command finds out. */
export function nameComplaints(
  { username }: WireValues,
  call: DrfCall,
  names: FieldNames,
): Promise<WireErrors> | WireErrors {
  const own = call.actor?.user.username ?? null
  const isOwn = typeof username === 'string' && username.toLowerCase() === own?.toLowerCase()
  if (username === undefined || isOwn) return {}
  return complaintsOf(checkUsername(call.ctx, { username }), call, names)
}

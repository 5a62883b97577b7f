import type { UpdateUserOptions, UserCondition } from '../../contracts/store.ts'
import type { User } from '../../model/user.ts'

/**
 * What must still hold when something is written that a password was proven for: a reset, a change or an operator that
 * came in between has ended the epoch of the proof, and what it allowed with it.
 */
export const stillAsProven = (user: User): UserCondition => ({ status: 'active', sessionEpoch: user.sessionEpoch })

/**
 * Every code but the one that undoes a change of address: whoever changed it can also change the password, and must not
 * thereby take the undo away from the owner.
 */
export const ALL_BUT_UNDO: NonNullable<UpdateUserOptions['removeCodes']> = { except: 'cancel-email-change' }

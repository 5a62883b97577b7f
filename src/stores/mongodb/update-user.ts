import type { KeptCodes, UpdateUserOptions, UpdateUserResult, UserCondition } from '../../contracts/store.ts'
import type { Code } from '../../model/code.ts'
import type { UserChanges, UserId } from '../../model/user.ts'
import { equalBytes } from '../../util/secrets.ts'
import { documentOf } from './documents.ts'
import { releaseClaims } from './identity-claims.ts'
import { findRoom, makeRoom } from './insert-user.ts'
import { AGAIN, untilUndisturbed } from './retries.ts'
import { endEra, isSparable } from './session-eras.ts'
import { uniqueRules } from './unique-rules.ts'
import { codeDocuments, identityDocuments, type UserState } from './user-documents.ts'
import { changedUserValues } from './user-values.ts'
import { isAsExpected, type Judged, type Users } from './users.ts'

/** A change of one user with what belongs to it. */
export interface UserUpdate {
  readonly id: UserId
  readonly changes: UserChanges
  readonly options: UpdateUserOptions
}

/**
 * Changes a user and what must change with it: one document has all of it. Sessions of the ended era and claims to identities
 * that were removed are void with that; they are taken away afterwards.
 */
export async function updateUser(users: Users, { id, changes, options }: UserUpdate): Promise<UpdateUserResult> {
  const rules = uniqueRules(users.model)
  const judge = async (state: UserState): Promise<Judged<Updated>> => {
    if (!isAsExpected(state, options.when ?? {}) || !hasCode(state, options)) return { result: { outcome: 'missed' } }
    const values = changedUserValues(users.model, changes, state.user)
    const room = await findRoom(users, rules, { keys: values.keys, own: id, replacePendingBefore: null })
    if (room.taken !== null) return { result: { outcome: 'conflict', field: room.taken } }
    if (!(await makeRoom(users, room))) return AGAIN
    const endsEra = options.endSessions && { keptSession: await keptSession(users, state, options.endSessions) }
    return {
      write: {
        set: { ...values.$set, ...belongings(users, state, options) },
        ...(values.$unset && { unset: values.$unset }),
        ...(endsEra && { endsEra }),
        result: (after) => ({ outcome: 'updated', user: after.user, before: state, after }),
      },
    }
  }
  const result = (await users.change(id, judge)) ?? { outcome: 'missed' }
  if (result.outcome !== 'updated') return result
  const { before, after, ...updated } = result
  if (options.endSessions) await endEra(users, before, after)
  if (options.removeIdentities) await releaseClaims(users, before.identities)
  return updated
}

type Updated =
  | Exclude<UpdateUserResult, { readonly outcome: 'updated' }>
  | (Extract<UpdateUserResult, { readonly outcome: 'updated' }> & {
      readonly before: UserState
      readonly after: UserState
    })

/** Deletes a user who still is as expected, and tells whether there was one. */
export async function deleteUser(users: Users, id: UserId, when: UserCondition): Promise<boolean> {
  return untilUndisturbed(async () => {
    const state = await users.findState(id)
    if (state === null || !isAsExpected(state, when)) return false
    return (await users.remove(state)) || AGAIN
  })
}

function hasCode({ codes }: UserState, { takesCode }: UpdateUserOptions): boolean {
  return takesCode === undefined || codes.some((code) => isSameCode(code, takesCode))
}

const isSameCode = (code: Code, { digest, purpose }: Pick<Code, 'digest' | 'purpose'>): boolean =>
  code.purpose === purpose && equalBytes(code.digest, digest)

async function keptSession(
  users: Users,
  state: UserState,
  which: NonNullable<UpdateUserOptions['endSessions']>,
): Promise<string | null> {
  if (which === 'all') return null
  return (await isSparable(users, state, which.except)) ? which.except : null
}

function belongings(users: Users, state: UserState, options: UpdateUserOptions) {
  const { takesCode, removeCodes, removeIdentities } = options
  const { naming } = users.model
  const codes = state.codes
    .filter((code) => takesCode === undefined || !isSameCode(code, takesCode))
    .filter((code) => removeCodes === undefined || isSpared(code, removeCodes))
  return documentOf(users.documents.names, {
    ...(codes.length < state.codes.length && { codes: codeDocuments(naming, codes) }),
    ...(removeIdentities && { identities: identityDocuments(naming, []) }),
  })
}

function isSpared({ purpose, createdAt }: Code, kept: 'all' | KeptCodes): boolean {
  if (kept === 'all' || purpose !== kept.except) return false
  return kept.madeBefore === undefined || createdAt.getTime() < kept.madeBefore.getTime()
}

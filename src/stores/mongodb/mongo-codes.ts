import type { CodeStore } from '../../contracts/store.ts'
import type { Code, CodePurpose } from '../../model/code.ts'
import { equalBytes } from '../../util/secrets.ts'
import { assertLimit } from '../sql/batches.ts'
import { documentOf } from './documents.ts'
import { codeDocuments, type UserState } from './user-documents.ts'
import { idCheck } from './user-ids.ts'
import { idOf, type Judged, type Users } from './users.ts'
import { encoded, equals } from './values.ts'

interface LiveCode {
  readonly digest: Uint8Array
  readonly purpose: CodePurpose
  readonly now: Date
}

/** Mailed codes in MongoDB. They lie in the document of their user, so that a change of the user can use one up. */
export function mongoCodes(users: Users): CodeStore {
  const isId = idCheck(users.model)
  return {
    async insert(code) {
      const added = await change(users, code.userId, ({ codes }) => ({ left: [...codes, code], result: true }))
      if (added === null) throw new Error('there is no user whose the code could be')
    },
    async find(digest, purpose, now) {
      const live = { digest, purpose, now }
      return (await findHolder(users, digest))?.codes.find((code) => isLive(code, live)) ?? null
    },
    async take(digest, purpose, now) {
      const holder = await findHolder(users, digest)
      if (holder === null) return null
      return change(users, holder.user.id, ({ codes }) => {
        const taken = codes.find((code) => isLive(code, { digest, purpose, now })) ?? null
        return { left: codes.filter((code) => code !== taken), result: taken }
      })
    },
    async deleteForUser(userId, purpose) {
      if (!isId(userId)) return
      await change(users, userId, ({ codes }) => ({
        left: purpose === undefined ? [] : codes.filter((code) => code.purpose !== purpose),
        result: null,
      }))
    },
    async deleteExpired(before, limit) {
      assertLimit(limit)
      return deleteExpired(users, before, limit)
    },
  }
}

/** Leaves the user with these codes. */
function change<T>(
  users: Users,
  userId: UserState['user']['id'],
  judge: (state: UserState) => { readonly left: readonly Code[]; readonly result: T },
): Promise<T | null> {
  return users.change<T>(userId, async (state): Promise<Judged<T>> => {
    const { left, result } = judge(state)
    if (left.length === state.codes.length) return { result }
    return { write: { set: codesSet(users, left), result: () => result } }
  })
}

const codesSet = ({ documents, model }: Users, codes: readonly Code[]) =>
  documentOf(documents.names, { codes: codeDocuments(model.naming, codes) })

async function findHolder({ documents, model, reader }: Users, digest: Uint8Array): Promise<UserState | null> {
  const path = `${documents.names.codes}.${model.naming.fields.codes.digest}`
  const found = await documents.findOne({ [path]: equals(digest) })
  return found && reader.state(found)
}

const isLive = (code: Code, { digest, purpose, now }: LiveCode): boolean =>
  code.purpose === purpose && equalBytes(code.digest, digest) && code.expiresAt.getTime() > now.getTime()

async function deleteExpired(users: Users, before: Date, limit: number): Promise<number> {
  const { documents, model } = users
  const path = `${documents.names.codes}.${model.naming.fields.codes.expiresAt}`
  const holders = await documents.find({ [path]: { $lt: encoded(before) } }, { limit, projection: { _id: 1 } })
  let count = 0
  for (const holder of holders) {
    const room = limit - count
    const deleted = await change(users, idOf(holder), ({ codes }) => {
      const expired = codes.filter(({ expiresAt }) => expiresAt.getTime() < before.getTime())
      const gone = new Set(expired.slice(0, room))
      return { left: codes.filter((code) => !gone.has(code)), result: gone.size }
    })
    count += deleted ?? 0
    if (count >= limit) break
  }
  return count
}

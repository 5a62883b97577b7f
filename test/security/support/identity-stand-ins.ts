import type { Store } from '../../../src/contracts/store.ts'

type IdentityPart = Partial<Store['identities']>

function withIdentities(replace: (store: Store) => IdentityPart): (store: Store) => Store {
  return (store) => ({ ...store, identities: { ...store.identities, ...replace(store) } })
}

/** A store that puts a newcomer into whatever account has the address (classic-federated merge). */
export const mergingByAddress: (store: Store) => Store = withIdentities((store) => ({
  async insertWithUser(identity, user, options) {
    const key = (user.email ?? '').toLowerCase()
    const [holder] = await store.users.findByIdentifier(key, ['email'], 1)
    if (holder === undefined) return store.identities.insertWithUser(identity, user, options)
    const { emailVerifiedAt } = user
    const updated = await store.users.update(holder.id, { status: 'active', emailVerifiedAt })
    const linked = await store.identities.insert(identity, holder.id)
    if (updated.outcome !== 'updated' || linked.outcome !== 'inserted') return { outcome: 'conflict', field: 'email' }
    return { outcome: 'inserted', user: updated.user, identity: linked.identity }
  },
}))

/** A store in which a registration that nobody confirmed keeps its address. */
export function keepingSquatters(store: Store): Store {
  return {
    ...store,
    users: {
      ...store.users,
      async insert(user, options) {
        const [holder] = await store.users.findByIdentifier((user.email ?? '').toLowerCase(), ['email'], 1)
        return holder === undefined ? store.users.insert(user, options) : { outcome: 'conflict', field: 'email' }
      },
    },
  }
}

/** A store that counts the ways in, waits, and then takes one away. */
export const countingBeforeDeleting: (store: Store) => Store = withIdentities((store) => ({
  async delete(id, userId) {
    const present = await store.identities.listForUser(userId)
    const user = await store.users.findById(userId)
    if (user?.passwordHash === null && present.length === 1) return 'last-way-in'
    await new Promise((resolve) => setTimeout(resolve, 20))
    return deleteAnyway(store, id, userId)
  },
}))

/** A store that takes an identity away without asking what is left. */
export const deletingAnyIdentity: (store: Store) => Store = withIdentities((store) => ({
  delete: (id, userId) => deleteAnyway(store, id, userId),
}))

async function deleteAnyway(store: Store, id: number, userId: number | string): Promise<'deleted' | 'missed'> {
  const present = await store.identities.listForUser(userId)
  if (!present.some((identity) => identity.id === id)) return 'missed'
  // The product has no step that takes the last one, so all go and the others come back.
  await store.users.update(userId, {}, { removeIdentities: 'all' })
  for (const { id: other, userId: _owner, ...identity } of present) {
    if (other !== id) await store.identities.insert(identity, userId)
  }
  return 'deleted'
}

/** A store that finds everybody active who comes by a provider. */
export const blindToStatusOfIdentities: (store: Store) => Store = withIdentities((store) => ({
  async find(key) {
    const known = await store.identities.find(key)
    return known && { ...known, user: { ...known.user, status: 'active', emailVerifiedAt: new Date(0) } }
  },
}))

/** A store that looks people up by the provider's name for them in any letters. */
export const findingInAnyLetters: (store: Store) => Store = withIdentities((store) => ({
  find: ({ provider, subject }) => store.identities.find({ provider, subject: subject.toLowerCase() }),
  insertWithUser: ({ subject, ...identity }, user, options) =>
    store.identities.insertWithUser({ ...identity, subject: subject.toLowerCase() }, user, options),
}))

/** A store that writes what a provider tells of somebody into the user. */
export const copyingClaims: (store: Store) => Store = withIdentities((store) => ({
  insertWithUser: (identity, user, options) =>
    store.identities.insertWithUser(identity, { ...user, ...identity.extraData }, options),
}))

/** A store that takes every session for the one that it was asked for first. */
export function takingAllSessionsForOne(store: Store): Store {
  let first: Awaited<ReturnType<Store['sessions']['find']>> = null
  return {
    ...store,
    sessions: {
      ...store.sessions,
      async find(key) {
        const found = await store.sessions.find(key)
        first ??= found
        return found && first
      },
    },
  }
}

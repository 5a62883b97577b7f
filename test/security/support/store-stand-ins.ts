import type { Store, UpdateUserOptions } from '../../../src/contracts/store.ts'

/** A store that forgets part of what belongs to a change of a user, as one written in separate steps does. */
export function forgetting(...parts: readonly (keyof UpdateUserOptions)[]): (store: Store) => Store {
  return (store) => ({
    ...store,
    users: {
      ...store.users,
      update: (id, changes, options = {}) => {
        const kept = Object.entries(options).filter(([name]) => !parts.some((part) => part === name))
        return store.users.update(id, changes, Object.fromEntries(kept))
      },
    },
  })
}

/** A store that looks whether a code is there, waits, and then deletes it. */
export function checkingBeforeTaking(store: Store): Store {
  return {
    ...store,
    codes: {
      ...store.codes,
      async take(digest, purpose, now) {
        const code = await store.codes.find(digest, purpose, now)
        await new Promise((resolve) => setTimeout(resolve, 250))
        if (code !== null) await store.codes.take(digest, purpose, now)
        return code
      },
    },
  }
}

/** A store that never says that a user was disabled, as a cache that is too old does. */
export function blindToStatus(store: Store): Store {
  return {
    ...store,
    users: {
      ...store.users,
      async findById(id) {
        const user = await store.users.findById(id)
        return user && { ...user, status: 'active' }
      },
    },
    sessions: {
      ...store.sessions,
      async find(key) {
        const active = await store.sessions.find(key)
        return active && { ...active, user: { ...active.user, status: 'active' } }
      },
    },
  }
}

/** A store that answers for a session as it found it the first time, as a cache without an end does. */
export function cachingSessions(store: Store): Store {
  const found = new Map<string, Awaited<ReturnType<Store['sessions']['find']>>>()
  return {
    ...store,
    sessions: {
      ...store.sessions,
      async find(key) {
        const name = 'id' in key ? key.id : Buffer.from(key.digest).toString('hex')
        if (!found.has(name)) found.set(name, await store.sessions.find(key))
        return found.get(name) ?? null
      },
    },
  }
}

/** A store that writes the last use of a session by inserting its row. */
export function revivingSessions(store: Store): Store {
  const inserted = new Map<string, Parameters<Store['sessions']['insert']>>()
  return {
    ...store,
    sessions: {
      ...store.sessions,
      insert(session, user) {
        inserted.set(session.id, [session, user])
        return store.sessions.insert(session, user)
      },
      async touch(uses) {
        for (const { id } of uses) {
          const row = inserted.get(id)
          if (row !== undefined && (await store.sessions.find({ id })) === null) await store.sessions.insert(...row)
        }
      },
    },
  }
}

/** A store that makes no exception where codes are removed. */
export function removingEveryCode(store: Store): Store {
  return {
    ...store,
    users: {
      ...store.users,
      update: (id, changes, options = {}) =>
        store.users.update(
          id,
          changes,
          options.removeCodes === undefined ? options : { ...options, removeCodes: 'all' },
        ),
    },
  }
}

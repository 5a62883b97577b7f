import { expect } from 'vitest'
import type { AttemptOutcome } from '../../model/attempt.ts'
import type { Promises } from './promises.ts'
import { HOSTILE_TEXTS, insertNamed, later, NOW, newAttempt } from './store-samples.ts'

/** How attempts are logged and listed. */
export const attemptPromises: Promises = {
  'lists attempts as they were inserted, newest first': async (store) => {
    const user = await insertNamed(store, 'ann')
    const full = newAttempt({ at: later(1), userId: user.id, outcome: 'success', sessionId: 'session' })
    const bare = newAttempt({ at: later(2), identifier: null, address: null, userAgent: null })
    const early = newAttempt()
    for (const attempt of [full, bare, early]) await store.attempts.insert(attempt)
    const listed = await store.attempts.list({ limit: 10 })
    expect(listed).toEqual([bare, full, early].map((one) => ({ ...one, id: expect.anything(), loggedOutAt: null })))
    expect(new Set(listed.map(({ id }) => id)).size).toBe(3)
  },
  'lists attempts of one moment in the reverse order of their coming': async (store) => {
    for (const identifier of ['first', 'second', 'third']) await store.attempts.insert(newAttempt({ identifier }))
    const listed = await store.attempts.list({ limit: 2 })
    expect(listed.map(({ identifier }) => identifier)).toEqual(['third', 'second'])
    expect(await store.attempts.list({ limit: 0 })).toEqual([])
  },
  'refuses a limit that a database could read as none': async (store) => {
    for (const limit of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(store.attempts.list({ limit }), `${limit}`).rejects.toThrow(TypeError)
    }
  },
  'keeps every outcome': async (store) => {
    const outcomes: readonly AttemptOutcome[] = [
      'success',
      'wrong_password',
      'unknown_user',
      'not_active',
      'not_verified',
      'locked',
      'refused',
    ]
    for (const outcome of outcomes) await store.attempts.insert(newAttempt({ outcome }))
    const listed = await store.attempts.list({ limit: 10 })
    expect(listed.map(({ outcome }) => outcome).toReversed()).toEqual(outcomes)
  },
  'filters by every condition, and by all given ones together': async (store) => {
    const user = await insertNamed(store, 'ann')
    const wanted = newAttempt({
      userId: user.id,
      at: later(5),
      identifier: 'Ann',
      address: '::1',
      outcome: 'locked',
      door: 'admin',
      action: 'sudo',
      userAgent: 'curl/8',
    })
    const others = [
      { userId: null },
      { at: later(4) },
      { at: later(6) },
      { identifier: 'ann' },
      { address: '::2' },
      { outcome: 'refused' },
      { door: 'Admin' },
      { action: 'login' },
      { userAgent: 'curl/8.1' },
    ] as const
    for (const other of others) await store.attempts.insert({ ...wanted, ...other })
    await store.attempts.insert(wanted)
    const conditions = {
      userId: user.id,
      since: later(5),
      until: later(6),
      identifier: 'Ann',
      address: '::1',
      outcome: 'locked',
      door: 'admin',
      action: 'sudo',
      userAgent: 'curl/8',
    } as const
    expect(await store.attempts.list({ ...conditions, limit: 10 })).toMatchObject([wanted])
    for (const [name, value] of Object.entries(conditions)) {
      const listed = await store.attempts.list({ [name]: value, limit: 10 })
      expect(listed, name).toHaveLength(others.length)
    }
  },
  'tells successes from all others': async (store) => {
    for (const outcome of ['success', 'locked', 'wrong_password'] as const) {
      await store.attempts.insert(newAttempt({ outcome }))
    }
    const outcomes = async (succeeded: boolean) =>
      (await store.attempts.list({ succeeded, limit: 10 })).map(({ outcome }) => outcome)
    expect(await outcomes(true)).toEqual(['success'])
    expect(await outcomes(false)).toEqual(['wrong_password', 'locked'])
  },
  'gives every attempt once, page by page, whatever is added meanwhile': async (store) => {
    const identifiers = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    for (const [index, identifier] of identifiers.entries()) {
      // Several of one moment, on both sides of where a page ends.
      await store.attempts.insert(newAttempt({ identifier, at: later(Math.floor(index / 3)) }))
    }
    const seen = []
    for (let page = await store.attempts.list({ limit: 2 }); page.length > 0; ) {
      seen.push(...page)
      const before = page.at(-1)
      await store.attempts.insert(newAttempt({ identifier: 'new', at: later(9) }))
      page = before === undefined ? [] : await store.attempts.list({ limit: 2, before })
    }
    expect(seen.map(({ identifier }) => identifier)).toEqual(identifiers.toReversed())
  },
  'goes on behind an attempt that was deleted': async (store) => {
    for (const minutes of [1, 2, 3]) await store.attempts.insert(newAttempt({ at: later(minutes) }))
    const [, middle] = await store.attempts.list({ limit: 2 })
    expect(await store.attempts.deleteBefore(later(3), 2)).toBe(2)
    await store.attempts.insert(newAttempt({ at: later(1), identifier: 'late' }))
    expect(middle && (await store.attempts.list({ limit: 5, before: middle }))).toMatchObject([{ identifier: 'late' }])
  },
  'keeps and finds hostile texts as they are': async (store) => {
    for (const text of HOSTILE_TEXTS) await store.attempts.insert(newAttempt({ identifier: text, userAgent: text }))
    for (const text of HOSTILE_TEXTS) {
      expect(await store.attempts.list({ identifier: text, limit: 10 })).toMatchObject([
        { identifier: text, userAgent: text },
      ])
    }
  },
  'logs an attempt whose user was deleted meanwhile as nobody’s': async (store) => {
    const user = await insertNamed(store, 'ann')
    await store.users.delete(user.id)
    await store.attempts.insert(newAttempt({ userId: user.id }))
    expect(await store.attempts.list({ limit: 10 })).toMatchObject([{ userId: null, identifier: 'ann' }])
  },
  'gives the session of an attempt another handle, and then ends it under that one': async (store) => {
    for (const sessionId of ['first', 'second', null]) await store.attempts.insert(newAttempt({ sessionId }))
    await store.attempts.renameSession('second', 'first')
    await store.attempts.renameSession('unknown', 'third')
    await store.attempts.markLoggedOut(['first', 'second', 'third'], later(1))
    const listed = await store.attempts.list({ limit: 10 })
    expect(listed.map(({ sessionId, loggedOutAt }) => [sessionId, loggedOutAt])).toEqual([
      [null, null],
      ['first', later(1)],
      ['first', later(1)],
    ])
  },
  'notes when a session was ended, once and for that session alone': async (store) => {
    await store.attempts.insert(newAttempt({ sessionId: 'one' }))
    await store.attempts.insert(newAttempt({ sessionId: 'two' }))
    await store.attempts.insert(newAttempt())
    await store.attempts.insert(newAttempt({ sessionId: 'three' }))
    await store.attempts.markLoggedOut(['one', 'three'], later(1))
    await store.attempts.markLoggedOut(['one'], later(2))
    await store.attempts.markLoggedOut(['unknown'], later(3))
    await store.attempts.markLoggedOut([], later(3))
    const listed = await store.attempts.list({ limit: 10 })
    expect(listed.map(({ loggedOutAt }) => loggedOutAt)).toEqual([later(1), null, null, later(1)])
  },
  'deletes attempts of before the moment, in batches': async (store) => {
    for (let index = 0; index < 5; index += 1) await store.attempts.insert(newAttempt({ at: later(-1) }))
    await store.attempts.insert(newAttempt({ at: NOW }))
    expect(await store.attempts.deleteBefore(NOW, 3)).toBe(3)
    expect(await store.attempts.deleteBefore(NOW, 3)).toBe(2)
    expect(await store.attempts.deleteBefore(NOW, 3)).toBe(0)
    expect(await store.attempts.list({ limit: 10 })).toHaveLength(1)
  },
}

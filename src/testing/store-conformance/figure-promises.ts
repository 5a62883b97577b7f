import { expect } from 'vitest'
import { field } from '../../model/declare-field.ts'
import type { Promises } from './promises.ts'
import { codeOf, insertNamed, insertSession, insertUser, later, MINUTE, NOW, newAttempt } from './store-samples.ts'

/** What is counted for operators. */
export const figurePromises: Promises = {
  'counts sessions that have not expired, up to a number': async (store) => {
    const user = await insertNamed(store, 'ann')
    for (const id of ['a', 'b', 'c']) await insertSession(store, user, { id })
    await insertSession(store, user, { id: 'ended', idleExpiresAt: later(MINUTE) })
    expect(await store.figures.liveSessions(later(MINUTE), 3)).toEqual({ count: 3, isExact: true })
    expect(await store.figures.liveSessions(NOW, 3)).toEqual({ count: 3, isExact: false })
    expect(await store.figures.liveSessions(later(60 * MINUTE), 3)).toEqual({ count: 0, isExact: true })
  },
  'counts attempts of a time by whether they succeeded, up to a number': async (store) => {
    for (const outcome of ['success', 'locked', 'wrong_password', 'success', 'success'] as const) {
      await store.attempts.insert(newAttempt({ outcome, at: later(5) }))
    }
    await store.attempts.insert(newAttempt({ at: later(4) }))
    await store.attempts.insert(newAttempt({ at: later(6) }))
    const window = { since: later(5), until: later(6) }
    expect(await store.figures.attempts(window, 5)).toEqual({ successes: 3, failures: 2, isExact: true })
    const some = await store.figures.attempts(window, 3)
    expect([some.successes + some.failures, some.isExact]).toEqual([3, false])
    const none = { successes: 0, failures: 0, isExact: true }
    expect(await store.figures.attempts({ since: later(7), until: later(9) }, 3)).toEqual(none)
  },
  'counts mails that are neither sent nor given up, up to a number': async (store) => {
    for (let index = 0; index < 4; index += 1) {
      await store.outbox.insert({ createdAt: later(index), body: new Uint8Array([1]) })
    }
    const [sent, failed] = await store.outbox.claim(later(9), later(99), 2)
    await store.outbox.settle(sent?.id ?? 0, { outcome: 'sent', at: later(9), body: null })
    await store.outbox.settle(failed?.id ?? 0, { outcome: 'abandoned', at: later(9), error: 'refused' })
    expect(await store.figures.waitingMails(2)).toEqual({ count: 2, isExact: true })
    expect(await store.figures.waitingMails(1)).toEqual({ count: 1, isExact: false })
  },
  'tells what belongs to a user, and that nothing belongs to nobody': async (_store, open) => {
    const store = await open({ profiles: { author: { penName: field.text({}) }, editor: { desk: field.text({}) } } })
    const profiles = { author: { penName: 'Bell' } }
    const user = await insertUser(store, { profiles })
    await insertSession(store, user, { id: 'a' })
    await insertSession(store, user, { id: 'b', idleExpiresAt: later(-1) })
    await store.attempts.insert(newAttempt({ userId: user.id }))
    await store.codes.insert(codeOf(user))
    await store.groups.setPermissions(user.id, ['shop.view_order', 'blog.add_post'])
    const group = await store.groups.insert({ id: null, name: 'editors', permissions: [] })
    if (group.outcome === 'inserted') await store.groups.setGroups(user.id, [group.group.id])
    const counts = { sessions: 2, identities: 0, codes: 1, attempts: 1, groups: 1, permissions: 2, profiles: 1 }
    expect(await store.figures.belongingsOf(user.id)).toEqual(counts)
    const nothing = { sessions: 0, identities: 0, codes: 0, attempts: 0, groups: 0, permissions: 0, profiles: 0 }
    expect(await store.figures.belongingsOf(4711)).toEqual(nothing)
    expect(await store.figures.belongingsOf(`${user.id}`)).toEqual(nothing)
  },
}

import { expect } from 'vitest'
import type { Store } from '../../contracts/store.ts'
import type { OutboxRow } from '../../model/mail.ts'
import type { Promises } from './promises.ts'
import { atOnce, later, MINUTE, NOW } from './store-samples.ts'

const LEASE_END = later(MINUTE)

/** How mails wait, are handed out and settled. */
export const outboxPromises: Promises = {
  'hands out what is due, oldest first, and counts the try': async (store) => {
    for (const at of [3, 1, 2]) await store.outbox.insert({ createdAt: later(at), body: bytes(`${at}`) })
    await store.outbox.insert({ createdAt: later(11), body: bytes('not due') })
    const [first, second, ...more] = await store.outbox.claim(later(10), LEASE_END, 2)
    expect(first).toMatchObject({ createdAt: later(1), tries: 1, sentAt: null, lastError: null, body: bytes('1') })
    expect(second).toMatchObject({ createdAt: later(2), body: bytes('2') })
    expect(more).toEqual([])
    expect(await store.outbox.claim(later(10), LEASE_END, 5)).toMatchObject([{ body: bytes('3') }])
  },
  'hands a row out from the millisecond at which it is due': async (store) => {
    await store.outbox.insert({ createdAt: NOW, body: bytes('mail') })
    expect(await store.outbox.claim(later(-1), LEASE_END, 5)).toEqual([])
    expect(await store.outbox.claim(NOW, LEASE_END, 0)).toEqual([])
    expect(await store.outbox.claim(NOW, LEASE_END, 5)).toHaveLength(1)
  },
  'hides a claimed row until its lease ends, and then hands it out again': async (store) => {
    await store.outbox.insert({ createdAt: NOW, body: bytes('mail') })
    const [row] = await store.outbox.claim(NOW, LEASE_END, 5)
    expect(await store.outbox.claim(later(MINUTE - 1), LEASE_END, 5)).toEqual([])
    expect(await store.outbox.claim(LEASE_END, later(2 * MINUTE), 5)).toMatchObject([{ id: row?.id, tries: 2 }])
  },
  'gives each row to exactly one of many concurrent claims': async (store) => {
    for (let index = 0; index < 30; index += 1) await store.outbox.insert({ createdAt: NOW, body: bytes(`${index}`) })
    const claims = await atOnce(10, () => store.outbox.claim(NOW, LEASE_END, 4))
    const ids = claims.flat().map(({ id }) => id)
    expect(ids).toHaveLength(30)
    expect(new Set(ids).size).toBe(30)
  },
  'keeps a completed body for the next try': async (store) => {
    const { id } = await claimOne(store)
    await store.outbox.settle(id, { outcome: 'rendered', body: bytes('complete') })
    expect(await store.outbox.claim(LEASE_END, later(2 * MINUTE), 5)).toMatchObject([{ id, body: bytes('complete') }])
  },
  'erases the body of a sent mail, or keeps it, and never hands it out again': async (store) => {
    for (const body of [null, bytes('kept')]) {
      const { id } = await claimOne(store)
      await store.outbox.settle(id, { outcome: 'sent', at: later(5), body })
      expect((await store.outbox.list(1))[0]).toMatchObject({ id, sentAt: later(5), body })
    }
    expect(await store.outbox.claim(later(100 * MINUTE), later(200 * MINUTE), 5)).toEqual([])
    expect(await store.outbox.nextDue()).toBeNull()
  },
  'tries again when told to': async (store) => {
    const { id } = await claimOne(store)
    await store.outbox.settle(id, { outcome: 'retry', dueAt: later(50), error: "it's 'full'" })
    expect(await store.outbox.nextDue()).toEqual(later(50))
    expect(await store.outbox.claim(later(49), LEASE_END, 5)).toEqual([])
    expect(await store.outbox.claim(later(50), LEASE_END, 5)).toMatchObject([
      { id, tries: 2, lastError: "it's 'full'" },
    ])
  },
  'gives a mail up for good and erases its body': async (store) => {
    const { id } = await claimOne(store)
    await store.outbox.settle(id, { outcome: 'abandoned', at: later(5), error: 'refused' })
    expect(await store.outbox.list(5)).toMatchObject([{ id, body: null, lastError: 'refused', sentAt: null }])
    expect(await store.outbox.claim(later(100 * MINUTE), later(200 * MINUTE), 5)).toEqual([])
    expect(await store.outbox.nextDue()).toBeNull()
  },
  'drops a row for which there was nothing to send': async (store) => {
    const { id } = await claimOne(store)
    await store.outbox.settle(id, { outcome: 'dropped' })
    expect(await store.outbox.list(5)).toEqual([])
  },
  'never revives a mail that was sent, whatever a late process says': async (store) => {
    const { id } = await claimOne(store)
    await store.outbox.settle(id, { outcome: 'sent', at: later(5), body: null })
    const [sent] = await store.outbox.list(1)
    await store.outbox.settle(id, { outcome: 'retry', dueAt: NOW, error: 'late' })
    await store.outbox.settle(id, { outcome: 'rendered', body: bytes('late') })
    await store.outbox.settle(id, { outcome: 'abandoned', at: later(6), error: 'late' })
    await store.outbox.settle(id, { outcome: 'sent', at: later(7), body: bytes('late') })
    await store.outbox.settle(id, { outcome: 'dropped' })
    expect(await store.outbox.list(5)).toEqual([sent])
    expect(await store.outbox.claim(later(100 * MINUTE), later(200 * MINUTE), 5)).toEqual([])
  },
  'lists the latest first': async (store) => {
    for (const at of [2, 3, 1]) await store.outbox.insert({ createdAt: later(at), body: bytes(`${at}`) })
    expect((await store.outbox.list(2)).map(({ createdAt }) => createdAt)).toEqual([later(3), later(2)])
  },
  'tells when the earliest unsent row falls due': async (store) => {
    expect(await store.outbox.nextDue()).toBeNull()
    await store.outbox.insert({ createdAt: later(20), body: bytes('late') })
    await store.outbox.insert({ createdAt: later(10), body: bytes('early') })
    expect(await store.outbox.nextDue()).toEqual(later(10))
  },
  'deletes what was sent or given up before the moment, in batches, and nothing unsent': async (store) => {
    const results = ['sent', 'sent', 'abandoned', 'sent'] as const
    for (const [index, outcome] of results.entries()) {
      const { id } = await claimOne(store)
      const at = index === 3 ? NOW : later(-1)
      await store.outbox.settle(
        id,
        outcome === 'sent' ? { outcome, at, body: null } : { outcome, at, error: 'refused' },
      )
    }
    await store.outbox.insert({ createdAt: later(-2), body: bytes('unsent') })
    expect(await store.outbox.deleteSentBefore(NOW, 2)).toBe(2)
    expect(await store.outbox.deleteSentBefore(NOW, 2)).toBe(1)
    expect(await store.outbox.deleteSentBefore(NOW, 2)).toBe(0)
    expect((await store.outbox.list(5)).map(({ sentAt }) => sentAt).toSorted()).toEqual([NOW, null])
  },
  'lists what waits, what was sent and what was given up, page by page': async (store) => {
    for (let index = 0; index < 6; index += 1) {
      await store.outbox.insert({ createdAt: later(Math.floor(index / 4)), body: new Uint8Array([index]) })
    }
    const claimed = await store.outbox.claim(later(9), later(99), 4)
    for (const [index, { id }] of claimed.entries()) {
      if (index < 2) await store.outbox.settle(id, { outcome: 'sent', at: later(9), body: null })
      else await store.outbox.settle(id, { outcome: 'abandoned', at: later(9), error: 'refused' })
    }
    const ids = claimed.map(({ id }) => id)
    const listed = async (state: 'waiting' | 'sent' | 'failed') =>
      (await store.outbox.list(10, { state })).map(({ id }) => id)
    expect(await listed('sent')).toEqual(ids.slice(0, 2).toReversed())
    expect(await listed('failed')).toEqual(ids.slice(2).toReversed())
    expect((await store.outbox.list(10, { state: 'waiting' })).map(({ body }) => body?.[0])).toEqual([5, 4])
    const whole = await store.outbox.list(10)
    const seen = []
    for (let page = await store.outbox.list(2); page.length > 0; ) {
      seen.push(...page)
      const before = page.at(-1)
      page = before === undefined ? [] : await store.outbox.list(2, { before })
    }
    expect(seen).toEqual(whole)
    expect(whole).toHaveLength(6)
  },
  'makes a mail due that waits for its next try, and none that is finished': async (store) => {
    await store.outbox.insert({ createdAt: NOW, body: new Uint8Array([1]) })
    const [row] = await store.outbox.claim(NOW, later(1), 1)
    const id = row?.id ?? 0
    await store.outbox.settle(id, { outcome: 'retry', dueAt: later(1000), error: 'refused' })
    expect(await store.outbox.claim(later(5), later(99), 1)).toEqual([])
    expect(await store.outbox.retry(id, later(5))).toBe(true)
    expect(await store.outbox.claim(later(5), later(99), 1)).toHaveLength(1)
    await store.outbox.settle(id, { outcome: 'sent', at: later(6), body: null })
    expect(await store.outbox.retry(id, later(7))).toBe(false)
    expect(await store.outbox.retry(4711, later(7))).toBe(false)
    expect(await store.outbox.claim(later(9999), later(99_999), 1)).toEqual([])
  },
}

async function claimOne(store: Store): Promise<OutboxRow> {
  await store.outbox.insert({ createdAt: NOW, body: bytes('mail') })
  const [row] = await store.outbox.claim(NOW, LEASE_END, 1)
  if (!row) throw new Error('the sample mail was not handed out')
  return row
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

import { expect } from 'vitest'
import type { AddressRule } from '../../model/address-rule.ts'
import type { Promises } from './promises.ts'
import { atOnce, HOSTILE_TEXTS, later, NOW } from './store-samples.ts'

/** What operators say of source addresses. */
export const addressRulePromises: Promises = {
  'lists rules as they were put, the newest first, and none that has ended': async (store) => {
    expect(await store.addressRules.list(NOW, 10)).toEqual([])
    const rules = [
      newRule({ id: 'a', range: '192.0.2.1', createdAt: later(1) }),
      newRule({ id: 'b', range: '2001:db8::/32', effect: 'allow', createdAt: later(3), expiresAt: later(9) }),
      newRule({ id: 'd', range: '198.51.100.0/24', createdAt: later(2) }),
      newRule({ id: 'c', range: '203.0.113.0/24', createdAt: later(2) }),
    ]
    for (const rule of rules) expect(await store.addressRules.put(rule, 10)).toBe(true)
    const ids = async (now: Date, limit: number) => (await store.addressRules.list(now, limit)).map(({ id }) => id)
    expect(await store.addressRules.list(later(8), 1)).toEqual([rules[1]])
    expect(await ids(later(8), 10)).toEqual(['b', 'c', 'd', 'a'])
    expect(await ids(later(9), 10)).toEqual(['c', 'd', 'a'])
    expect(await ids(NOW, 0)).toEqual([])
  },
  'replaces the rule of a range, and refuses one too many': async (store) => {
    await store.addressRules.put(newRule({ id: 'a', range: '192.0.2.1' }), 2)
    await store.addressRules.put(newRule({ id: 'b', range: '192.0.2.2' }), 2)
    expect(await store.addressRules.put(newRule({ id: 'c', range: '192.0.2.3' }), 2)).toBe(false)
    expect(await store.addressRules.put(newRule({ id: 'd', range: '192.0.2.2', effect: 'allow' }), 2)).toBe(true)
    expect((await store.addressRules.list(NOW, 10)).map(({ id }) => id)).toEqual(['a', 'd'])
  },
  'keeps one rule for a range, however many are put at once': async (store) => {
    await atOnce(10, (index) => store.addressRules.put(newRule({ id: `r${index}` }), 100))
    expect(await store.addressRules.list(NOW, 100)).toHaveLength(1)
  },
  'gives the rule that was deleted, once': async (store) => {
    const rule = newRule({ note: HOSTILE_TEXTS.join('\n') })
    await store.addressRules.put(rule, 10)
    expect(await store.addressRules.delete('unknown')).toBeNull()
    const deleted = await atOnce(5, () => store.addressRules.delete(rule.id))
    expect(deleted.filter((one) => one !== null)).toEqual([rule])
    expect(await store.addressRules.list(NOW, 10)).toEqual([])
  },
  'deletes rules that have ended, in batches, and no others': async (store) => {
    for (const minute of [1, 2, 3]) {
      const expiresAt = later(minute)
      await store.addressRules.put(newRule({ id: `${minute}`, range: `192.0.2.${minute}`, expiresAt }), 10)
    }
    await store.addressRules.put(newRule({ id: 'stays' }), 10)
    expect(await store.addressRules.deleteExpired(later(3), 1)).toBe(1)
    expect(await store.addressRules.deleteExpired(later(3), 5)).toBe(1)
    expect((await store.addressRules.list(NOW, 10)).map(({ id }) => id)).toEqual(['3', 'stays'])
  },
}

function newRule(changes: Partial<AddressRule> = {}): AddressRule {
  return {
    id: 'rule',
    range: '192.0.2.9',
    effect: 'block',
    note: '',
    createdAt: NOW,
    expiresAt: null,
    ...changes,
  }
}

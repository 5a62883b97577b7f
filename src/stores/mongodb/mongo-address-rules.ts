import type { AddressRuleStore } from '../../contracts/address-rule-store.ts'
import type { AddressRule } from '../../model/address-rule.ts'
import { assertLimit } from '../sql/batches.ts'
import { deleteBatch } from './batches.ts'
import { changesOf } from './documents.ts'
import type { MongoDatabase } from './mongo-database.ts'
import type { MongoDocument } from './mongo-driver.ts'
import { isDuplicateKey } from './mongo-errors.ts'
import type { FieldsOf } from './naming.ts'
import { ABSENT, encoded, equals, moment, momentOrNull, text } from './values.ts'

/** Addresses to block or allow in MongoDB. The `_id` is the range, so that there is one rule for each. */
export function mongoAddressRules(db: MongoDatabase): AddressRuleStore {
  const rules = db.documents('addressRules')
  const { names } = rules
  return {
    async list(now, limit) {
      assertLimit(limit)
      const meaningful = { $or: [{ [names.expiresAt]: ABSENT }, { [names.expiresAt]: { $gt: encoded(now) } }] }
      const found = await rules.find(meaningful, { sort: { [names.createdAt]: -1, [names.ruleId]: 1 }, limit })
      return found.map((doc) => readRule(names, doc))
    },
    async put(rule, max) {
      const others = await rules.find({ _id: { $ne: encoded(rule.range) } }, { limit: max, projection: { _id: 1 } })
      if (others.length >= max) return false
      await put(db, rule)
      return true
    },
    async delete(id) {
      const taken = await rules.takeOne({ [names.ruleId]: equals(id) })
      return taken && readRule(names, taken)
    },
    async deleteExpired(before, limit) {
      assertLimit(limit)
      return deleteBatch(rules, { [names.expiresAt]: { $lt: encoded(before) } }, { order: names.expiresAt, limit })
    },
  }
}

async function put(db: MongoDatabase, { id, range, ...values }: AddressRule): Promise<void> {
  const rules = db.documents('addressRules')
  const write = () =>
    rules.changeOne({ _id: equals(range) }, changesOf(rules.names, { ruleId: id, ...values }), { upsert: true })
  try {
    await write()
  } catch (error) {
    // Another one has inserted it in between; then this one replaces it.
    if (!isDuplicateKey(error)) throw error
    await write()
  }
}

function readRule(names: FieldsOf<'addressRules'>, doc: MongoDocument): AddressRule {
  return {
    id: text(doc[names.ruleId]),
    range: text(doc['_id']),
    effect: text(doc[names.effect]) as AddressRule['effect'],
    note: text(doc[names.note]),
    createdAt: moment(doc[names.createdAt]),
    expiresAt: momentOrNull(doc[names.expiresAt]),
  }
}

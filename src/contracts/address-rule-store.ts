import type { AddressRule } from '../model/address-rule.ts'

/** Source addresses that operators block or allow. Asked before every password, so a list of few rows. */
export interface AddressRuleStore {
  /** Rules that still mean something at `now`, the newest first and those of one moment by their ids, at most `limit`. */
  list(now: Date, limit: number): Promise<readonly AddressRule[]>
  /**
   * Adds the rule, in place of one for the same range, unless there are `max` others: then `false`. Of any number of
   * concurrent calls for one range one rule is left; somewhat more than `max` may be left of concurrent calls.
   */
  put(rule: AddressRule, max: number): Promise<boolean>
  /** The rule that was there, or `null`. */
  delete(id: AddressRule['id']): Promise<AddressRule | null>
  /** Deletes rules that ended before the moment, at most `limit`, and tells how many. */
  deleteExpired(before: Date, limit: number): Promise<number>
}

import type { Mail } from '../../src/model/mail.ts'
import { type MemoryMailer, memoryMailer } from '../../src/testing/memory-mailer.ts'

/**
 * A mailbox that is read in the order in which the mails were asked for. Several are on their way at once, and where the
 * store is behind a network any of them may be the first to leave.
 */
export function orderedMailer(): MemoryMailer {
  const mailer = memoryMailer()
  return {
    ...mailer,
    get sent() {
      return mailer.sent.toSorted((one, other) => compare(placeOf(one), placeOf(other)))
    },
  }
}

/** When its row of the outbox was made, and the row's id, which both stand in its `Message-ID`. */
function placeOf({ messageId }: Mail): readonly [number, string] {
  const [, moment = '', id = ''] = /^<(\w+)\.(\w+)@/.exec(messageId) ?? []
  return [Number.parseInt(moment, 36), id]
}

function compare([one, oneId]: readonly [number, string], [other, otherId]: readonly [number, string]): number {
  return one - other || oneId.length - otherId.length || (oneId < otherId ? -1 : 1)
}

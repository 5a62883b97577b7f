import type { OutboxEntry } from '../../commands/list-outbox.ts'
import type { PageWords } from '../../messages/messages.ts'

/** What has become of a mail, with the reason for which it is still here. */
export function mailState({ state, lastError, mail }: OutboxEntry, words: PageWords['outbox']): string {
  // A mail that was really sent is erased.
  if (state === 'sent') return mail === null ? words.sent : words.kept
  return lastError === null ? words[state] : `${words[state]} (${words.lastFailure}: ${lastError})`
}

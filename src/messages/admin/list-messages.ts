/** What the pages about everything else say. */
export interface ListMessages {
  readonly overview: {
    readonly title: string
    readonly users: string
    readonly joinedToday: string
    readonly liveSessions: string
    readonly locks: string
    readonly failures: string
    readonly successes: string
    readonly waitingMails: string
    readonly nothing: string
    readonly recent: string
  }
  readonly attempts: {
    readonly title: string
    readonly empty: string
    readonly at: string
    readonly user: string
    readonly identifier: string
    readonly address: string
    readonly agent: string
    readonly door: string
    readonly action: string
    readonly outcome: string
    readonly anyOutcome: string
    readonly failed: string
    readonly since: string
    readonly until: string
    readonly chart: string
    readonly chartSummary: (successes: number, failures: number) => string
    readonly successes: string
    readonly failures: string
    readonly live: string
    readonly loggedOut: string
  }
  readonly locks: {
    readonly title: string
    readonly empty: string
    readonly explanation: string
    readonly subject: string
    readonly address: string
    readonly until: string
    readonly unlock: string
    readonly unlocked: string
    readonly kinds: { readonly [K in 'user' | 'identifier' | 'address' | 'device']: string }
    readonly everywhere: string
  }
  readonly addresses: {
    readonly title: string
    readonly explanation: string
    readonly empty: string
    readonly range: string
    readonly rangeHelp: string
    readonly effect: string
    readonly block: string
    readonly allow: string
    readonly note: string
    readonly created: string
    readonly expires: string
    readonly expiresHelp: string
    readonly add: string
    readonly remove: string
    readonly added: (range: string) => string
    readonly removed: (range: string) => string
    readonly ownAddress: string
  }
  readonly groups: {
    readonly title: string
    readonly add: string
    readonly addTitle: string
    readonly changeTitle: string
    readonly empty: string
    readonly name: string
    readonly members: string
    readonly permissions: string
    readonly added: (name: string) => string
    readonly changed: (name: string) => string
    readonly deleteTitle: string
    /** `members`: `null` where the operator may not know. */
    readonly deleteQuestion: (name: string, members: number | null) => string
    readonly deleted: (name: string) => string
  }
  readonly outbox: {
    readonly title: string
    readonly empty: string
    readonly written: string
    readonly to: string
    readonly kind: string
    readonly state: string
    readonly waiting: string
    readonly sent: string
    readonly failed: string
    readonly lastError: string
    readonly retry: string
    readonly retried: string
  }
  readonly audit: {
    readonly title: string
    readonly empty: string
    readonly at: string
    readonly actor: string
    readonly action: string
    readonly object: string
    readonly door: string
    readonly address: string
    readonly changes: string
  }
}

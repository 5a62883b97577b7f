/** What the pages about users say. */
export interface UserMessages {
  readonly list: UserListWords
  readonly add: {
    readonly title: string
    readonly explanation: string
    readonly how: string
    readonly withPassword: string
    readonly withInvitation: string
    readonly added: (name: string) => string
    readonly invited: (name: string) => string
  }
  readonly change: {
    readonly title: string
    readonly viewTitle: string
    readonly personal: string
    readonly privileges: string
    readonly dates: string
    readonly own: string
    readonly passwordKept: (algorithm: string) => string
    readonly passwordUnusable: string
    readonly passwordHelp: string
    readonly passwordLink: string
    readonly activeHelp: string
    readonly staffHelp: string
    readonly superuserHelp: string
    readonly groupsHelp: string
    /** Behind it, where not all groups can be offered. */
    readonly groupsMore: (offered: number) => string
    readonly permissionsHelp: string
    readonly profileAbsent: string
    readonly fixed: string
    readonly changed: (name: string) => string
  }
  readonly password: {
    readonly title: (name: string) => string
    readonly explanation: (name: string) => string
    readonly usable: string
    readonly usableHelp: string
    readonly button: string
    readonly done: string
    readonly disabled: string
  }
  readonly delete: {
    readonly title: string
    readonly question: (name: string) => string
    readonly goes: string
    readonly stays: string
    readonly button: string
    readonly done: (name: string) => string
    readonly belongings: {
      readonly sessions: string
      readonly identities: string
      readonly codes: string
      readonly attempts: string
      readonly groups: string
      readonly permissions: string
      readonly profiles: string
    }
  }
  readonly tabs: {
    readonly label: string
    readonly change: string
    readonly history: string
    readonly sessions: string
    readonly identities: string
    readonly attempts: string
  }
  readonly sessions: {
    readonly empty: string
    readonly began: string
    readonly lastUsed: string
    readonly ends: string
    readonly from: string
    readonly agent: string
    readonly carrier: string
    readonly end: string
    readonly endAll: string
    readonly ended: string
    readonly current: string
  }
  readonly identities: {
    readonly empty: string
    readonly provider: string
    readonly subject: string
    readonly email: string
    readonly connected: string
    readonly lastLogin: string
  }
  readonly history: { readonly empty: string }
}

export interface UserListWords {
  readonly title: string
  readonly add: string
  readonly export: string
  readonly searchLabel: string
  readonly empty: string
  readonly count: (count: number, isExact: boolean) => string
  readonly action: string
  /** In front of how many are ticked. */
  readonly selected: string
  readonly selectAll: string
  readonly selectOne: (name: string) => string
  readonly filters: {
    readonly staff: string
    readonly superuser: string
    readonly status: string
    readonly verified: string
    readonly locked: string
    readonly group: string
    readonly joined: string
    readonly lastLogin: string
  }
  readonly periods: {
    readonly today: string
    readonly week: string
    readonly month: string
    readonly year: string
    readonly never: string
  }
  readonly actions: {
    readonly activate: string
    readonly deactivate: string
    readonly unlock: string
    readonly 'verify-email': string
    readonly 'end-sessions': string
    readonly 'send-reset': string
    readonly delete: string
  }
  /** What was done, to how many. */
  readonly done: (action: string, count: number) => string
  readonly refused: (count: number) => string
  readonly noneSelected: string
  readonly noAction: string
  readonly deleteTitle: string
  readonly deleteQuestion: (count: number) => string
  readonly deleteButton: string
  /** More were found than a page had room for looking through. */
  readonly goOn: string
}

/** Every sentence of the page on which an account can be tried, in one language. What is wrong with a field the API says itself. */
export interface DemoMessages {
  /** BCP 47. */
  readonly language: string
  readonly frame: {
    readonly title: (siteName: string) => string
    readonly explanation: string
    readonly needsScript: string
    readonly skip: string
    readonly loggedInAs: (name: string) => string
    readonly logOut: string
    readonly places: string
    /** The mails that are kept instead of being sent. */
    readonly openOutbox: string
  }
  readonly fields: { readonly [K in DemoField]: string }
  /** Beside the name of a field that may stay empty. */
  readonly optional: string
  readonly register: DemoStep & {
    readonly explanation: string
    readonly done: (email: string) => string
    readonly doneWithoutMail: string
  }
  readonly login: DemoStep & {
    readonly lockHint: string
    /** Beside the time that is still to wait. */
    readonly tooOften: string
    readonly wait: (seconds: string) => string
    readonly waitOver: string
    readonly done: (name: string) => string
  }
  readonly forgotten: DemoStep & { readonly done: (email: string) => string }
  readonly account: {
    readonly signedOut: string
    readonly loggedOut: string
  }
  readonly profile: DemoStep & { readonly done: string }
  readonly password: DemoStep & { readonly explanation: string; readonly done: string }
  readonly email: DemoStep & {
    readonly current: (email: string) => string
    readonly unproven: (email: string) => string
    readonly none: string
    readonly done: (email: string) => string
  }
  readonly sessions: {
    readonly title: string
    readonly explanation: string
    readonly thisOne: string
    readonly lastUsed: (moment: string) => string
    readonly unknownAgent: string
    readonly end: string
    /** Names the button for who does not see the line that it stands in. */
    readonly endNamed: (agent: string) => string
    readonly endOthers: string
    readonly ended: string
    readonly othersEnded: string
  }
  readonly deletion: DemoStep & { readonly explanation: string; readonly done: string }
  readonly problems: { readonly network: string; readonly unexpected: string }
}

export interface DemoStep {
  readonly title: string
  readonly button: string
}

export type DemoField =
  | 'identifier'
  | 'username'
  | 'email'
  | 'password'
  | 'currentPassword'
  | 'newPassword'
  | 'newEmail'
  | 'firstName'
  | 'lastName'

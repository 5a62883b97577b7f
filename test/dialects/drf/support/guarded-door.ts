import type { Doors } from './doors.ts'
import type { DrfWorld, EngineOptions } from './drf-world.ts'
import type { Ask } from './request.ts'

/** What of a world the suite about lockouts looks at, which other vocabularies have as well. */
export type GuardedWorld = Pick<DrfWorld, 'auth' | 'clock' | 'request' | 'call' | 'addUser' | 'member'>

/** The ways in to a dialect, as the suite about lockouts sees them. */
export interface WaysIn<W extends GuardedWorld = DrfWorld> {
  /** Opens a world where every way in is open, which is closed after the test. */
  readonly open: (engine?: EngineOptions) => W
  /** Where people log in. */
  readonly loginDoors: Doors
  /** Makes the user `victim`, who is the first, and gives every door to the account. */
  readonly doorsTo: (world: W) => Promise<Doors>
  /** What a token opens, with a 200. */
  readonly ownRow: string
  /** Sets `OTHER_PASSWORD` by a mailed link. */
  readonly resetPassword: (world: W, username: string) => Promise<void>
}

/** A dialect as the suites about attacks see it. */
export interface GuardedDoor extends WaysIn {
  /** As `open`, where registration tells nobody whose address is taken. */
  readonly openDiscreet: (engine?: EngineOptions) => DrfWorld
  /** A whole registration, by default with an address at `example.org`. */
  readonly register: (username: string, changes?: { readonly email?: string }) => Ask
  /** Everything that mails something to whoever has the address, sent from one source. */
  readonly askForMails: (world: DrfWorld, input: MailsAskedFor) => Promise<void>
}

export interface MailsAskedFor {
  readonly username: string
  readonly email: string
  /** Counts the rounds, for what must be new each time. */
  readonly index: number
  readonly address: string
}

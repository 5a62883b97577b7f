import type { EngineOptions } from '../../../src/config/options.ts'
import type { Mail } from '../../../src/model/mail.ts'
import type { Duration } from '../../../src/testing/fake-clock.ts'

/** How a server process is set up; travels as JSON. */
export interface ServerSettings {
  /** The file that the processes share, `:memory:`, or the URL of a PostgreSQL database. */
  readonly database: string
  readonly secret: string
  /** `racy` and `process` are stand-ins that the tests must see through. @default 'store' */
  readonly throttles?: 'store' | 'racy' | 'process' | `redis:${string}`
  /** What the clock of the process says, until a test moves it. */
  readonly startsAt: string
  /** Holds every judgement of a password back, so that requests meet inside the gate. */
  readonly delayMilliseconds?: number
  readonly options?: Pick<EngineOptions, 'lockout' | 'login' | 'rateLimits' | 'jwt' | 'sessions' | 'codes' | 'mail'>
}

/** What a test asks a server process for, past its HTTP side. */
export type Question =
  | { readonly ask: 'judged' }
  | { readonly ask: 'mails' }
  | { readonly ask: 'advance'; readonly span: Duration }
  | { readonly ask: 'createUser'; readonly username: string; readonly email: string; readonly password: string }
  | { readonly ask: 'disable'; readonly userId: number }

export interface AnswerTo {
  readonly judged: number
  readonly mails: readonly Mail[]
  readonly advance: null
  readonly createUser: number
  readonly disable: null
}

export type AskedFor<Q extends Question> = AnswerTo[Q['ask']]

export interface NumberedQuestion {
  readonly number: number
  readonly question: Question
}

export type ServerMessage =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'answer'; readonly number: number; readonly value: AnswerTo[keyof AnswerTo] }
  | { readonly kind: 'failure'; readonly number: number; readonly text: string }

import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { AuthenticationBackend } from '../contracts/authentication-backend.ts'
import type { Clock, RandomSource } from '../contracts/clock.ts'
import type { EventMap, EventName, Hooks } from '../contracts/hooks.ts'
import type { IdentityProvider } from '../contracts/identity-provider.ts'
import type { Logger } from '../contracts/logger.ts'
import type { MailStyle } from '../contracts/mail-style.ts'
import type { RenderedMail } from '../contracts/mail-template.ts'
import type { Mailer } from '../contracts/mailer.ts'
import type { PasswordHasher } from '../contracts/password-hasher.ts'
import type { SharedThrottles } from '../contracts/shared-throttles.ts'
import type { Store } from '../contracts/store.ts'
import type { ThrottleStore } from '../contracts/throttle-store.ts'
import type { TokenManager } from '../contracts/token-manager.ts'
import type { PasswordValidator } from '../contracts/validator.ts'
import type { MailJob, MailKind } from '../model/mail.ts'
import type { RequestInfo } from '../model/request-info.ts'
import type { Actor, Carrier } from '../model/session.ts'
import type { User } from '../model/user.ts'
import type { Keyring } from './steps/keyring.ts'
import type { LastUseBuffer } from './steps/last-use-buffer.ts'
import type { SlotQueue } from './steps/slot-queue.ts'

/** What is made once at the start and shared by all requests. */
export interface Engine {
  readonly config: ResolvedConfig
  readonly store: Store
  /** Where limits are counted: the store's own, unless another one was configured. */
  readonly throttles: ThrottleStore
  /** The same, where it is not the store's own. */
  readonly sharedThrottles: SharedThrottles | null
  readonly hasher: PasswordHasher
  readonly backends: readonly AuthenticationBackend[]
  /** By name, in the configured order. */
  readonly providers: ReadonlyMap<string, IdentityProvider>
  readonly validators: readonly PasswordValidator[]
  readonly tokens: readonly TokenManager[]
  readonly mailer: Mailer
  /** The styles of all doors, by name. */
  readonly mailStyles: ReadonlyMap<string, MailStyle>
  readonly renderMail: (kind: MailKind, facts: MailFacts) => RenderedMail
  readonly hooks: Hooks
  readonly emit: Emit
  readonly clock: Clock
  readonly random: RandomSource
  readonly logger: Logger
  readonly keys: Keyring
  readonly lastUses: LastUseBuffer
  readonly slotQueue: SlotQueue
  /** Tells the background that a mail was put into the outbox. */
  readonly mailWaiting: () => void
}

/** What a mail is written from. */
export interface MailFacts {
  /** Where the mail goes. */
  readonly to: string
  readonly user: User | null
  readonly language: string
  /** With its live code; `null` for mails without a link. */
  readonly link: string | null
  readonly code: string | null
  readonly expiresAt: Date | null
  readonly data: MailJob['data']
  readonly style: MailStyle | null
}

/** Everything a command may use: the engine, where the call comes from, and who makes it. */
export interface CommandContext extends Engine {
  readonly request: RequestInfo
  /** The caller, by the session or the password they proved to hold, or `null`. */
  readonly actor: Actor | null
  /** The name of the style in which mails of this call are written; `null` for the product's own words. */
  readonly mailStyle: string | null
}

/** Raises an event: at once, without waiting for listeners, and without ever throwing. */
export type Emit = <K extends EventName>(name: K, event: EventMap[K], request: RequestInfo | null) => void

/** The manager that serves a carrier; `createAuth` has checked that there is exactly one. */
export function tokenManagerFor(engine: Engine, carrier: Carrier): TokenManager {
  const manager = engine.tokens.find((candidate) => candidate.carriers.includes(carrier))
  if (manager === undefined) throw new TypeError(`no token manager serves the carrier "${carrier}"`)
  return manager
}

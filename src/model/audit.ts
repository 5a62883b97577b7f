import type { JsonValue } from './field.ts'

/** What an operator did something to. */
export interface AuditObject {
  readonly kind: 'user' | 'group' | 'session' | 'lock' | 'mail' | 'address-rule' | 'users'
  /** As text; `null` where there is none, such as that of all locks. */
  readonly id: string | null
  /** What it was called at that moment, for people. */
  readonly name: string | null
}

/** One field that is another now. Secrets are never in it; what says too much of a person is masked. */
export interface AuditChange {
  readonly field: string
  readonly from: JsonValue
  readonly to: JsonValue
}

/** One row of the audit log: who did what to whom, and when. It outlives both. */
export interface AuditEntry {
  readonly id: number | string
  readonly at: Date
  /** The operator's id as text; `null` for the command line and for direct calls. */
  readonly actorId: string | null
  /** What the operator was called at that moment. */
  readonly actorName: string | null
  /** Through which door: `admin`, `cli`, `library`, … */
  readonly door: string
  readonly address: string | null
  /** `user.updated`, `user.deleted`, … */
  readonly action: string
  readonly object: AuditObject
  readonly changes: readonly AuditChange[]
}

export type NewAuditEntry = Omit<AuditEntry, 'id'>

/** Which entries to list; all given conditions must hold. Newest first. */
export interface AuditFilter {
  readonly actorId?: string
  readonly action?: string
  readonly object?: Pick<AuditObject, 'kind'> & { readonly id: string }
  /** Not earlier. */
  readonly since?: Date
  /** Earlier. */
  readonly until?: Date
  /** The last entry of the page before: those behind it, also when it is not there any more. */
  readonly before?: Pick<AuditEntry, 'at' | 'id'>
  /** At most so many rows. */
  readonly limit: number
}

import type { AuditEntry, AuditFilter, NewAuditEntry } from '../model/audit.ts'

/** What operators did. Entries belong to nobody: they stay when the operator or the object goes. */
export interface AuditStore {
  insert(entry: NewAuditEntry): Promise<void>
  /** Newest first; entries of one moment in the reverse order of their coming. */
  list(filter: AuditFilter): Promise<readonly AuditEntry[]>
  /** Deletes entries of before the moment, the oldest first, at most `limit`, and tells how many. */
  deleteBefore(before: Date, limit: number): Promise<number>
}

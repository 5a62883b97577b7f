import type { Assurance, Carrier, Session } from '../../model/session.ts'
import type { Naming } from './naming.ts'
import { type SqlText, sql } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'

/** How many columns `sessionColumns` selects. The digest is not one of them: whoever looks up by it has it already. */
export const SESSION_WIDTH = 13

/** The columns of the sessions table under the alias `s`, in the order of `readSession`. */
export function sessionColumns({ sessions: { columns: c } }: Naming): SqlText {
  return sql`s.${c.id}, s.${c.userId}, s.${c.carrier}, s.${c.createdAt}, s.${c.lastUsedAt}, s.${c.idleExpiresAt},
    s.${c.expiresAt}, s.${c.address}, s.${c.userAgent}, s.${c.assurance}, s.${c.backend}, s.${c.generation}, s.${c.rotatedAt}`
}

/** Reads the session whose columns begin the row. */
export function readSession({ decode }: SqlEngine, row: Row, digest: Uint8Array): Session {
  return {
    id: decode.text(row[0]),
    userId: decode.id(row[1]),
    digest,
    carrier: decode.text(row[2]) as Carrier,
    createdAt: decode.moment(row[3]),
    lastUsedAt: decode.moment(row[4]),
    idleExpiresAt: decode.moment(row[5]),
    expiresAt: decode.moment(row[6]),
    address: decode.textOrNull(row[7]),
    userAgent: decode.textOrNull(row[8]),
    assurance: decode.text(row[9]) as Assurance,
    backend: decode.text(row[10]),
    generation: decode.number(row[11]),
    rotatedAt: decode.momentOrNull(row[12]),
  }
}

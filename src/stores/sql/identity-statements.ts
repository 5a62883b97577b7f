import type { IdentityLogin } from '../../contracts/store.ts'
import type { JsonValue } from '../../model/field.ts'
import type { Identity, IdentityKey, KnownIdentity, NewIdentity } from '../../model/identity.ts'
import type { UserId } from '../../model/user.ts'
import { sha256 } from '../../util/secrets.ts'
import type { Naming } from './naming.ts'
import { joined, type SqlText, sql } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type Command, type Insert, type Query, statementsFor } from './statements.ts'
import type { UserModel } from './user-model.ts'
import { userRows } from './user-rows.ts'

/** What an identity is found by and kept unique by, in every engine and whatever its collation. */
interface IdentityDigest {
  readonly digest: Uint8Array
}

/** An identity as its row is written. */
type IdentityRow = Omit<NewIdentity, 'extraData'> &
  IdentityDigest & { readonly userId: UserId; readonly extraData: string }

interface LoginRow {
  readonly id: number
  readonly lastLoginAt: Date
  readonly extraData: string
  /** `null` keeps what is there. */
  readonly sealedTokens: Uint8Array | null
}

/** Every statement about identities. */
export interface IdentityStatements {
  readonly insert: Insert<IdentityRow>
  readonly find: Query<IdentityDigest, KnownIdentity>
  readonly findId: Query<IdentityDigest, number>
  readonly listForUser: Query<{ readonly userId: UserId }, Identity>
  readonly noteLogin: Command<LoginRow>
  readonly delete: Command<{ readonly id: number; readonly userId: UserId }>
}

/** How many columns `identityColumns` selects. */
const WIDTH = 9

export function identityStatements(engine: SqlEngine, model: UserModel): IdentityStatements {
  const { insert, query, command } = statementsFor(engine)
  const { identities, users } = model.naming
  const { table, columns: c } = identities
  const columns = identityColumns(model.naming)
  const user = userRows(engine, model)
  const returning = engine.returning ? sql` RETURNING ${c.id}` : sql``
  return {
    insert: insert((p) => {
      const written = WRITTEN.map((column) => c[column])
      const values = WRITTEN.map((column) => p[column])
      return sql`INSERT INTO ${table} (${joined(written, ', ')}) VALUES (${joined(values, ', ')})${returning}`
    }),
    find: query(
      (p) => sql`SELECT ${columns}, ${user.columns} FROM ${table} AS i
        JOIN ${users.table} AS u ON u.${users.columns.id} = i.${c.userId}${user.joins} WHERE i.${c.digest} = ${p.digest}`,
      (row) => ({ identity: readIdentity(engine, row), user: user.read(row, WIDTH) }),
    ),
    findId: query(
      (p) => sql`SELECT ${c.id} FROM ${table} WHERE ${c.digest} = ${p.digest}`,
      (row) => engine.decode.number(row[0]),
    ),
    listForUser: query(
      (p) => sql`SELECT ${columns} FROM ${table} AS i WHERE i.${c.userId} = ${p.userId} ORDER BY i.${c.id}`,
      (row) => readIdentity(engine, row),
    ),
    noteLogin: command(
      (p) => sql`UPDATE ${table} SET ${c.lastLoginAt} = ${p.lastLoginAt}, ${c.extraData} = ${p.extraData},
          ${c.sealedTokens} = COALESCE(${p.sealedTokens}, ${c.sealedTokens}) WHERE ${c.id} = ${p.id}`,
    ),
    delete: command((p) => sql`DELETE FROM ${table} WHERE ${c.id} = ${p.id} AND ${c.userId} = ${p.userId}`),
  }
}

const WRITTEN = [
  'digest',
  'provider',
  'subject',
  'userId',
  'createdAt',
  'lastLoginAt',
  'email',
  'extraData',
  'sealedTokens',
] as const

/** As a list in JSON, so that no two pairs read the same. */
export const keyOf = ({ provider, subject }: IdentityKey): IdentityDigest => ({
  digest: sha256(JSON.stringify([provider, subject])),
})

export const identityRow = (identity: NewIdentity, userId: UserId): IdentityRow => ({
  ...identity,
  ...keyOf(identity),
  userId,
  extraData: JSON.stringify(identity.extraData),
})

export const loginRow = (id: number, { lastLoginAt, extraData, sealedTokens = null }: IdentityLogin): LoginRow => ({
  id,
  lastLoginAt,
  extraData: JSON.stringify(extraData),
  sealedTokens,
})

// The order of `readIdentity`.
function identityColumns({ identities: { columns: c } }: Naming): SqlText {
  return sql`i.${c.id}, i.${c.provider}, i.${c.subject}, i.${c.userId}, i.${c.createdAt}, i.${c.lastLoginAt},
    i.${c.email}, i.${c.extraData}, i.${c.sealedTokens}`
}

function readIdentity({ decode }: SqlEngine, row: Row): Identity {
  return {
    id: decode.number(row[0]),
    provider: decode.text(row[1]),
    subject: decode.text(row[2]),
    userId: decode.id(row[3]),
    createdAt: decode.moment(row[4]),
    lastLoginAt: decode.moment(row[5]),
    email: decode.textOrNull(row[6]),
    // Written from such an object alone.
    extraData: decode.json(row[7]) as Readonly<Record<string, JsonValue>>,
    sealedTokens: decode.bytesOrNull(row[8]),
  }
}

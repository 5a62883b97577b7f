import type { UserId } from '../../model/user.ts'
import { uniqueColumn } from './declared-columns.ts'
import type { Naming } from './naming.ts'
import { fixedText, type Identifier, sql } from './sql.ts'
import type { Row, SqlEngine } from './sql-engine.ts'
import { type Query, statementsFor } from './statements.ts'
import type { ProfileModel, UserModel } from './user-model.ts'

/** A column whose value no two users may share, and how to find who has it. */
export interface UniqueRule {
  /** As a conflict names it: `username`, `email`, a declared field, or `profile.field`. */
  readonly field: string
  /** The profile whose table has the column; `null` for the users table. */
  readonly profile: ProfileModel | null
  readonly column: Identifier
  /** Where the value is written by somebody who only claims it; `null` where claiming is having. */
  readonly claimColumn: Identifier | null
  /**
   * What becomes of a holder who need not keep the value, and who that is: one who is unconfirmed and joined long ago
   * (`old-unconfirmed`) or at any time (`unconfirmed`) is deleted, one who has not proven it (`unproven`) only claims it then.
   */
  readonly yields: 'old-unconfirmed' | 'unconfirmed' | 'unproven'
  /** Whoever it is stays so until the step ends: one who is about to be deleted must not be let in meanwhile. */
  readonly findHolder: Query<{ readonly key: unknown }, Holder>
}

export interface Holder {
  readonly id: UserId
  readonly dateJoined: Date
  /** Registered and never let in. */
  readonly isUnconfirmed: boolean
  readonly hasProvenAddress: boolean
}

/** In the order in which conflicts are told. */
export function uniqueRules(engine: SqlEngine, model: UserModel): readonly UniqueRule[] {
  const { naming } = model
  const { columns } = naming.users
  const ofUser = (field: string, column: Identifier): UniqueRule => ({
    field,
    profile: null,
    column,
    ...PLAIN,
    findHolder: findHolderOfUserColumn(engine, naming, column),
  })
  const declared = model.columns.filter(({ definition }) => definition.unique)
  const ofProfiles = model.profiles.flatMap((profile) =>
    profile.columns
      .filter(({ definition }) => definition.unique)
      .map((declared): UniqueRule => {
        const column = uniqueColumn(declared)
        const findHolder = findHolderOfProfileColumn(engine, naming, { table: profile.table, column })
        return { field: `${profile.name}.${declared.field}`, profile, column, ...PLAIN, findHolder }
      }),
  )
  return [
    ofUser('username', columns.usernameKey),
    { ...ofUser('email', columns.emailKey), ...addressRule(model) },
    ...declared.map((one) => ofUser(one.field, uniqueColumn(one))),
    ...ofProfiles,
  ]
}

const PLAIN = { claimColumn: null, yields: 'old-unconfirmed' } as const

/** Nobody has proven a pending address, so whoever wants it now has the same right to it. */
function addressRule({ emailUnique, naming }: UserModel): Pick<UniqueRule, 'claimColumn' | 'yields'> {
  if (emailUnique === 'always') return { claimColumn: null, yields: 'unconfirmed' }
  return { claimColumn: naming.users.columns.sharedEmailKey, yields: 'unproven' }
}

function findHolderOfUserColumn(engine: SqlEngine, naming: Naming, column: Identifier): UniqueRule['findHolder'] {
  const { table, columns: c } = naming.users
  return statementsFor(engine).query(
    (p) => sql`SELECT u.${c.id}, u.${c.status}, u.${c.sessionEpoch}, u.${c.dateJoined}, u.${c.emailVerifiedAt}
      FROM ${table} AS u WHERE u.${column} = ${p.key} ${fixedText(engine.lockRows)}`,
    (row) => readHolder(engine, row),
  )
}

function findHolderOfProfileColumn(
  engine: SqlEngine,
  naming: Naming,
  profile: { readonly table: Identifier; readonly column: Identifier },
): UniqueRule['findHolder'] {
  const { table, columns: c } = naming.users
  return statementsFor(engine).query(
    (p) => sql`SELECT u.${c.id}, u.${c.status}, u.${c.sessionEpoch}, u.${c.dateJoined}, u.${c.emailVerifiedAt}
      FROM ${profile.table} AS p JOIN ${table} AS u ON u.${c.id} = p.${naming.profileUserId}
      WHERE p.${profile.column} = ${p.key} ${fixedText(engine.lockRows)}`,
    (row) => readHolder(engine, row),
  )
}

function readHolder({ decode }: SqlEngine, row: Row): Holder {
  const isUnconfirmed = decode.text(row[1]) === 'pending' && decode.number(row[2]) === 0
  const hasProvenAddress = decode.momentOrNull(row[4]) !== null
  return { id: decode.id(row[0]), dateJoined: decode.moment(row[3]), isUnconfirmed, hasProvenAddress }
}

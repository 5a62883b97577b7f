import type { Store } from '../../contracts/store.ts'
import { sqlAddressRules } from './sql-address-rules.ts'
import { sqlAttempts } from './sql-attempts.ts'
import { sqlAudit } from './sql-audit.ts'
import { sqlCodes } from './sql-codes.ts'
import type { SqlDatabase } from './sql-database.ts'
import { sqlFigures } from './sql-figures.ts'
import { sqlGroups } from './sql-groups.ts'
import { sqlIdentities } from './sql-identities.ts'
import { type MigrationPlan, sqlMigrations } from './sql-migrations.ts'
import { sqlOutbox } from './sql-outbox.ts'
import { sqlSessions } from './sql-sessions.ts'
import { sqlThrottles } from './sql-throttles.ts'
import { sqlUserLists } from './sql-user-lists.ts'
import { sqlUsers } from './sql-users.ts'

/** Everything Portress keeps, on any SQL engine. All statements are rendered here, before the first request. */
export function sqlStore(db: SqlDatabase, plan: MigrationPlan): Store {
  const { model } = plan
  return {
    transactions: 'full',
    users: sqlUsers(db, model),
    identities: sqlIdentities(db, model),
    sessions: sqlSessions(db, model),
    codes: sqlCodes(db, model.naming),
    attempts: sqlAttempts(db, model.naming),
    outbox: sqlOutbox(db, model.naming),
    throttles: sqlThrottles(db, model.naming),
    groups: sqlGroups(db, model),
    userLists: sqlUserLists(db, model),
    audit: sqlAudit(db, model.naming),
    addressRules: sqlAddressRules(db, model.naming),
    figures: sqlFigures(db, model),
    migrations: sqlMigrations(db, plan),
    close: () => db.close(),
  }
}

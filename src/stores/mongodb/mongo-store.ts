import type { Store } from '../../contracts/store.ts'
import { mongoAddressRules } from './mongo-address-rules.ts'
import { mongoAttempts } from './mongo-attempts.ts'
import { mongoAudit } from './mongo-audit.ts'
import { mongoCodes } from './mongo-codes.ts'
import type { MongoDatabase } from './mongo-database.ts'
import { mongoFigures } from './mongo-figures.ts'
import { mongoGroups } from './mongo-groups.ts'
import { mongoIdentities } from './mongo-identities.ts'
import { mongoMigrations } from './mongo-migrations.ts'
import { mongoOutbox } from './mongo-outbox.ts'
import { mongoSessions } from './mongo-sessions.ts'
import { mongoThrottles } from './mongo-throttles.ts'
import { mongoUserLists } from './mongo-user-lists.ts'
import { mongoUsers } from './mongo-users.ts'
import type { UserModel } from './user-model.ts'
import { users as openUsers } from './users.ts'

/** Everything Portress keeps, in MongoDB. Each method is work that the database has room for or not. */
export function mongoStore(db: MongoDatabase, model: UserModel, migrationsFolder: string | null): Store {
  const users = openUsers(db, model)
  const inside = <T extends object>(part: T): T => workOf(db, part)
  return {
    transactions: 'single-document',
    users: inside(mongoUsers(users)),
    identities: inside(mongoIdentities(users)),
    sessions: inside(mongoSessions(users)),
    codes: inside(mongoCodes(users)),
    attempts: inside(mongoAttempts(users)),
    outbox: inside(mongoOutbox(db)),
    throttles: inside(mongoThrottles(db)),
    groups: inside(mongoGroups(users)),
    userLists: inside(mongoUserLists(users)),
    audit: inside(mongoAudit(db)),
    addressRules: inside(mongoAddressRules(db)),
    figures: inside(mongoFigures(users)),
    migrations: inside(mongoMigrations(users, migrationsFolder)),
    close: () => db.close(),
  }
}

type Work = (...given: readonly unknown[]) => Promise<unknown>

/** The same part, each method of which is counted and has its failures translated. */
function workOf<T extends object>(db: MongoDatabase, part: T): T {
  const methods = Object.entries(part as Readonly<Record<string, Work>>).map(([name, method]): [string, Work] => [
    name,
    (...given) => db.run(async () => method(...given)),
  ])
  return Object.fromEntries(methods) as T
}

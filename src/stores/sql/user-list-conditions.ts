import type { UserId, UserStatus } from '../../model/user.ts'
import type { UserConditions, UserOrderKey, UserSearch } from '../../model/user-list.ts'
import { fixedText, type Identifier, joined, parameter, type SqlText, sql } from './sql.ts'
import type { SqlEngine } from './sql-engine.ts'
import type { UserModel } from './user-model.ts'

/** Conditions by names that say all about their text, and the values of their parameters. */
export interface NamedConditions {
  readonly names: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
}

/** How a condition is written. */
export interface ConditionText {
  /** About the user `u`. */
  readonly test: SqlText
  /**
   * The ids, as `user_id`, of all whom it can be true of, where indexes find them and they may be few: one text for each
   * index.
   */
  readonly candidates: readonly SqlText[]
}

const MAX_IDS = 1000

/** @throws {TypeError} for too many ids */
export function namedConditions(conditions: UserConditions, isId: (id: UserId) => boolean): NamedConditions {
  const { search, ids, groupId, ...plain } = conditions
  const named = [
    ...(ids === undefined ? [] : [namedIds(ids.filter(isId))]),
    ...(search === undefined || search.words.length === 0 ? [] : [namedSearch(search)]),
    // An id of another kind is no group's.
    ...(groupId === undefined ? [] : [isId(groupId) ? { name: 'groupId', values: { groupId } } : namedIds([])]),
    ...(Object.keys(PLAIN) as (keyof typeof PLAIN)[]).flatMap((name) => {
      const value = plain[name]
      return value === undefined ? [] : [{ name: PLAIN[name](value), values: { [name]: value } }]
    }),
  ]
  return { names: named.map(({ name }) => name), values: Object.assign({}, ...named.map(({ values }) => values)) }
}

interface NamedCondition {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

const marked =
  (name: string) =>
  (value: unknown): string =>
    `${name}:${value}`

/** The rarer first: what most users are is seldom worth a look. */
const PLAIN = {
  isSuperuser: marked('isSuperuser'),
  isStaff: marked('isStaff'),
  status: (value: unknown) => (STATUSES.includes(value) ? `status:${value}` : 'nobody'),
  isEmailVerified: marked('isEmailVerified'),
  joinedSince: () => 'joinedSince',
  joinedUntil: () => 'joinedUntil',
  lastLoginSince: () => 'lastLoginSince',
  lastLoginUntil: () => 'lastLoginUntil',
  hasLoggedIn: marked('hasLoggedIn'),
} as const

const STATUSES: readonly unknown[] = ['pending', 'active', 'disabled'] satisfies readonly UserStatus[]

/** Filled up to one of a few lengths, so that there are few statements. */
function namedIds(ids: readonly UserId[]): NamedCondition {
  if (ids.length > MAX_IDS) throw new TypeError(`a list takes ${MAX_IDS} ids at most, not ${ids.length}`)
  const [first] = ids
  if (first === undefined) return { name: 'nobody', values: {} }
  const width = [10, 100, MAX_IDS].find((size) => ids.length <= size) ?? MAX_IDS
  const padded = Array.from({ length: width }, (_, at) => ids[at] ?? first)
  return { name: `ids:${width}`, values: Object.fromEntries(padded.map((id, at) => [`id${at}`, id])) }
}

/** The longest word first: its candidates are the fewest. */
function namedSearch({ words, match }: UserSearch): NamedCondition {
  const sorted = words.toSorted((one, other) => other.length - one.length)
  const entries = sorted.flatMap((word, at) =>
    match === 'beginning'
      ? [
          [`word${at}`, word],
          [`word${at}End`, endOfTexts(word)],
        ]
      : [[`word${at}`, `%${word.replace(/[!%_]/g, '!$&')}%`]],
  )
  return { name: `${match}:${words.length}`, values: Object.fromEntries(entries) }
}

/** The first text, in the order of UTF-8, behind all that begin with this one. */
export function endOfTexts(beginning: string): string {
  const points = Array.from(beginning, (letter) => letter.codePointAt(0) ?? 0)
  while (points.at(-1) === 0x10ffff) points.pop()
  const last = points.pop()
  // Behind a text of nothing but the last character there is none that a database keeps and a person writes.
  if (last === undefined) return `${beginning}\u{10ffff}`
  const next = last === 0xd7ff ? 0xe000 : last + 1
  return String.fromCodePoint(...points, next)
}

/** What a condition is written for. */
export interface ConditionScope {
  readonly engine: SqlEngine
  readonly model: UserModel
}

/**
 * Writes the condition of a name that `namedConditions` gave. A status and a mark stand in the text: a plan that was made for
 * whichever value would take the rare one for as common as the others.
 */
export function conditionText({ engine, model }: ConditionScope, name: string): ConditionText {
  const { users, userGroups } = model.naming
  const { table, columns: c } = users
  const [kind = '', variant = ''] = name.split(':')
  const value = parameter(kind)
  const plain = (test: SqlText, isRare = true): ConditionText => ({
    test,
    candidates: isRare ? [sql`SELECT u.${c.id} AS user_id FROM ${table} AS u WHERE ${test}`] : [],
  })
  switch (kind) {
    case 'nobody':
      return plain(sql`1 = 0`)
    case 'ids':
      return plain(sql`u.${c.id} IN (${joined(idParameters(Number(variant)), ', ')})`)
    case 'beginning':
    case 'anywhere':
      return searchText(model, kind, Number(variant))
    case 'groupId': {
      const m = userGroups.columns
      return {
        test: sql`EXISTS (SELECT 1 FROM ${userGroups.table} AS m WHERE m.${m.userId} = u.${c.id} AND m.${m.groupId} = ${value})`,
        candidates: [
          sql`SELECT m.${m.userId} AS user_id FROM ${userGroups.table} AS m WHERE m.${m.groupId} = ${value}`,
        ],
      }
    }
    case 'isStaff':
      return plain(sql`u.${c.isStaff} = ${literal(engine, variant === 'true')}`, variant === 'true')
    case 'isSuperuser':
      return plain(sql`u.${c.isSuperuser} = ${literal(engine, variant === 'true')}`, variant === 'true')
    case 'status':
      return plain(sql`u.${c.status} = ${literal(engine, variant)}`)
    case 'isEmailVerified':
      return plain(isNull(c.emailVerifiedAt, variant === 'false'))
    case 'hasLoggedIn':
      return plain(isNull(c.lastLoginAt, variant === 'false'))
    default:
      return plain(rangeText(model, kind))
  }
}

/** Of what the program knows all values. */
function literal(engine: SqlEngine, value: string | boolean): SqlText {
  return fixedText(typeof value === 'string' ? engine.quoteText(value) : String(engine.encode(value)))
}

/** The conditions that are ranges in this order: they cost nothing there. */
export function rangesOf(by: UserOrderKey): readonly string[] {
  if (by === 'dateJoined') return ['joinedSince', 'joinedUntil']
  return by === 'lastLoginAt' ? ['lastLoginSince', 'lastLoginUntil'] : []
}

function rangeText({ naming }: UserModel, kind: string): SqlText {
  const { dateJoined, lastLoginAt } = naming.users.columns
  const column = kind.startsWith('joined') ? dateJoined : lastLoginAt
  return kind.endsWith('Since') ? sql`u.${column} >= ${parameter(kind)}` : sql`u.${column} < ${parameter(kind)}`
}

const isNull = (column: Identifier, yes: boolean): SqlText =>
  yes ? sql`u.${column} IS NULL` : sql`u.${column} IS NOT NULL`

const idParameters = (width: number) => Array.from({ length: width }, (_, at) => parameter(`id${at}`))

function searchText(model: UserModel, match: UserSearch['match'], count: number): ConditionText {
  const { table, columns: c } = model.naming.users
  const columns = searchedColumns(model)
  const matches = (column: Identifier, at: number): SqlText =>
    match === 'beginning'
      ? sql`u.${column} >= ${parameter(`word${at}`)} AND u.${column} < ${parameter(`word${at}End`)}`
      : sql`u.${column} LIKE ${parameter(`word${at}`)} ESCAPE '!'`
  const words = Array.from({ length: count }, (_, at) => {
    const places = columns.map((column) => sql`(${matches(column, at)})`)
    return sql`(${joined(places, ' OR ')})`
  })
  const candidates = columns.map(
    (column) => sql`SELECT u.${c.id} AS user_id FROM ${table} AS u WHERE ${matches(column, 0)}`,
  )
  return {
    test: joined(words, ' AND '),
    candidates: match === 'beginning' ? candidates : [],
  }
}

/** Each has an index of its own. */
function searchedColumns({ naming, columns, emailUnique }: UserModel): readonly Identifier[] {
  const { columns: c } = naming.users
  const ofFields = columns.flatMap(({ keyColumn }) => (keyColumn === null ? [] : [keyColumn]))
  const shared = emailUnique === 'once-proven' ? [c.sharedEmailKey] : []
  return [c.usernameKey, c.emailKey, ...shared, c.firstNameKey, c.lastNameKey, ...ofFields]
}

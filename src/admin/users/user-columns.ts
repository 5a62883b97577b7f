import type { Engine } from '../../commands/context.ts'
import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import type { Account } from '../../model/account.ts'
import type { FieldDefinition, FieldValue } from '../../model/field.ts'
import type { UserOrderKey } from '../../model/user-list.ts'
import type { ColumnValue, UserColumn, UserColumnName } from '../options.ts'
import { textIn } from '../parts/text-in.ts'
import { labelFromName, labelOf } from '../parts/user-fields.ts'
import type { AdminSetup } from '../setup.ts'

/** A column of the list as it is drawn and exported. */
export interface ListedColumn {
  readonly name: string
  readonly label: (words: AdminMessages) => string
  /** By what its heading orders the list; `null` where nothing can. */
  readonly orderBy: UserOrderKey | null
  readonly value: (user: Account, words: AdminMessages) => ColumnValue | Promise<ColumnValue>
}

type Config = Engine['config']

/**
 * The columns of the list. There is none for what must not leave: a hash is no part of what these are given.
 *
 * @throws {TypeError} for a column that the model does not have
 */
export function userColumns(setup: Pick<AdminSetup, 'users'>, config: Config): readonly ListedColumn[] {
  const wanted = setup.users.columns ?? defaultColumns(config)
  return wanted.map((column) => (typeof column === 'string' ? namedColumn(setup, config, column) : ownColumn(column)))
}

/** As Django's admin has them, as far as the model does. */
function defaultColumns({ user }: Config): readonly UserColumnName[] {
  const names = ['email', 'firstName', 'lastName', 'isStaff'] as const
  return user.username === 'none' ? names : ['username', ...names]
}

function ownColumn({ name, label, value, orderBy }: UserColumn): ListedColumn {
  return { name, label: ({ language }) => textIn(label, language), orderBy: orderBy ?? null, value }
}

function namedColumn(setup: Pick<AdminSetup, 'users'>, config: Config, name: string): ListedColumn {
  const [kind, first = '', second = ''] = name.split('.')
  if (kind === 'fields') return fieldColumn(setup, { name, path: first, definition: config.user.fields[first] })
  if (kind === 'profiles') {
    const definition = config.user.profiles[first]?.[second]
    return profileColumn(setup, { name, path: `${first}.${second}`, definition })
  }
  const built = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name as keyof typeof BUILT_IN] : undefined
  if (built === undefined) throw new TypeError(`admin: users.columns: there is no column "${name}"`)
  const { orderBy, value } = built
  return { name, orderBy, value, label: (words) => words.fields[name as keyof typeof BUILT_IN] }
}

interface DeclaredColumn {
  readonly name: string
  readonly path: string
  readonly definition: FieldDefinition | undefined
}

function fieldColumn(setup: Pick<AdminSetup, 'users'>, { name, path, definition }: DeclaredColumn): ListedColumn {
  if (definition === undefined) throw new TypeError(`admin: users.columns: no field "${path}" is declared`)
  const canOrder = definition.unique && ['text', 'number', 'date'].includes(definition.kind)
  return {
    name,
    label: ({ language }) => labelOf(setup, path, language),
    orderBy: canOrder ? `fields.${path}` : null,
    value: ({ fields }) => shownValue(fields[path]),
  }
}

function profileColumn(setup: Pick<AdminSetup, 'users'>, { name, path, definition }: DeclaredColumn): ListedColumn {
  if (definition === undefined) throw new TypeError(`admin: users.columns: no profile has a field "${path}"`)
  const [profile = '', field = ''] = path.split('.')
  return {
    name,
    label: ({ language }) => labelOf(setup, path, language) || labelFromName(field),
    orderBy: null,
    value: ({ profiles }) => shownValue(profiles[profile]?.[field]),
  }
}

function shownValue(value: FieldValue | undefined): ColumnValue {
  if (value === undefined || value === null) return null
  return typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value
}

type BuiltIn = Pick<ListedColumn, 'orderBy' | 'value'>

const BUILT_IN = {
  id: { orderBy: 'id', value: ({ id }) => id },
  username: { orderBy: 'username', value: ({ username }) => username },
  email: { orderBy: 'email', value: ({ email }) => email },
  firstName: { orderBy: 'firstName', value: ({ firstName }) => firstName },
  lastName: { orderBy: 'lastName', value: ({ lastName }) => lastName },
  status: { orderBy: null, value: ({ status }, { values }) => values.status[status] },
  isStaff: { orderBy: null, value: ({ isStaff }) => isStaff },
  isSuperuser: { orderBy: null, value: ({ isSuperuser }) => isSuperuser },
  isEmailVerified: { orderBy: null, value: ({ emailVerifiedAt }) => emailVerifiedAt !== null },
  dateJoined: { orderBy: 'dateJoined', value: ({ dateJoined }) => dateJoined },
  lastLoginAt: { orderBy: 'lastLoginAt', value: ({ lastLoginAt }) => lastLoginAt },
} as const satisfies Readonly<Record<string, BuiltIn>>

import type { Account } from '../../model/account.ts'
import type { FieldValue } from '../../model/field.ts'
import type { CommandContext } from '../context.ts'
import { refuseField } from './input.ts'

/** A column of an exported file. */
export interface ExportColumn {
  readonly name: string
  readonly value: (user: Account) => FieldValue | undefined | Promise<FieldValue | undefined>
}

/** Only what is named here or declared can become a column: nothing that is secret ever does. */
const BUILT_IN = {
  id: ({ id }) => id,
  username: ({ username }) => username,
  email: ({ email }) => email,
  firstName: ({ firstName }) => firstName,
  lastName: ({ lastName }) => lastName,
  status: ({ status }) => status,
  isStaff: ({ isStaff }) => isStaff,
  isSuperuser: ({ isSuperuser }) => isSuperuser,
  isEmailVerified: ({ emailVerifiedAt }) => emailVerifiedAt !== null,
  dateJoined: ({ dateJoined }) => dateJoined,
  lastLoginAt: ({ lastLoginAt }) => lastLoginAt,
} as const satisfies Readonly<Record<string, ExportColumn['value']>>

/** @throws {AuthError} `validation_failed` for a column that there is not */
export function readExportColumns(
  { config }: Pick<CommandContext, 'config'>,
  given: readonly (string | ExportColumn)[] | undefined,
): readonly ExportColumn[] {
  const { username, fields } = config.user
  const builtIn = Object.keys(BUILT_IN).filter((name) => name !== 'username' || username !== 'none')
  const all = [...builtIn, ...Object.keys(fields).map((name) => `fields.${name}`)]
  return (given ?? all).map((column) => {
    if (typeof column !== 'string') return column
    const value = readerOf(config.user, column)
    if (value === null) throw refuseField('columns', 'not_a_choice')
    return { name: column, value }
  })
}

function readerOf(
  { fields, profiles }: CommandContext['config']['user'],
  column: string,
): ExportColumn['value'] | null {
  if (Object.hasOwn(BUILT_IN, column)) return BUILT_IN[column as keyof typeof BUILT_IN]
  const [kind, first = '', second = ''] = column.split('.')
  if (kind === 'fields' && Object.hasOwn(fields, first)) return (user) => user.fields[first]
  const definitions = kind === 'profiles' && Object.hasOwn(profiles, first) ? profiles[first] : undefined
  return definitions !== undefined && Object.hasOwn(definitions, second)
    ? (user) => user.profiles[first]?.[second]
    : null
}

import { DatabaseSync } from 'node:sqlite'
import type { Workplace } from '../../cli/portress.ts'

export const PASSWORD = 'quiet otter by the weir'

/** Where the embedded default keeps everything. */
export const EMBEDDED_DATABASE = 'portress.sqlite3'

/** A3: people are known by their address alone. */
export const ADDRESS_MODEL = "{ username: 'none' }"

/** A1: a short name and a description that the operator has to give. */
export const DESCRIPTIVE_MODEL = `{
  email: 'optional',
  usernameMaxLength: 15,
  fields: { description: field.text({ maxLength: 50, default: 'None', required: true }) },
}`

/** As she is stored in a model without names. */
export const SUPERUSER_ANN = {
  username: null,
  email: 'ann@example.org',
  status: 'active',
  is_staff: 1,
  is_superuser: 1,
}

/** Everybody in the database, as they are stored. */
export function usersIn(place: Workplace, file: string, more = ''): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(place.path(file), { readOnly: true })
  const rows = database
    .prepare(`SELECT username, email, status, is_staff, is_superuser${more} FROM portress_users ORDER BY id`)
    .all()
  database.close()
  return rows.map((row) => ({ ...row }))
}

/** Somebody who was there before. */
export async function makeUser(
  place: Workplace,
  user: { readonly username?: string; readonly email?: string },
): Promise<void> {
  const args = Object.entries(user).flatMap(([name, value]) => [`--${name}`, value])
  await place.json(['createuser', '--noinput', ...args], { PORTRESS_USER_PASSWORD: PASSWORD })
}

import type { ResolvedConfig } from '../../config/resolved-config.ts'
import { columnName } from '../../model/field-names.ts'
import type { AccountWish } from './make-account.ts'
import { Stop } from './stop.ts'

type UserModel = ResolvedConfig['user']

/** Where the surroundings may say what the command line left out. */
export interface AccountVariables {
  /** `SUPERUSER` for `PORTRESS_SUPERUSER_EMAIL`; `null` where nothing but the password is read. */
  readonly word: string | null
  readonly read: (name: string) => string | undefined
}

/**
 * Completes what the command line says where nobody is asked.
 *
 * @throws {Stop} 2 naming everything that the model requires and nobody gave
 */
export function knownAccount(model: UserModel, wish: AccountWish, variables: AccountVariables): AccountWish {
  const read = (name: string): string | undefined => {
    if (variables.word === null) return undefined
    return variables.read(`PORTRESS_${variables.word}_${columnName(name).toUpperCase()}`) || undefined
  }
  const required = Object.keys(model.fields).filter((name) => model.fields[name]?.required)
  const fields = { ...readFields(required, read), ...wish.fields }
  const isNamed = model.username === 'required' || model.username === 'optional'
  const username = wish.username ?? (isNamed ? read('username') : undefined)
  const email = wish.email ?? read('email')
  const missing = [
    ...(model.username === 'required' && username === undefined ? ['--username'] : []),
    ...(model.email === 'required' && email === undefined ? ['--email'] : []),
    ...required.filter((name) => !Object.hasOwn(fields, name)).map((name) => `--field ${name}=…`),
  ]
  if (missing.length > 0) {
    throw new Stop(2, missing.map((option) => `You must use ${option} with --noinput.`).join('\n'))
  }
  return { ...wish, username, email, fields }
}

function readFields(
  names: readonly string[],
  read: (name: string) => string | undefined,
): Readonly<Record<string, string>> {
  const found = names.map((name) => [name, read(name)] as const)
  return Object.fromEntries(found.filter((entry): entry is readonly [string, string] => entry[1] !== undefined))
}

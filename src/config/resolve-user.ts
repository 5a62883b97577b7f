import { assertFieldNames } from '../model/declare-field.ts'
import type { Problems } from '../util/option-problems.ts'
import type { EngineOptions } from './options.ts'
import type { ResolvedConfig } from './resolved-config.ts'

/** Room for a word, the longest number and some digits more. */
const MIN_INVENTED_LENGTH = 30

export function resolveUser(options: EngineOptions, problems: Problems): ResolvedConfig['user'] {
  const { user = {} } = options
  const username = user.username ?? 'required'
  const email = user.email ?? 'required'
  if (username !== 'required' && email !== 'required') {
    problems.add('user', 'must make the user name or the e-mail required: something must name a user')
  }
  const fields = user.fields ?? {}
  const profiles = user.profiles ?? {}
  checkFieldNames([fields, profiles, ...Object.values(profiles)], problems)
  for (const name of Object.keys(profiles).filter((profile) => Object.hasOwn(fields, profile))) {
    problems.add(`user.profiles.${name}`, 'must have another name than the field: users show both side by side')
  }
  const usernameMaxLength = user.usernameMaxLength ?? 150
  const min = username === 'invented' ? MIN_INVENTED_LENGTH : 1
  problems.wholeNumber('user.usernameMaxLength', usernameMaxLength, { min, max: 150 })
  return {
    username,
    allowAt: resolveAt(options, problems),
    email,
    emailUnique: user.emailUnique ?? 'always',
    fields,
    profiles,
    reservedUsernames: user.reservedUsernames ?? [],
    usernameMaxLength,
  }
}

/** Where addresses log in, no name may ever be somebody's address. */
function resolveAt({ user = {}, login = {} }: EngineOptions, problems: Problems): boolean {
  const logsInByAddress = login.identifiers?.includes('email') ?? true
  const mustRefuse = logsInByAddress || user.username === 'invented'
  if (mustRefuse && user.atInUsernames === 'allowed') {
    const reason = logsInByAddress ? 'login.identifiers has "email"' : 'user.username is "invented"'
    problems.add('user.atInUsernames', `must not be "allowed" where ${reason}`)
  }
  return !mustRefuse && user.atInUsernames !== 'refused'
}

function checkFieldNames(declared: readonly object[], problems: Problems): void {
  for (const named of declared) {
    try {
      assertFieldNames({ ...named })
    } catch (error) {
      problems.add('user', `must not declare the ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}

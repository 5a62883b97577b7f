import type { DrfCall } from '../drf/view.ts'
import { registrationName } from './registration-fields.ts'
import type { RestAuthSettings } from './settings.ts'

/**
 * Tells whether a name that was made up for somebody keeps to the rules and would be stored as it is; the older generation
 * did not ask for its length then.
 */
export function acceptableName(settings: RestAuthSettings, { words }: DrfCall): (username: string) => boolean {
  const { minLength } = settings.usernameRules
  const name = registrationName(settings, { minLength: settings.generation === '7' ? minLength : 1 })
  return (username) => name.read(username, { words, isForm: false }).value === username
}

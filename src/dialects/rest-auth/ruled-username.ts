import { normalizeUsername } from '../../model/identifier.ts'
import type { FieldReader } from '../drf/fields.ts'
import type { RestAuthSettings } from './settings.ts'
import { doorWords } from './words.ts'

/** A user name that the site has rules about beyond its form. Only the first that it breaks is told. */
export function ruledUsername(settings: RestAuthSettings, name: FieldReader): FieldReader {
  return {
    ...name,
    read(value, how) {
      const read = name.read(value, how)
      if (typeof read.value !== 'string' || read.value === '') return read
      // As it would be stored, so that no other width of the same letters gets past.
      const complaint = complaintAbout(normalizeUsername(read.value), settings, how.words.language)
      return complaint === null ? read : { errors: [complaint] }
    },
  }
}

function complaintAbout(username: string, settings: RestAuthSettings, language: string): string | null {
  const { validators, blacklist } = settings.usernameRules
  for (const validate of validators) {
    const complaint = validate(username)
    if (complaint !== null) return complaint
  }
  const isListed = blacklist.has(username.toLowerCase())
  return isListed ? doorWords(settings, language).registration.usernameRefused : null
}

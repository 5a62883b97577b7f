import { restAuthMessagesFor } from '../../messages/rest-auth/catalogues.ts'
import { en } from '../../messages/rest-auth/en.ts'
import type { ByGeneration, RestAuthMessages } from '../../messages/rest-auth/rest-auth-messages.ts'
import type { RestAuthSettings } from './settings.ts'

type Speaker = Pick<RestAuthSettings, 'generation'>

/** The sentences of this door in a language. The older generation said two of them in English everywhere. */
export function doorWords({ generation }: Speaker, language: string): RestAuthMessages {
  const words = restAuthMessagesFor(language)
  if (generation === '7') return words
  const { invalidValue, oldPasswordWrong } = en.passwords
  return { ...words, passwords: { ...words.passwords, invalidValue, oldPasswordWrong } }
}

/** What this generation says, where the two differ. */
export const said = <T>({ generation }: Speaker, { first, second }: ByGeneration<T>): T =>
  generation === '0.9' ? first : second

import { drfMessagesFor } from '../../messages/drf/catalogues.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'
import { csrfAsFirstGeneration } from '../../messages/rest-auth/first-generation.ts'
import type { Generation } from '../drf/view.ts'
import type { RestAuthSettings } from './settings.ts'

/** What the generation of a door says differently everywhere. */
export function generationOf({ generation, name }: Pick<RestAuthSettings, 'generation' | 'name'>): Generation {
  const isFirst = generation === '0.9'
  const worded = remembered(isFirst ? (words) => csrfAsFirstGeneration(basicAsBoth(words)) : basicAsBoth)
  return {
    words: (language) => worded(drfMessagesFor(language)),
    json: 'compact',
    mailStyle: name,
    readsUnboundedMultipart: isFirst,
  }
}

/** Behind `Authorization: Basic` these doors tell no garbage from a wrong password. */
const basicAsBoth = (words: DrfMessages): DrfMessages => {
  const { authentication } = words
  const basicHeader = { ...authentication.basicHeader, notBase64: authentication.invalidUsernameOrPassword }
  return { ...words, authentication: { ...authentication, basicHeader } }
}

/** Asked for with every request, and the same each time. */
function remembered(change: (words: DrfMessages) => DrfMessages): (words: DrfMessages) => DrfMessages {
  const changed = new WeakMap<DrfMessages, DrfMessages>()
  return (words) => {
    const known = changed.get(words) ?? change(words)
    changed.set(words, known)
    return known
  }
}

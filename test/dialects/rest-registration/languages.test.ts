import { describe, expect, it } from 'vitest'
import {
  restRegistrationCatalogues,
  restRegistrationMessagesFor,
} from '../../../src/messages/rest-registration/catalogues.ts'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { LOGIN_INVALID } from './support/words.ts'
import { restRegistrationWorlds } from './support/world.ts'

const newWorld = restRegistrationWorlds()

const LANGUAGES = restRegistrationCatalogues.languages.filter((language) => language !== 'en')

describe('T17 languages', () => {
  it('without locale middleware answers are English, whatever is asked for', async () => {
    const { call } = newWorld()
    const headers = { 'accept-language': 'de' }
    const answer = await call('POST login/', { headers, json: { login: 'x', password: 'y' } })
    expect(told(answer)).toEqual([400, LOGIN_INVALID])
    expect(answer.headers.has('content-language')).toBe(false)
  })

  it.each(LANGUAGES)('%s has the texts of its catalogue, and says so', async (language) => {
    const { call, addUser } = newWorld({ languages: 'all' })
    await addUser('ann')
    const headers = { 'accept-language': language }
    const wrong = await call('POST login/', { headers, json: { login: 'x', password: 'y' } })
    await restRegistrationCatalogues.load(language)
    const { done, refused } = restRegistrationMessagesFor(language)
    expect(told(wrong)).toEqual([400, { detail: refused.loginInvalid }])
    expect(refused.loginInvalid).not.toBe(LOGIN_INVALID.detail)
    expect(wrong.headers.get('content-language')?.toLowerCase()).toBe(language.toLowerCase())
    expect(wrong.headers.get('vary')).toContain('Accept-Language')
    const right = await call('POST login/', { headers, json: { login: 'ann', password: PASSWORD } })
    expect(right.body).toMatchObject({ detail: done.loggedIn })
  })

  it('only those that the site wants are spoken', async () => {
    const { call } = newWorld({ languages: ['fr', 'en'] })
    const say = async (language: string) =>
      Object(
        (await call('POST login/', { headers: { 'accept-language': language }, json: { login: 'x', password: 'y' } }))
          .body,
      )
    expect((await say('de')).detail).toBe((await say('fr')).detail)
    expect(await say('en')).toEqual(LOGIN_INVALID)
  })
})

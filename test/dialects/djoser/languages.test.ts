import { describe, expect, it } from 'vitest'
import { djoser } from '../../../src/dialects/djoser/djoser.ts'
import { djoserCatalogues, djoserMessagesFor } from '../../../src/messages/djoser/catalogues.ts'
import { drfCatalogues, drfMessagesFor } from '../../../src/messages/drf/catalogues.ts'
import { told } from '../drf/support/answer.ts'
import { PASSWORD } from '../drf/support/passwords.ts'
import { djoserSites } from './support/djoser-site.ts'
import { WORDS } from './support/words.ts'

const newSite = djoserSites()

const LANGUAGES = ['ca', 'de', 'es', 'fa', 'fr', 'id', 'ja', 'ka', 'me', 'pl', 'pt-BR', 'ru']

describe('§1.4 languages', () => {
  it('§1.4 languages: without locale middleware answers are English, whatever is asked for', async () => {
    const site = newSite()
    const headers = { 'accept-language': 'de' }
    const answer = await site.call('POST users/', { headers, json: {} })
    expect(told(answer)).toEqual([400, { username: [WORDS.REQ], password: [WORDS.REQ] }])
    expect([answer.headers.get('content-language'), answer.headers.get('vary')]).toEqual([null, 'Accept'])
  })

  it.each(LANGUAGES)('rule 58: %s has the texts of the catalogue in its own words', async (language) => {
    const { call } = newSite({ djoser: { languages: 'all' } })
    const headers = { 'accept-language': language }
    const missing = await call('POST users/activation/', { headers, json: {} })
    await Promise.all([drfCatalogues.load(language), djoserCatalogues.load(language)])
    const [drf, own] = [drfMessagesFor(language), djoserMessagesFor(language)]
    const required = drf.fieldErrors.required({})
    expect(told(missing)).toEqual([400, { uid: [required], token: [required] }])
    expect(missing.headers.get('content-language')?.toLowerCase()).toBe(language.toLowerCase())
    expect(missing.headers.get('vary')).toBe('Accept, Accept-Language')
    const unknown = await call('POST users/activation/', { headers, json: { uid: 'x', token: 'x' } })
    expect(told(unknown)).toEqual([400, { uid: [own.userIdInvalid] }])
    const login = await call('POST token/login/', { headers, json: { username: 'x', password: 'y' } })
    expect(told(login)).toEqual([400, { non_field_errors: [own.cannotLogIn] }])
    for (const [name, sentence] of [
      ['REQ', required],
      ['UID', own.userIdInvalid],
      ['CRED', own.cannotLogIn],
    ] as const) {
      expect(sentence).not.toBe(WORDS[name])
    }
  })

  it('rule 58: all languages are those with every sentence of this door, and no other of the sentences it shares', async () => {
    expect(djoser({ languages: 'all' }).languages).toEqual(['en', ...LANGUAGES])
    const { call } = newSite({ djoser: { languages: 'all' } })
    for (const language of drfCatalogues.languages.filter((tag) => !['en', ...LANGUAGES].includes(tag))) {
      await drfCatalogues.load(language)
      const answer = await call('POST users/', { headers: { 'accept-language': language }, json: {} })
      expect(answer.body, language).toMatchObject({ password: [WORDS.REQ] })
      expect(answer.headers.get('content-language')).toBe('en')
      const login = await call('POST token/login/', {
        headers: { 'accept-language': language },
        json: { username: 'x', password: 'y' },
      })
      expect(told(login), language).toEqual([400, { non_field_errors: [WORDS.CRED] }])
    }
  })

  it('rule 58: a language that there is not is the default one', async () => {
    const { call } = newSite({ djoser: { languages: ['de', 'en'] } })
    await drfCatalogues.load('de')
    const required = drfMessagesFor('de').fieldErrors.required({})
    for (const language of ['tlh', 'fr', '*;q=nonsense', 'x'.repeat(5000)]) {
      const answer = await call('POST users/', { headers: { 'accept-language': language }, json: {} })
      expect(answer.body).toMatchObject({ password: [required] })
    }
  })

  it('rule 58: mails are in the language that was asked for', async () => {
    const site = newSite({ djoser: { languages: 'all', sendActivationEmail: true } })
    const json = { username: 'ann', email: 'ann@example.org', password: PASSWORD }
    await site.call('POST users/', { headers: { 'accept-language': 'de-CH,de;q=0.9' }, json })
    const [mail] = await site.mails()
    expect(mail?.subject).toBe(djoserMessagesFor('de').mails.activation.subject('Acme'))
    expect(mail?.subject).not.toBe('Account activation on Acme')
  })
})

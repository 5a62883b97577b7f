import { describe, expect, it } from 'vitest'
import { drfCatalogues, drfMessagesFor } from '../../../src/messages/drf/catalogues.ts'
import { restAuthCatalogues, restAuthMessagesFor } from '../../../src/messages/rest-auth/catalogues.ts'
import { told } from '../drf/support/answer.ts'
import { ANN, MANDATORY, newcomer, REGISTER } from './support/registration.ts'
import { nonField, WORDS } from './support/words.ts'
import { GENERATIONS, restAuthWorlds } from './support/world.ts'

const newWorld = restAuthWorlds()

const LANGUAGES = restAuthCatalogues.languages.filter((language) => language !== 'en')

const DIFFERENT = { ...ANN, password2: 'another' }

const requiredIn = (language: string): string => drfMessagesFor(language).fieldErrors.required({})

describe('§11 languages', () => {
  it('without locale middleware answers are English, whatever is asked for', async () => {
    const { call } = newWorld()
    const headers = { 'accept-language': 'de', cookie: 'django_language=de' }
    const answer = await call('POST registration/verify-email/', { headers, json: {} })
    expect(told(answer)).toEqual([400, { key: [WORDS.REQUIRED] }])
    expect(answer.headers.has('content-language')).toBe(false)
    expect(answer.headers.get('vary')).not.toContain('Accept-Language')
  })

  it.each(LANGUAGES)('%s has the texts of its catalogues, and says so', async (language) => {
    const { call } = newWorld({ languages: 'all' })
    const headers = { 'accept-language': language }
    const missing = await call('POST registration/verify-email/', { headers, json: {} })
    await Promise.all([drfCatalogues.load(language), restAuthCatalogues.load(language)])
    const [required, own] = [requiredIn(language), restAuthMessagesFor(language)]
    expect(told(missing)).toEqual([400, { key: [required] }])
    expect(missing.headers.get('content-language')?.toLowerCase()).toBe(language.toLowerCase())
    expect(missing.headers.get('vary')).toContain('Accept-Language')
    const different = await call(REGISTER, { headers, json: DIFFERENT })
    expect(told(different)).toEqual(nonField(own.registration.passwordsDiffer))
    const login = await call('POST login/', { headers, json: { username: 'x', password: 'y' } })
    expect(told(login)).toEqual(nonField(own.login.cannotLogIn))
    expect(required).not.toBe(WORDS.REQUIRED)
    expect(own.registration.passwordsDiffer).not.toBe("The two password fields didn't match.")
    expect(own.login.cannotLogIn).not.toBe(WORDS.CANNOT_LOG_IN)
  })

  it.each([
    ['de-AT', 'de'],
    ['de-AT,de;q=0.9,en;q=0.5', 'de'],
    ['fr;q=0.4, de;q=0.7', 'de'],
    ['tlh, fr', 'fr'],
    ['zh-CN', 'zh-Hans'],
    ['pt-br', 'pt-BR'],
  ])('an Accept-Language of %s is answered in %s', async (asked, language) => {
    const { call } = newWorld({ languages: 'all' })
    const answer = await call('POST registration/verify-email/', { headers: { 'accept-language': asked }, json: {} })
    expect(told(answer)).toEqual([400, { key: [requiredIn(language)] }])
  })

  it.each(['tlh', '*;q=nonsense', ';;;', 'x'.repeat(5000), 'en;q=0'])(
    'LANGUAGE_CODE: an Accept-Language of %s is answered in the server’s own language',
    async (asked) => {
      const { call } = newWorld({ languages: ['de', 'fr'] })
      const answer = await call('POST registration/verify-email/', { headers: { 'accept-language': asked }, json: {} })
      expect(told(answer)).toEqual([400, { key: [requiredIn('de')] }])
    },
  )

  it.each([
    ['beats the header', { cookie: 'de', asked: 'fr', language: 'de' }],
    ['counts without a header', { cookie: 'de', asked: null, language: 'de' }],
    ['falls back to the language without its country', { cookie: 'de-at', asked: 'fr', language: 'de' }],
    ['is spelled as Django spells it', { cookie: 'zh-hans', asked: 'fr', language: 'zh-Hans' }],
    ['counts as none in a language that there is not', { cookie: 'tlh', asked: 'fr', language: 'fr' }],
    ['counts as none where it is no language', { cookie: 'de;q=1', asked: 'fr', language: 'fr' }],
    ['counts as none where it is a list', { cookie: 'de,es', asked: 'fr', language: 'fr' }],
    ['counts as none where it is huge', { cookie: 'de-'.repeat(2000), asked: 'fr', language: 'fr' }],
    ['beats a long header, too', { cookie: 'de', asked: `fr,${'x'.repeat(3000)}`, language: 'de' }],
  ])('the cookie django_language %s', async (_, { cookie, asked, language }) => {
    const { call } = newWorld({ languages: 'all' })
    const headers = {
      cookie: `sessionid=x; django_language=${cookie.replaceAll(';', '%3B')}`,
      ...(asked === null ? {} : { 'accept-language': asked }),
    }
    const answer = await call('POST registration/verify-email/', { headers, json: {} })
    expect(answer.headers.get('content-language')).toBe(language)
    expect(told(answer)).toEqual([400, { key: [requiredIn(language)] }])
  })

  it('two cookies django_language count as none: one may be somebody else’s', async () => {
    const { call } = newWorld({ languages: 'all' })
    const headers = { cookie: 'django_language=de; django_language=es', 'accept-language': 'fr' }
    const answer = await call('POST registration/verify-email/', { headers, json: {} })
    expect(answer.headers.get('content-language')).toBe('fr')
  })

  it('only the languages that the site names', async () => {
    const { call } = newWorld({ languages: ['en', 'fr'] })
    const answer = await call('POST registration/verify-email/', {
      headers: { 'accept-language': 'de, fr;q=0.1' },
      json: {},
    })
    expect(answer.headers.get('content-language')).toBe('fr')
  })
})

describe.each(GENERATIONS)('§11 languages of mails of generation %s', (generation) => {
  it('subject and text are in the language that was asked for, by header or cookie', async () => {
    const world = newWorld({ generation, languages: 'all', ...MANDATORY })
    await world.call(REGISTER, { headers: { 'accept-language': 'de-CH,de;q=0.9' }, json: ANN })
    await world.call(REGISTER, { headers: { cookie: 'django_language=fr' }, json: newcomer('bob') })
    const mails = await world.mails()
    for (const [to, language] of [
      ['ann@example.org', 'de'],
      ['bob@example.org', 'fr'],
    ] as const) {
      const { confirmEmail, thanks } = restAuthMessagesFor(language).mails
      const mail = mails.find((one) => one.to === to)
      const { first, second } = confirmEmail.subject
      expect(mail?.subject).toBe((generation === '7' ? second : first)('Acme'))
      expect(mail?.subject).not.toContain('Please')
      expect(mail?.text.trimEnd().endsWith(thanks('Acme'))).toBe(true)
      expect(mail?.language).toBe(language)
    }
  })

  it.each(LANGUAGES)('%s has each mail, from its subject to its thanks', async (language) => {
    const world = newWorld({ generation, languages: 'all', ...MANDATORY })
    const headers = { 'accept-language': language }
    await world.addUser('bob')
    await world.call(REGISTER, { headers, json: ANN })
    await world.call(REGISTER, { headers, json: { ...newcomer('eve'), email: 'bob@example.org' } })
    await world.call('POST password/reset/', { headers, json: { email: 'bob@example.org' } })
    const { thanks, ...words } = restAuthMessagesFor(language).mails
    const sent = await world.mails()
    const kinds = [words.confirmEmail, words.accountExists, words.passwordReset]
    const subjects = kinds.map(({ subject }) => (generation === '7' ? subject.second : subject.first)('Acme'))
    expect(sent.map(({ subject }) => subject)).toEqual(subjects)
    for (const [index, { text, language: told }] of sent.entries()) {
      expect([told, text.trimEnd().endsWith(thanks('Acme'))]).toEqual([language, true])
      expect(text).toContain(kinds[index]?.instruction)
    }
  })

  it('never translated: what 0.9 says of a wrong link; 7 translates it', async () => {
    const world = newWorld({ generation, languages: 'all' })
    const json = { uid: '!', token: 'x', new_password1: 'plum-tart-4-supper', new_password2: 'plum-tart-4-supper' }
    const answer = await world.call('POST password/reset/confirm/', { headers: { 'accept-language': 'de' }, json })
    await restAuthCatalogues.load('de')
    const sentence = generation === '7' ? restAuthMessagesFor('de').passwords.invalidValue : WORDS.INVALID_VALUE
    expect(told(answer)).toEqual([400, { uid: [sentence] }])
  })
})

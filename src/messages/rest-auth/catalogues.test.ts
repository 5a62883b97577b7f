import { describe, expect, it } from 'vitest'
import { loadCatalogues } from '../../../test/support/load-catalogues.ts'
import { sentencesOf, WITHOUT_HOLES } from '../../../test/support/sentences.ts'
import { drfCatalogues } from '../drf/catalogues.ts'
import { restAuthCatalogues, restAuthMessagesFor } from './catalogues.ts'
import { en } from './en.ts'

const catalogues = await loadCatalogues(restAuthCatalogues)
const drf = await loadCatalogues(drfCatalogues)

describe('restAuthMessagesFor', () => {
  it('finds the catalogue for what a browser asks for, and English for everything else', () => {
    const asked = {
      'de-AT': 'de',
      'pt-br': 'pt-BR',
      'ca, nl-BE;q=0.5': 'nl',
      'zh-CN,zh;q=0.9': 'zh-Hans',
      zh: 'zh-Hans',
    }
    for (const [header, language] of Object.entries(asked)) expect(restAuthMessagesFor(header).language).toBe(language)
    for (const unknown of ['ka', 'zh-TW', '', '*', 'constructor', '__proto__']) {
      expect(restAuthMessagesFor(unknown)).toBe(en)
    }
  })
})

describe('restAuthCatalogues', () => {
  it('speaks the languages of the original, English first', () => {
    expect(restAuthCatalogues.languages).toEqual([
      ...['en', 'ar', 'cs', 'de', 'es', 'fr', 'it', 'ko', 'nl', 'pl', 'pt-BR', 'ro', 'ru', 'sv', 'tr', 'uk', 'zh-Hans'],
    ])
  })

  it('speaks none in which the words that it shares are missing', () => {
    expect(drfCatalogues.languages).toEqual(expect.arrayContaining([...restAuthCatalogues.languages]))
  })

  it('names each catalogue after its language', () => {
    for (const [tag, messages] of Object.entries(catalogues)) expect(messages.language).toBe(tag)
  })
})

describe.each(Object.entries(catalogues))('the catalogue %s', (language, messages) => {
  it('has a whole sentence for everything', () => {
    for (const [path, text] of sentencesOf(messages, 'MARK')) expect(text, path).toMatch(WITHOUT_HOLES)
  })

  it('has as many sentences as the English one, and names in each what that one names', () => {
    const english = sentencesOf(en, MARK)
    const own = sentencesOf(messages, MARK)
    expect([...own.keys()]).toEqual([...english.keys()])
    for (const [path, text] of own) expect(text.includes(`${MARK}`), path).toBe(english.get(path)?.includes(`${MARK}`))
  })

  it('names the keys of the body as they are written there', () => {
    const { username, email, either } = messages.login.mustInclude
    expect(keysIn(username)).toEqual(new Set(['password', 'username']))
    expect(keysIn(email)).toEqual(new Set(['email', 'password']))
    expect(keysIn(either)).toEqual(new Set(['email', 'password', 'username']))
    expect(keysIn(messages.social.inputMissing)).toEqual(new Set(['access_token', 'code']))
  })

  it('says what it shares with other doors as they do', () => {
    const shared = drf[language]
    expect(messages.login.cannotLogIn).toBe(shared?.authentication.cannotLogIn)
    expect(messages.passwords.differ.first).toBe(shared?.fieldErrors.differs({}))
    expect(messages.registration.passwordsDiffer).toBe(shared?.fieldErrors.differs({}))
    expect(messages.registration.usernameRefused).toBe(shared?.fieldErrors.username_reserved({}))
    for (const minLength of [2, 5, 8, 12, 21]) {
      const tooShort = shared?.fieldErrors.password_too_short({ minLength })
      expect(messages.registration.passwordTooShort.second(minLength)).toBe(tooShort)
    }
  })

  it('has subjects that fit on one line, and no two alike in one generation', () => {
    const { passwordReset, confirmEmail, accountExists } = messages.mails
    for (const generation of ['first', 'second'] as const) {
      const subjects = [passwordReset, confirmEmail, accountExists].map(({ subject }) => subject[generation]('Acme'))
      expect(new Set(subjects).size).toBe(3)
      for (const subject of subjects) expect(subject).toMatch(/^[^\r\n]{1,90}$/)
    }
  })

  it('keeps apart what clients tell apart', () => {
    for (const group of [messages.login.mustInclude, messages.logout, messages.social]) {
      const texts = [...sentencesOf(group, MARK).values()]
      expect(new Set(texts).size).toBe(texts.length)
    }
  })
})

describe.each(Object.entries(catalogues).slice(1))('the translation %s', (_language, messages) => {
  it('is not English anywhere', () => {
    const english = new Set(sentencesOf(en, MARK).values())
    expect([...sentencesOf(messages, MARK)].filter(([, text]) => english.has(text))).toEqual([])
  })
})

// Of no other meaning, and in no sentence by chance; a number, because some sentences count.
const MARK = 4711

// No word boundaries: not every language puts a space beside a key, and Korean particles are written onto it.
function keysIn(sentence: string): ReadonlySet<string> {
  return new Set(sentence.match(/access_token|code|email|password|username/g))
}

import { describe, expect, it } from 'vitest'
import { chooseLanguage } from './choose-language.ts'

describe('chooseLanguage', () => {
  it.each([
    [null, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['DE-at', 'de'],
    ['de-AT-1996', 'de'],
    ['fr, de', 'de'],
    ['de;q=0.5, en;q=0.9', 'en'],
    ['en;q=0.5, de', 'de'],
    ['fr;q=1, pt-BR;q=0.9, de;q=0.8', 'pt-BR'],
    ['pt', 'en'],
    ['zh-Hant-CN-x-private', 'zh-Hant'],
    ['zh-x-hant', 'en'],
    ['*', 'en'],
    ['*, de;q=0.1', 'de'],
    ['de;q=0', 'en'],
    ['de;q=0.0, pt-br;q=0.001', 'pt-BR'],
    ['de ; q=1', 'de'],
    ['de;q=2, pt-BR', 'pt-BR'],
    ['de;q=-1', 'en'],
    ['de;level=1', 'en'],
    ['constructor, __proto__, de_DE', 'en'],
  ])('chooses for %j', (header, expected) => {
    expect(chooseLanguage(header, ['en', 'de', 'pt-BR', 'zh-Hant'])).toBe(expected)
  })

  it.each([
    ['zh', 'zh-Hans'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-CN', 'zh-Hans'],
    ['zh-TW', 'en'],
    ['zh-Hant-TW', 'en'],
  ])('finds Chinese by the script that is written in the country, for %j', (header, expected) => {
    expect(chooseLanguage(header, ['en', 'zh-Hans'])).toBe(expected)
  })

  it.each([
    ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', 'en'],
    ['zh-Hant-HK,zh;q=0.9,de;q=0.8', 'de'],
    ['zh-HK,zh;q=0.9', 'zh-Hans'],
    ['zh,zh-TW;q=0.9,en;q=0.8', 'zh-Hans'],
    ['zh-TW,zh-CN;q=0.9,en;q=0.8', 'zh-Hans'],
  ])(
    'gives simplified Chinese to who reads the traditional one only where it was meant or nothing else is left: %j',
    (header, expected) => {
      expect(chooseLanguage(header, ['en', 'de', 'zh-Hans'])).toBe(expected)
    },
  )

  it('takes Chinese by its own tag before the one of its script', () => {
    expect(chooseLanguage('zh-CN', ['en', 'zh-Hans', 'zh-CN'])).toBe('zh-CN')
    expect(chooseLanguage('zh-TW', ['en', 'zh', 'zh-Hant'])).toBe('zh-Hant')
    expect(chooseLanguage('zh-TW', ['en', 'zh'])).toBe('zh')
  })

  it('takes the earlier of two ranges of one weight', () => {
    expect(chooseLanguage('de, en', ['en', 'de'])).toBe('de')
    expect(chooseLanguage('en;q=0.8, de;q=0.8', ['de', 'en'])).toBe('en')
  })

  it('falls back to the first that is available', () => {
    expect(chooseLanguage('fr', ['de', 'en'])).toBe('de')
    expect(() => chooseLanguage('fr', [])).toThrow(TypeError)
  })

  it('reads no more than the beginning of a long header, and no range in halves', () => {
    expect(chooseLanguage(`${'fr,'.repeat(400)}de`, ['en', 'de'])).toBe('en')
    const padding = 'fr,'.repeat(340)
    expect(padding.length).toBe(1020)
    // Cut after 1,024 characters, `de-x-y` would be `de-x` and match.
    expect(chooseLanguage(`${padding}de;q=0`, ['en', 'de'])).toBe('en')
    expect(chooseLanguage(`de,${'x'.repeat(5000)}`, ['en', 'de'])).toBe('de')
    expect(chooseLanguage('d'.repeat(5000), ['en', 'de'])).toBe('en')
  })

  it('takes a megabyte of anything without delay', () => {
    for (const piece of ['a-', 'a,', ';q=', 'de;q=0.', '-', ',', ' ', '*;']) {
      const start = performance.now()
      expect(chooseLanguage(piece.repeat(500_000), ['en', 'de'])).toBe('en')
      expect(performance.now() - start, piece).toBeLessThan(100)
    }
  })
})

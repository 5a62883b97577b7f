import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defuseText } from './defuse-text.ts'

describe('defuseText', () => {
  it.each([
    ['Ann', 'Ann'],
    ["  Ann \t O'Neill-Smith ", "Ann O'Neill-Smith"],
    ['J.R.R. Tolkien', 'J. R. R. Tolkien'],
    ['Dr. Müller (Anna)', 'Dr. Müller (Anna)'],
    ['张伟 محمد Ольга', '张伟 محمد Ольга'],
    ['<a href=//evil>x</a> http://evil.example', 'a'],
    ['click www.evil.example now', 'click now'],
    ['evil.example', 'evil. example'],
    ['evil\u3002example', 'evil\u3002 example'],
    ['evil\uff0eexample', 'evil. example'],
    ['evil.\u200bexample', 'evil. example'],
    ['ht\u200btp://evil.example', ''],
    ['http:\u2060//evil.example', ''],
    ['eve@evil.example', ''],
    ['mailto:eve', ''],
    ['javascript:alert(1)', ''],
    ['tel:0900123', ''],
    ['(www.evil.example)', ''],
    ['evil.example/path', 'evil. example path'],
    ['\\\\evil\\share', 'evil share'],
    ['\u202egnp.exe', 'gnp. exe'],
    ['A\r\nSubject: x', 'A Subject: x'],
    ['A\u2028B\u0085C\0D', 'A B C D'],
    ['\ud800A', 'A'],
    ['', ''],
    [' \u200b ', ''],
  ])('makes %j harmless', (text, expected) => {
    expect(defuseText(text, 60)).toBe(expected)
  })

  it('cuts by code points, never through one', () => {
    expect(defuseText('😀'.repeat(70), 60)).toBe('😀'.repeat(60))
    expect(defuseText('x'.repeat(1_000_000), 60)).toBe('x'.repeat(60))
  })

  it('leaves nothing that a mail program makes a link of, whatever it is given, and nothing more to do', () => {
    const alphabet = fc.constantFrom(
      ...'abWw.:/\\@<>"&= \t\n\u200b\u202e\u3002\uff0e\u2024é1-',
      'http',
      'a:',
      'www.',
      'ﷺ',
      '…',
    )
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 60 }), (text) => {
        const harmless = defuseText(text, 60)
        expect(harmless).not.toMatch(/[<>\\/@\p{C}\p{Zl}\p{Zp}]|[.\u3002]\S/u)
        expect(defuseText(harmless, 60)).toBe(harmless)
      }),
      { numRuns: 5000 },
    )
  })
})

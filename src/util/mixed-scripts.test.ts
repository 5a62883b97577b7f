import { describe, expect, it } from 'vitest'
import { hasMixedScripts } from './mixed-scripts.ts'

describe('hasMixedScripts', () => {
  it.each([
    '',
    'abc1_',
    'é',
    'Иван1',
    'ελλάδα',
    'ひらカナ漢字abcー',
    '漢字ㄅabc',
    '한글漢字abc',
    'हिन्दी',
    '١٢٣',
    'ไทย',
  ])('lets %j pass', (text) => {
    expect(hasMixedScripts(text)).toBe(false)
  })

  it.each(['аbc', 'abγ', 'Иванα', '한ひ', '한ㄅ', 'ไab', 'शab'])('finds the mixture in %s', (text) => {
    expect(hasMixedScripts(text)).toBe(true)
  })

  it('takes scripts of limited use for a mixture, since their letters look like others', () => {
    expect(hasMixedScripts('ᎪᏢᏢᏞᎬ')).toBe(true)
  })
})

/** Each requirement about logging in has a test that is called by its number. */
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceFiles } from '../../scripts/support/source-files.ts'

const REQUIREMENTS: Readonly<Record<string, number>> = { A: 8, B: 6, C: 6, D: 16, E: 5, F: 2, G: 11, I: 9 }

const root = resolve(import.meta.dirname, '../..')

const numbered = Object.entries(REQUIREMENTS).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, index) => `${section}${index + 1}`),
)

/** Numbers at the beginning of the names of tests. */
function numbersIn(text: string): readonly string[] {
  const titles = text.matchAll(
    /\b(?:it|describe)(?:\.each\([\s\S]*?\))?\(\s*['"`]([A-I]\d+(?:(?:, | and )[A-I]\d+)*)\b/g,
  )
  return [...titles].flatMap(([, names = '']) => names.match(/[A-I]\d+/g) ?? [])
}

describe('the requirements about logging in', () => {
  const named = new Set(sourceFiles(root, ['test/login-policies']).flatMap(({ text }) => numbersIn(text)))

  it('are each named by a test', () => {
    expect(numbered.filter((number) => !named.has(number))).toEqual([])
  })

  it('are found by their number alone', () => {
    expect(numbersIn("it('A6: one')\nit.each(rows)('D16, %s', () => {})\nit('about A7')\n")).toEqual(['A6', 'D16'])
  })
})

import { describe, expect, it } from 'vitest'
import { fixedText, identifier, joined, parameter, renderSql, type SqlStyle, sql } from './sql.ts'

const style = (numbersPlaceholders: boolean): SqlStyle => ({
  quote: (name) => `[${name}]`,
  placeholder: (position) => (numbersPlaceholders ? `$${position}` : '?'),
  numbersPlaceholders,
})

describe('sql', () => {
  const condition = sql`${identifier('a')} = ${parameter('x')}`
  const text = sql`SELECT 1 WHERE ${condition} OR ${parameter('y')} = ${parameter('x')}${fixedText(' FOR UPDATE')}`

  it('quotes names and lists parameters in the order of their placeholders', () => {
    expect(renderSql(text, style(false))).toEqual({
      text: 'SELECT 1 WHERE [a] = ? OR ? = ? FOR UPDATE',
      parameters: ['x', 'y', 'x'],
    })
  })

  it('uses one numbered placeholder for one parameter', () => {
    expect(renderSql(text, style(true))).toEqual({
      text: 'SELECT 1 WHERE [a] = $1 OR $2 = $1 FOR UPDATE',
      parameters: ['x', 'y'],
    })
  })

  it('joins any number of parts', () => {
    const names = ['a', 'b', 'c'].map(identifier)
    const lists = [0, 1, 3].map((count) => renderSql(joined(names.slice(0, count), ', '), style(false)).text)
    expect(lists).toEqual(['', '[a]', '[a], [b], [c]'])
  })

  it('has no place for a plain string', () => {
    // @ts-expect-error what is not SQL yet cannot become SQL
    expect(() => renderSql(sql`SELECT ${'1; DROP TABLE users'}`, style(false))).not.toThrow()
  })
})

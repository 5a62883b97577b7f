import { describe, expect, it } from 'vitest'
import { toJson } from './to-json.ts'

const VALUE = { a: [1, 'x, y: z', null], b: {}, c: [] }

describe('toJson', () => {
  it('puts no space, or one after each comma and colon that is not in a text', () => {
    expect(toJson(VALUE, { json: 'compact', indent: 0 })).toBe('{"a":[1,"x, y: z",null],"b":{},"c":[]}')
    expect(toJson(VALUE, { json: 'spaced', indent: 0 })).toBe('{"a": [1, "x, y: z", null], "b": {}, "c": []}')
  })

  it('indents', () => {
    expect(toJson({ a: [1] }, { json: 'compact', indent: 2 })).toBe('{\n  "a": [\n    1\n  ]\n}')
  })

  it.each(['compact', 'spaced'] as const)('escapes what would break JSON or old JavaScript: %s', (json) => {
    const text = '\u2028\u2029\0\ud800"\\ä😀'
    expect(toJson(text, { json, indent: 0 })).toBe('"\\u2028\\u2029\\u0000\\ud800\\"\\\\ä😀"')
    expect(JSON.parse(toJson({ [text]: text }, { json, indent: 0 }))).toEqual({ [text]: text })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CSV_LINE_END, csvRecord } from './csv.ts'

describe('csvRecord', () => {
  it('writes cells between commas, and quotes what would be read otherwise', () => {
    expect(csvRecord(['ann', 7, null, '', 'a b'])).toBe('ann,7,,,a b')
    expect(csvRecord(['a,b', 'say "hi"', 'two\r\nlines', '"'])).toBe('"a,b","say ""hi""","two\r\nlines",""""')
    expect(csvRecord([])).toBe('')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1+1', '＋1', '－1', '＠x'])('makes no formula of %j', (text) => {
    expect(csvRecord([text])).toBe(`'${text}`)
  })

  it('makes no formula of what begins with a line end, or hides behind a quote', () => {
    expect(csvRecord(['\r=1', '\n=1'])).toBe(`"'\r=1","'\n=1"`)
    expect(csvRecord(['=HYPERLINK("https://evil.example","x")'])).toBe(`"'=HYPERLINK(""https://evil.example"",""x"")"`)
    expect(csvRecord([-5])).toBe("'-5")
  })

  it('leaves signs alone that stand further on', () => {
    expect(csvRecord(['a=b', 'ann+news@example.org', ' =1', "'=1"])).toBe("a=b,ann+news@example.org, =1,'=1")
  })

  it('is read back as it was, but for the apostrophes, whatever is in it', () => {
    const anything = fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', '@', "'", 'a', '＝', '\u0000', ' ') })
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 4 }), (cells) => {
        const read = readRecord(csvRecord(cells) + CSV_LINE_END)
        expect(read.map((cell, index) => (cell === cells[index] ? cell : cell.replace(/^'/, '')))).toEqual(cells)
        for (const cell of read) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
      }),
    )
  })
})

/** A reader of its own, by the grammar of the RFC. */
function readRecord(line: string): readonly string[] {
  const fields = [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n$)/gy)]
  expect(fields.map(([field]) => field).join('')).toBe(line)
  return fields.map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain)
}

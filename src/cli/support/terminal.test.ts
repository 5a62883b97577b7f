import { describe, expect, it } from 'vitest'
import { formatTable } from './format-table.ts'
import { createTerminal } from './terminal.ts'

const HOSTILE = 'ann\u001b[2J\r\n\u009b31m\u202e\u2028\u007f'

/** What was written where. */
function collectingTerminal(isJson: boolean) {
  const written = { output: '', errors: '' }
  const terminal = createTerminal({
    isJson,
    output: { write: (text: string) => (written.output += text) },
    errors: { write: (text: string) => (written.errors += text) },
  })
  return { terminal, written }
}

describe('createTerminal', () => {
  it('prints no control character of what it is given, but for line ends', () => {
    const { terminal, written } = collectingTerminal(false)
    terminal.print(HOSTILE)
    terminal.complain(HOSTILE)
    expect(written.output + written.errors).not.toMatch(/[^\P{Cc}\n]|[\p{Bidi_Control}\p{Zl}]/u)
  })

  it('prints JSON in one line that a terminal may show and a program reads back as it was', () => {
    const { terminal, written } = collectingTerminal(true)
    terminal.printJson({ name: HOSTILE })
    expect(written.output).not.toMatch(/[^\P{Cc}\n]|[\p{Bidi_Control}\p{Zl}]/u)
    expect(written.output.split('\n')).toHaveLength(2)
    expect(JSON.parse(written.output)).toEqual({ name: HOSTILE })
  })

  it('gives text to people and JSON to programs, never both', () => {
    const forPeople = collectingTerminal(false)
    forPeople.terminal.printJson({})
    const forPrograms = collectingTerminal(true)
    forPrograms.terminal.print('text')
    expect([forPeople.written.output, forPrograms.written.output]).toEqual(['', ''])
  })
})

describe('formatTable', () => {
  it('keeps every row in its line and every cell in its column', () => {
    const lines = formatTable(
      ['NAME', 'N'],
      [
        [HOSTILE, '1'],
        ['x', '22'],
      ],
    ).split('\n')
    expect(lines).toHaveLength(3)
    expect(new Set(lines.map((line) => [...line].lastIndexOf(' ')))).toHaveLength(1)
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeSpans, tableRows } from '../../../scripts/support/documents.ts'
import { checkOptions } from '../../../src/dialects/djoser/check-options.ts'
import { firstGenerationViews } from '../../../src/dialects/djoser/first-generation-views.ts'
import { resolveSettings } from '../../../src/dialects/djoser/settings.ts'
import { secondGenerationViews } from '../../../src/dialects/djoser/views.ts'
import type { View } from '../../../src/dialects/drf/view.ts'
import { testAuth } from '../../support/test-auth.ts'

const PAGE = 'docs/dialects/djoser.md'

const page = readFileSync(PAGE, 'utf8')

/** What stands between backticks in a column of the tables of a part. */
const cellsOf = (heading: string, column: number): readonly string[] =>
  tableRows(partOf(heading)).flatMap((cells) => codeSpans(cells[column] ?? ''))

/** A part of the page, with its own parts left out. */
function partOf(heading: string): string {
  const level = heading.startsWith('### ') ? 3 : 2
  const [, rest = ''] = page.split(`${heading}\n`)
  return rest.split(level === 3 ? /^#{2,3} /m : /^## /m)[0] ?? ''
}

/** `POST /users/{id}/` for each action of a view. */
function rowsOf(views: readonly View[]): readonly string[] {
  return views.flatMap(({ path, slash, actions }) => {
    const shown = path.replace(/:(\w+)\{[^}]*\}/g, '{$1}') + (slash === 'none' ? '' : '/')
    return Object.keys(actions).map((method) => `${method} ${shown}`)
  })
}

describe('the page of the djoser door', () => {
  const { config } = testAuth().auth
  const settings = resolveSettings({}, config)

  it('lists exactly the routes of both generations', () => {
    expect(cellsOf('### 2.x', 0).toSorted()).toEqual(rowsOf(secondGenerationViews(settings)).toSorted())
    expect(cellsOf('### 0.x', 0).toSorted()).toEqual(rowsOf(firstGenerationViews(settings, config)).toSorted())
  })

  it('names no permission and no command that there is not', () => {
    for (const heading of ['### 2.x', '### 0.x']) {
      const unknown = cellsOf(heading, 1).filter((name) => !Object.hasOwn(settings.permissions, name))
      expect(unknown).toEqual([])
    }
  })

  it('lists exactly the options, each under the setting that its doc comment names', () => {
    const source = readFileSync('src/dialects/djoser/options.ts', 'utf8')
    const [, members = ''] = /export interface DjoserOptions[^{]*\{\n(.*?)\n\}/su.exec(source) ?? []
    const documented = [...members.matchAll(/\/\*\*(.*?)\*\/\s*readonly (\w+)\?/gsu)].map(
      ([, comment = '', name = '']) => ({
        name,
        setting: /^\s*\*?\s*`([A-Z][A-Z_]+)`/.exec(comment)?.[1] ?? null,
      }),
    )
    const table = tableRows(partOf('## Settings').split('What the whole site')[0] ?? '')
    const told = new Map(
      table.flatMap(([python = '', option = '']) => {
        const [setting = null] = codeSpans(python)
        return codeSpans(option).map((name) => [name, setting] as const)
      }),
    )
    expect(new Set(told.keys())).toEqual(new Set(documented.map(({ name }) => name)))
    for (const { name, setting } of documented.filter((one) => one.setting !== null)) {
      expect([name, told.get(name)]).toEqual([name, setting])
    }
  })

  it('leaves out no option that is checked at start', () => {
    const names = partOf('## Settings')
    const told = /takes? ([\w, ]+)|there are ([\w, ]+)/.exec(problemOf({ thereIsNoSuchOptionAtAll: 1 }))
    const options = (told?.[2] ?? told?.[1] ?? '').split(', ')
    expect(options.length).toBeGreaterThan(30)
    expect(options.filter((name) => !names.includes(`\`${name}\``))).toEqual([])
  })
})

function problemOf(options: object): string {
  try {
    checkOptions(options)
    return ''
  } catch (error) {
    return String(error)
  }
}

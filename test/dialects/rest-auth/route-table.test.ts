import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeSpans, tableRows } from '../../../scripts/support/documents.ts'
import type { View } from '../../../src/dialects/drf/view.ts'
import { checkOptions } from '../../../src/dialects/rest-auth/check-options.ts'
import type { RestAuthGeneration } from '../../../src/dialects/rest-auth/index.ts'
import { resolveSettings } from '../../../src/dialects/rest-auth/resolve-settings.ts'
import { restAuthViews } from '../../../src/dialects/rest-auth/views.ts'
import { testAuth } from '../../support/test-auth.ts'

const page = readFileSync('docs/dialects/rest-auth.md', 'utf8')

/** A part of the page. */
const partOf = (heading: string): string => page.split(`## ${heading}\n`)[1]?.split(/^## /m)[0] ?? ''

/** `POST /login/` for each action of a view. */
const rowsOf = (views: readonly View[]): readonly string[] =>
  views.flatMap(({ path, slash, actions }) => {
    const shown = path.replace(/:(\w+)\{[^}]*\}/g, '{$1}') + (slash === 'none' ? '' : '/')
    return Object.keys(actions).map((method) => `${method} ${shown}`)
  })

/** The page's rows of a generation, with the name of the one provider that the test site has. */
const documentedFor = (generation: RestAuthGeneration): readonly string[] =>
  tableRows(partOf('Routes'))
    .filter(([, generations = '']) => generations === 'both' || generations.startsWith(generation))
    .flatMap(([row = '']) => codeSpans(row))
    .map((row) => row.replace('{provider}', 'sample'))

describe('the page of the rest-auth door', () => {
  const { config } = testAuth().auth

  it.each(['0.9', '7'] as const)('lists exactly the routes of generation %s', (generation) => {
    const fitting = { ...config, social: { ...config.social, providers: ['sample'] } }
    const views = restAuthViews(resolveSettings({ generation, useJwt: true }, fitting))
    expect(documentedFor(generation).toSorted()).toEqual(rowsOf(views).toSorted())
  })

  it('lists exactly the options, each under the setting that its doc comment names', () => {
    const source = readFileSync('src/dialects/rest-auth/options.ts', 'utf8')
    const [, members = ''] = /export interface RestAuthOptions[^{]*\{\n(.*?)\n\}/su.exec(source) ?? []
    const documented = [...members.matchAll(/\/\*\*(.*?)\*\/\s*readonly (\w+)\?/gsu)].map(
      ([, comment = '', name = '']) => ({
        name,
        setting: /^\s*\*?\s*`([A-Z][A-Z_]+)`/.exec(comment)?.[1] ?? null,
      }),
    )
    expect(documented.length).toBeGreaterThan(45)
    const table = tableRows(partOf('Settings').split('What the whole site')[0] ?? '')
    const told = new Map(
      table.flatMap(([python = '', option = '']) => {
        const [setting = null] = codeSpans(python)
        return codeSpans(option).map((name) => [name, setting] as const)
      }),
    )
    expect(new Set(told.keys())).toEqual(new Set(documented.map(({ name }) => name)))
    // Serializers are several settings in one option.
    for (const { name, setting } of documented.filter((one) => one.setting !== null && one.name !== 'schemas')) {
      expect([name, told.get(name)]).toEqual([name, setting])
    }
  })

  it('leaves out no option that is checked at start', () => {
    const [, names = ''] = /there are ([\w, ]+)/.exec(problemOf({ thereIsNoSuchOptionAtAll: 1 })) ?? []
    const options = names.split(', ')
    expect(options.length).toBeGreaterThan(45)
    expect(options.filter((name) => !partOf('Settings').includes(`\`${name}\``))).toEqual([])
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

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeSpans, tableRows } from '../../../scripts/support/documents.ts'
import { djmongoauth } from '../../../src/dialects/djmongoauth/index.ts'
import { testAuth } from '../../support/test-auth.ts'

const page = readFileSync('docs/dialects/djmongoauth.md', 'utf8')

/** A part of the page. */
const partOf = (heading: string): string => (page.split(`${heading}\n`)[1] ?? '').split(/^## /m)[0] ?? ''

describe('the page of the djmongoauth door', () => {
  it('lists exactly the routes', () => {
    const routes = djmongoauth().routes(testAuth().auth.config)
    const every = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
    const rows = routes.flatMap(({ path, methods = [] }) =>
      methods.join() === every.join() ? [`ANY ${path}`] : methods.map((method) => `${method} ${path}`),
    )
    const told = tableRows(partOf('## Routes')).flatMap(([row = '']) => codeSpans(row))
    expect(told.toSorted()).toEqual(rows.toSorted())
  })

  it('lists exactly the options, each under the setting that its doc comment names', () => {
    const source = readFileSync('src/dialects/djmongoauth/options.ts', 'utf8')
    const [, members = ''] = /export interface DjmongoauthOptions \{\n(.*?)\n\}/su.exec(source) ?? []
    const documented = [...members.matchAll(/\/\*\*(.*?)\*\/\s*readonly (\w+)\?/gsu)].map(
      ([, comment = '', name = '']) => [name, /^\s*\*?\s*`([A-Z][A-Z_]+)`/.exec(comment)?.[1] ?? null] as const,
    )
    const table = tableRows(partOf('## Settings').split('What the whole site')[0] ?? '')
    const told = table.flatMap(([python = '', option = '']) => {
      const [setting = null] = codeSpans(python)
      return codeSpans(option).map((name) => [name, setting] as const)
    })
    expect(documented).toHaveLength(8)
    expect(new Map(told)).toEqual(new Map(documented))
  })

  it('leaves out no option that is checked at start', () => {
    const [, names = ''] = /there are ([\w, ]+)/.exec(problemOf({ thereIsNoSuchOptionAtAll: 1 })) ?? []
    const options = names.split(', ')
    expect(options).toHaveLength(8)
    for (const name of options) expect(partOf('## Settings')).toContain(`\`${name}\``)
  })
})

function problemOf(options: object): string {
  try {
    djmongoauth(options)
    return ''
  } catch (error) {
    return String(error)
  }
}

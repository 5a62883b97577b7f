import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TSInterfaceDeclaration } from 'oxc-parser'
import { codeSpans, type Document, lineOf, sectionOf, tableRows } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'
import { parseSource, visit } from '../support/parse-source.ts'

/** What the page of events must agree with. */
export interface EventFacts {
  /** The fields of each event, besides those that all of them have. */
  readonly events: ReadonlyMap<string, readonly string[]>
  readonly hooks: readonly string[]
}

/** Reads the contract of events and hooks. */
export function readEventFacts(root: string): EventFacts {
  const path = 'src/contracts/hooks.ts'
  const interfaces = new Map<string, TSInterfaceDeclaration>()
  visit(parseSource({ path, text: readFileSync(join(root, path), 'utf8') }), {
    TSInterfaceDeclaration: (node) => interfaces.set(node.id.name, node),
  })
  return {
    events: membersOf(interfaces.get('EventMap')),
    hooks: [...membersOf(interfaces.get('Hooks')).keys()],
  }
}

/** Each member with the members of its own type, where that is written out. */
function membersOf(declaration: TSInterfaceDeclaration | undefined): ReadonlyMap<string, readonly string[]> {
  const members = (declaration?.body.body ?? []).flatMap((member) => {
    if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') return []
    const type = member.typeAnnotation?.typeAnnotation
    const own = type?.type === 'TSTypeLiteral' ? type.members : []
    const names = own.flatMap((one) =>
      one.type === 'TSPropertySignature' && one.key.type === 'Identifier' ? [one.key.name] : [],
    )
    return [[member.key.name, names] as const]
  })
  return new Map(members)
}

/** Holds the two tables of `docs/events.md` against the contract. */
export function eventFindings(page: Document, { events, hooks }: EventFacts): readonly Finding[] {
  const rows = new Map(tableRows(sectionOf(page, 'Events')).map((row) => [codeSpans(row[0] ?? '')[0] ?? '', row]))
  const told = tableRows(sectionOf(page, 'Hooks')).flatMap(([name = '']) => codeSpans(name))
  const problems = [
    ...differences('event', [...rows.keys()], [...events.keys()]),
    ...differences('hook', told, hooks),
    ...[...events].flatMap(([name, fields]) => {
      const shown = codeSpans(rows.get(name)?.at(-1) ?? '')
      const isSame = rows.get(name) === undefined || shown.join() === fields.join()
      return isSame ? [] : [{ name, message: `its fields are ${fields.join(', ')}` }]
    }),
  ]
  return problems.map(({ name, message }) => {
    return { rule: 'events', file: page.path, line: lineOf(page.text, `| \`${name}\``), message: `${name}: ${message}` }
  })
}

interface Problem {
  readonly name: string
  readonly message: string
}

function differences(kind: string, told: readonly string[], known: readonly string[]): readonly Problem[] {
  return [
    ...known.filter((name) => !told.includes(name)).map((name) => ({ name, message: `this ${kind} has no row` })),
    ...told.filter((name) => !known.includes(name)).map((name) => ({ name, message: `there is no such ${kind}` })),
  ]
}

import type { Comment, Expression } from 'oxc-parser'
import { type Finding, report } from './support/finding.ts'
import { type ParsedSource, parseSource, visit } from './support/parse-source.ts'
import { sourceFiles } from './support/source-files.ts'

/** Comments that switch a check off, each with the form in which it is acceptable, if there is one. */
const switches: readonly { readonly name: string; readonly found: RegExp; readonly acceptable: RegExp | null }[] = [
  { name: '@ts-ignore', found: /^\s*@ts-ignore\b/, acceptable: null },
  { name: '@ts-nocheck', found: /^\s*@ts-nocheck\b/, acceptable: null },
  { name: '@ts-expect-error', found: /^\s*@ts-expect-error\b/, acceptable: /@ts-expect-error\W+\w.{9}/ },
  { name: 'biome-ignore', found: /^\s*biome-ignore/, acceptable: /biome-ignore[\w-]*\s[^:]+:\s+\S.{9}/ },
]

/** Finds tests that are left out and checks that are switched off without a reason. */
export function suppressionFindings(root: string): readonly Finding[] {
  return sourceFiles(root, ['src', 'scripts', 'bench', 'examples', 'test']).flatMap((file) => {
    const source = parseSource(file)
    return [...source.comments.flatMap(switchedOff), ...leftOutTests(source)].map(({ start, ...finding }) => ({
      ...finding,
      file: file.path,
      line: source.lineAt(start),
    }))
  })
}

type Offence = Pick<Finding, 'rule' | 'message'> & { readonly start: number }

function switchedOff({ value, start }: Comment): readonly Offence[] {
  return switches
    .filter(({ found, acceptable }) => found.test(value) && !acceptable?.test(value))
    .map(({ name, acceptable }) => ({
      rule: 'no-silent-suppression',
      message: acceptable ? `${name} needs a reason` : `${name} is not used here`,
      start,
    }))
}

function leftOutTests(source: ParsedSource): readonly Offence[] {
  const offences: Offence[] = []
  visit(source, {
    MemberExpression({ object, property, start }) {
      if (property.type !== 'Identifier' || !isTestFunction(object)) return
      if (!/^(skip|only|todo|skipIf|runIf|fails)$/.test(property.name)) return
      // A suite that a driver cannot pass says why, through the test's own context: `skip('reason')`.
      const message = `.${property.name} leaves tests out or hides their failure without a word`
      offences.push({ rule: 'no-left-out-test', message, start })
    },
  })
  return offences
}

function isTestFunction(expression: Expression): boolean {
  if (expression.type === 'MemberExpression') return isTestFunction(expression.object)
  return expression.type === 'Identifier' && /^(it|test|describe|suite|bench)$/.test(expression.name)
}

if (import.meta.main) report('checks that are switched off', suppressionFindings(process.cwd()))

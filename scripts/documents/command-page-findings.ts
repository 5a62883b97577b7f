import type { CommandFacts } from '../support/command-facts.ts'
import { codeSpans, type Document, proseOf, sectionOf, tableRows } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'

/** The shape of every page, in this order. */
const HEADINGS = ['Purpose', 'Input', 'Result', 'Error codes', 'Hooks and events', 'Options', 'Security notes']

/** The gate answers with one of these, as it was asked about a typed name or about a session's own user. */
const EITHER = ['invalid_credentials', 'wrong_current_password']

const FOLDER = 'docs/commands/'

/** Holds the pages of commands against the commands: one page each, of one shape, naming what the code can do. */
export function commandPageFindings(
  documents: readonly Document[],
  commands: readonly CommandFacts[],
  options: ReadonlySet<string>,
): readonly Finding[] {
  const pages = new Map(
    documents
      .filter(({ path }) => path.startsWith(FOLDER) && path !== `${FOLDER}README.md`)
      .map((page) => [page.path.slice(FOLDER.length, -'.md'.length), page]),
  )
  const missing = commands.filter(({ name }) => !pages.has(name)).map(({ name }) => finding(name, 'is missing'))
  const strays = [...pages.keys()].filter((name) => commands.every((command) => command.name !== name))
  const wrong = commands.flatMap((command) => {
    const page = pages.get(command.name)
    return page === undefined
      ? []
      : pageProblems(page, command, options).map((problem) => finding(command.name, problem))
  })
  return [...missing, ...strays.map((name) => finding(name, 'is about no command')), ...wrong]
}

const finding = (name: string, message: string): Finding => ({
  rule: 'command-pages',
  file: `${FOLDER}${name}.md`,
  message,
})

function pageProblems(page: Document, command: CommandFacts, options: ReadonlySet<string>): readonly string[] {
  const told = (heading: string): readonly string[] => firstCells(sectionOf(page, heading))
  const [, [, http = ''] = []] = tableRows(sectionOf(page, 'Purpose'))
  const toldRows = codeSpans(http).filter((span) => /^[A-Z]+ \//.test(span))
  const named = codeSpans(sectionOf(page, 'Options'))
  return [
    ...(proseOf(page).startsWith(`# ${command.name}\n`) ? [] : [`must begin with "# ${command.name}"`]),
    ...(isShaped(page) ? [] : [`must have the headings ${HEADINGS.join(', ')}`]),
    ...differences('row', toldRows, command.rows),
    ...(command.inputs === null ? [] : differences('input', told('Input'), command.inputs)),
    ...differences('error code', told('Error codes').filter(isNotEither), [...command.codes].filter(isNotEither)),
    ...eitherProblems(told('Error codes'), command.codes),
    ...differences('hook or event', told('Hooks and events'), [...command.hooks, ...command.events]),
    ...named.filter((name) => !options.has(name)).map((name) => `names the option ${name}, which there is not`),
  ]
}

const firstCells = (section: string): readonly string[] => tableRows(section).flatMap(([cell = '']) => codeSpans(cell))

function isShaped(page: Document): boolean {
  const headings = [...proseOf(page).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)
  return headings.join() === HEADINGS.join()
}

function differences(kind: string, told: readonly string[], known: readonly string[]): readonly string[] {
  return [
    ...known.filter((name) => !told.includes(name)).map((name) => `misses the ${kind} ${name}`),
    ...told.filter((name) => !known.includes(name)).map((name) => `tells of the ${kind} ${name}, which there is not`),
  ]
}

const isNotEither = (code: string): boolean => !EITHER.includes(code)

function eitherProblems(told: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const isAsked = EITHER.some((code) => known.has(code))
  const count = EITHER.filter((code) => told.includes(code)).length
  return count === (isAsked ? 1 : 0) ? [] : [`must tell of ${isAsked ? 'one' : 'none'} of ${EITHER.join(' and ')}`]
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type DocumentedOption, type OptionTopic, readOptionTopics } from './support/option-topics.ts'

/**
 * Writes the options into `docs/configuration.md`, from the doc comments of `src/config/options.ts` and
 * `src/create-auth.ts`. What stands above the mark is written by hand and stays.
 */

export const CONFIGURATION_DOCUMENT = 'docs/configuration.md'

const MARK = '<!-- From here on made by scripts/make-configuration-doc.ts: change the doc comments instead. -->'

/** The whole document as it should be: its hand-written head, and the options as they are now. */
export function configurationDocument(root: string): string {
  const [head = ''] = readFileSync(join(root, CONFIGURATION_DOCUMENT), 'utf8').split(MARK)
  const all = optionSections(root)
  const sections = all.map((section) => renderSection(section, all))
  return [head + MARK, ...sections].join('\n\n').trimEnd().concat('\n')
}

/** A topic at its place among the options: `''` for the top, `passwords.argon2` for a nested one. */
export interface OptionSection {
  /** `null` for a shape that several options share. */
  readonly path: string | null
  readonly topic: OptionTopic
}

/** All options, each topic where it belongs, shared shapes at the end. */
export function optionSections(root: string): readonly OptionSection[] {
  const topics = readOptionTopics(root, 'src/config/options.ts')
  const [added] = readOptionTopics(root, 'src/create-auth.ts')
  const engine = topics.find(({ name }) => name === 'EngineOptions')
  if (engine === undefined || added === undefined)
    throw new TypeError('the interfaces of options are not where they were')
  const top = { name: 'AuthOptions', description: added.description, options: [...engine.options, ...added.options] }
  const placed = place({ path: '', topic: top }, topics)
  const used = new Set(placed.map(({ topic }) => topic.name))
  const shared = topics.filter(({ name }) => name !== 'EngineOptions' && !used.has(name))
  return [...placed, ...shared.map((topic) => ({ path: null, topic }))]
}

/** Every option by its path, such as `passwords.argon2.passes`. */
export function optionNames(root: string): ReadonlySet<string> {
  const placed = optionSections(root).filter(({ path }) => path !== null)
  return new Set(placed.flatMap(({ path, topic }) => topic.options.map(({ name }) => joined(path, name))))
}

function place(section: OptionSection, topics: readonly OptionTopic[]): readonly OptionSection[] {
  const nested = section.topic.options.flatMap((option) => {
    const topic = topicOf(option, topics)
    return topic === undefined ? [] : place({ path: joined(section.path, option.name), topic }, topics)
  })
  return [section, ...nested]
}

function topicOf({ type }: DocumentedOption, topics: readonly OptionTopic[]): OptionTopic | undefined {
  const name = /^(?:Partial<)?(\w+)(?:<\w+>)?>?$/.exec(type)?.[1]
  return topics.find((topic) => topic.name === name)
}

const joined = (path: string | null, name: string): string => (path ? `${path}.${name}` : name)

function renderSection({ path, topic }: OptionSection, all: readonly OptionSection[]): string {
  const heading = path === '' ? 'Options' : (path ?? topic.name)
  const intro = topic.description === '' ? [] : [topic.description]
  const rows = topic.options.map((option) =>
    renderRow(
      option,
      all.find((other) => other.path === joined(path, option.name)),
    ),
  )
  const table = ['| option | type | default | what it does |', '|---|---|---|---|', ...rows].join('\n')
  return [`## ${heading}`, ...intro, table].join('\n\n')
}

function renderRow(option: DocumentedOption, nested: OptionSection | undefined): string {
  const { name, type, isNeeded } = option
  const text = nested?.path
    ? `${option.description} See [${nested.path}](#${anchorOf(nested.path)}).`.trim()
    : option.description
  const fallback = option.default === null ? (isNeeded ? 'must be given' : '') : markLiteral(option.default)
  return `| ${[`\`${name}\``, `\`${type}\``, fallback, text].map(escapeCell).join(' | ')} |`
}

/** The literal with which a default begins, or `null` where it is told in words. */
export function literalOf(text: string): string | null {
  return /^(?:-?\d+|'[^']*'|true|false|\[[^\]]*\])(?=$|[ ,])/.exec(text)?.[0] ?? null
}

function markLiteral(text: string): string {
  const literal = literalOf(text)
  return literal === null ? text : `\`${literal}\`${text.slice(literal.length)}`
}

const anchorOf = (path: string): string => path.toLowerCase().replaceAll('.', '')

const escapeCell = (text: string): string => text.replaceAll('|', '\\|')

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..')
  writeFileSync(join(root, CONFIGURATION_DOCUMENT), configurationDocument(root))
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Comment, TSInterfaceDeclaration } from 'oxc-parser'
import { type ParsedSource, parseSource, visit } from './parse-source.ts'

/** One interface of options. */
export interface OptionTopic {
  readonly name: string
  readonly description: string
  readonly options: readonly DocumentedOption[]
}

export interface DocumentedOption {
  readonly name: string
  readonly type: string
  readonly isNeeded: boolean
  readonly description: string
  /** As the doc comment says it after `@default`. */
  readonly default: string | null
}

/** Reads the interfaces that a file exports, with what their doc comments say. */
export function readOptionTopics(root: string, path: string): readonly OptionTopic[] {
  const text = readFileSync(join(root, path), 'utf8')
  const source = parseSource({ path, text })
  const topics: OptionTopic[] = []
  visit(source, {
    ExportNamedDeclaration({ declaration, start }) {
      if (declaration?.type === 'TSInterfaceDeclaration') topics.push(topicOf({ source, text }, declaration, start))
    },
  })
  return topics
}

interface Read {
  readonly source: ParsedSource
  readonly text: string
}

function topicOf(read: Read, { id, body }: TSInterfaceDeclaration, start: number): OptionTopic {
  const options = body.body.flatMap((member): readonly DocumentedOption[] => {
    if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier' || !member.typeAnnotation) return []
    const { start: from, end: to } = member.typeAnnotation.typeAnnotation
    return [
      {
        name: member.key.name,
        type: read.text
          .slice(from, to)
          .replace(/\breadonly /g, '')
          .replace(/\s+/g, ' '),
        isNeeded: !member.optional,
        ...docOf(read, member.start),
      },
    ]
  })
  return { name: id.name, description: docOf(read, start).description, options }
}

/** The doc comment that ends just before a place, as one line, with its default apart. */
function docOf({ source, text }: Read, start: number): Pick<DocumentedOption, 'description' | 'default'> {
  const comment = source.comments.findLast(
    (candidate) => isDoc(candidate) && candidate.end <= start && text.slice(candidate.end, start).trim() === '',
  )
  const lines = comment?.value.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trim()) ?? []
  const [description = '', value] = lines
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .split(/ ?@default /)
  return { description, default: value ?? null }
}

const isDoc = ({ type, value }: Comment): boolean => type === 'Block' && value.startsWith('*')

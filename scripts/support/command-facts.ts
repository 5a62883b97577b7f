import { dirname, join } from 'node:path/posix'
import type { Node, TSTypeReference } from 'oxc-parser'
import { parseSource, visit } from './parse-source.ts'
import { type SourceFile, sourceFiles } from './source-files.ts'

/** What the code says of a command, for its page to agree with. */
export interface CommandFacts {
  /** `change-password`. */
  readonly name: string
  /** Members of its `…Input`, or `null` where it takes none of its own. */
  readonly inputs: readonly string[] | null
  /** Codes of `AuthError` that the command and the steps it calls throw. */
  readonly codes: ReadonlySet<string>
  readonly events: ReadonlySet<string>
  readonly hooks: ReadonlySet<string>
  /** `POST /login`. */
  readonly rows: readonly string[]
}

/** Reads every command with all steps that it can reach, function by function. */
export function readCommandFacts(root: string): readonly CommandFacts[] {
  const files = sourceFiles(root, ['src/commands']).filter(({ path }) => !path.includes('.test.'))
  const functions = new Map(files.flatMap(readFunctions))
  const rows = sourceFiles(root, ['src/dialects/portress-api', 'src/dialects/operations']).flatMap(readRows)
  const inputs = new Map(files.flatMap(readInputs))
  return files
    .filter(({ path }) => dirname(path) === 'src/commands' && !path.endsWith('/context.ts'))
    .map(({ path }) => {
      const name = path.slice('src/commands/'.length, -'.ts'.length)
      const reached = reach(functions, `${path}#${camelCase(name)}`)
      const found = (kind: keyof Found): ReadonlySet<string> => new Set(reached.flatMap((one) => [...one[kind]]))
      return {
        name,
        inputs: inputsOf(inputs, `${pascalCase(name)}Input`),
        codes: found('codes'),
        events: found('events'),
        hooks: found('hooks'),
        rows: rows.filter(({ command }) => command === camelCase(name)).map(({ row }) => row),
      }
    })
}

interface Found {
  readonly codes: Set<string>
  readonly events: Set<string>
  readonly hooks: Set<string>
  /** Names of other functions, as `file#name`. */
  readonly uses: Set<string>
}

/** Every top-level declaration of a file with what stands in it. */
function readFunctions(file: SourceFile): readonly (readonly [string, Found])[] {
  const { program } = parseSource(file)
  const homes = new Map<string, string>()
  for (const node of program.body) {
    if (node.type !== 'ImportDeclaration') continue
    const from = join(dirname(file.path), node.source.value)
    for (const { local, ...specifier } of node.specifiers) {
      const imported =
        'imported' in specifier && specifier.imported.type === 'Identifier' ? specifier.imported.name : local.name
      homes.set(local.name, `${from}#${imported}`)
    }
  }
  const declared = program.body.flatMap((node) => declarationsIn(node))
  return declared.map(({ name, node }) => {
    return [
      `${file.path}#${name}`,
      readDeclaration(file, node, (used) => homes.get(used) ?? `${file.path}#${used}`),
    ] as const
  })
}

function declarationsIn(node: Node): readonly { readonly name: string; readonly node: Node }[] {
  if (node.type === 'ExportNamedDeclaration') return node.declaration ? declarationsIn(node.declaration) : []
  if (node.type === 'FunctionDeclaration') return node.id ? [{ name: node.id.name, node }] : []
  if (node.type !== 'VariableDeclaration') return []
  return node.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && init ? [{ name: id.name, node: init }] : [],
  )
}

function readDeclaration(file: SourceFile, declaration: Node, home: (used: string) => string): Found {
  const found: Found = { codes: new Set(), events: new Set(), hooks: new Set(), uses: new Set() }
  const text = file.text.slice(declaration.start, declaration.end)
  visit(parseSource({ path: file.path, text: `void (${text}\n)` }), {
    Identifier: ({ name }) => found.uses.add(home(name)),
    NewExpression({ callee, arguments: [code] }) {
      if (callee.type === 'Identifier' && callee.name === 'AuthError') add(found.codes, literalsOf(code))
    },
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
      const { object, property } = callee
      if (property.name === 'emit' && first?.type === 'Literal') found.events.add(String(first.value))
      // The contract of the hasher: both may be refused when the queue is full.
      const isHasher =
        object.type === 'MemberExpression' && object.property.type === 'Identifier' && object.property.name === 'hasher'
      if (isHasher && /^(?:hash|verify)$/.test(property.name)) found.codes.add('overloaded')
    },
    MemberExpression({ object, property }) {
      if (object.type !== 'MemberExpression' || object.property.type !== 'Identifier') return
      if (object.property.name === 'hooks' && property.type === 'Identifier') found.hooks.add(property.name)
    },
  })
  return found
}

function add(names: Set<string>, more: readonly string[]): void {
  for (const name of more) names.add(name)
}

/** A literal, or both of a choice between two. */
function literalsOf(node: Node | undefined): readonly string[] {
  if (node?.type === 'ConditionalExpression') return [...literalsOf(node.consequent), ...literalsOf(node.alternate)]
  return node?.type === 'Literal' ? [String(node.value)] : []
}

function reach(functions: ReadonlyMap<string, Found>, start: string): readonly Found[] {
  const seen = new Set<string>()
  const queue = [start]
  for (const name of queue) {
    const found = functions.get(name)
    if (found === undefined || seen.has(name)) continue
    seen.add(name)
    queue.push(...found.uses)
  }
  return [...seen].flatMap((name) => functions.get(name) ?? [])
}

interface Input {
  readonly members: readonly string[]
  readonly extends: readonly string[]
}

function readInputs(file: SourceFile): readonly (readonly [string, Input])[] {
  const { program } = parseSource(file)
  return program.body.flatMap((node) => {
    const declaration = node.type === 'ExportNamedDeclaration' ? node.declaration : null
    if (declaration?.type !== 'TSInterfaceDeclaration' && declaration?.type !== 'TSTypeAliasDeclaration') return []
    if (!declaration.id.name.endsWith('Input')) return []
    const text = file.text.slice(declaration.start, declaration.end)
    const members: string[] = []
    visit(parseSource({ path: file.path, text }), {
      TSPropertySignature: ({ key }) => key.type === 'Identifier' && members.push(key.name),
    })
    const parents =
      declaration.type === 'TSInterfaceDeclaration'
        ? declaration.extends.map(({ expression }) => expression)
        : [isReference(declaration.typeAnnotation) ? declaration.typeAnnotation.typeName : null]
    const names = parents.flatMap((parent) => (parent?.type === 'Identifier' ? [parent.name] : []))
    return [[declaration.id.name, { members: [...new Set(members)], extends: names }] as const]
  })
}

/** Of an input that is another one by another name. */
const isReference = (node: Node): node is TSTypeReference => node.type === 'TSTypeReference'

function inputsOf(inputs: ReadonlyMap<string, Input>, name: string): readonly string[] | null {
  const input = inputs.get(name)
  if (input === undefined) return null
  return [...input.extends.flatMap((parent) => inputsOf(inputs, parent) ?? []), ...input.members]
}

interface Row {
  readonly row: string
  readonly command: string
}

/** The rows of a dialect, in either form: `own('GET /me', { command })` or `route({ method, path, command })`. */
function readRows(file: SourceFile): readonly Row[] {
  const rows: Row[] = []
  visit(parseSource(file), {
    CallExpression({ arguments: [first, second] }) {
      const parts = partsOf(second?.type === 'ObjectExpression' ? second : first)
      const command = parts.get('command')
      const row =
        first?.type === 'Literal' ? first.value : ['method', 'path'].map((name) => literalOf(parts.get(name))).join(' ')
      if (command === undefined || typeof row !== 'string') return
      // A command may be wrapped in a function that changes when it is asked.
      const names = file.text.slice(command.start, command.end).match(/\w+/g) ?? []
      rows.push(...names.map((name) => ({ row, command: name })))
    },
  })
  return rows
}

function partsOf(node: Node | undefined): ReadonlyMap<string, Node> {
  if (node?.type !== 'ObjectExpression') return new Map()
  return new Map(
    node.properties.flatMap((property) =>
      property.type === 'Property' && property.key.type === 'Identifier'
        ? [[property.key.name, property.value] as const]
        : [],
    ),
  )
}

const literalOf = (node: Node | undefined): unknown => (node?.type === 'Literal' ? node.value : null)

const pascalCase = (name: string): string => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

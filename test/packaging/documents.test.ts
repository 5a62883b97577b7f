import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentFindings } from '../../scripts/check-documents.ts'
import { commandPageFindings } from '../../scripts/documents/command-page-findings.ts'
import { environmentFindings } from '../../scripts/documents/configuration-findings.ts'
import { differenceFindings } from '../../scripts/documents/difference-findings.ts'
import { errorTableFindings } from '../../scripts/documents/error-table-findings.ts'
import { eventFindings, readEventFacts } from '../../scripts/documents/event-findings.ts'
import { exampleFindings } from '../../scripts/documents/example-findings.ts'
import { linkFindings } from '../../scripts/documents/link-findings.ts'
import { performanceFindings } from '../../scripts/documents/performance-findings.ts'
import { placeFindings } from '../../scripts/documents/place-findings.ts'
import { readmeFindings } from '../../scripts/documents/readme-findings.ts'
import { literalOf, optionSections } from '../../scripts/make-configuration-doc.ts'
import { type CommandFacts, readCommandFacts } from '../../scripts/support/command-facts.ts'
import { type Document, readDocuments } from '../../scripts/support/documents.ts'
import type { Finding } from '../../scripts/support/finding.ts'
import { resolveConfig } from '../../src/config/resolve-config.ts'
import { outboxMailer } from '../../src/mailers/outbox-mailer.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { TEST_ORIGIN, TEST_SECRET } from '../support/test-auth.ts'
import { sketchTree } from './sketch-tree.ts'

const root = resolve(import.meta.dirname, '../..')

const page = (text: string, path = 'docs/a.md'): Document => ({ path, text })

const messagesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ message }) => message)

describe('the documents', () => {
  it('agree with the code', () => {
    expect(documentFindings(root)).toEqual([])
  })
})

describe('the rule about links', () => {
  const findingsFor = (files: Readonly<Record<string, string>>) => {
    const sketch = sketchTree(files)
    return linkFindings(sketch, readDocuments(sketch)).map(({ file, line, message }) => `${file}:${line} ${message}`)
  }

  it('accepts files, folders, headings and encrypted addresses', () => {
    const text = '[a](docs/b.md) [b](docs) [c](docs/b.md#one-more-thing-1) [d](#top) [e](https://acme.test)\n# Top\n'
    expect(findingsFor({ 'A.md': text, 'docs/b.md': '# One *more* thing!\n## One more thing\n' })).toEqual([])
  })

  it.each([
    ['a file', '[a](docs/c.md)', 'docs/c.md is not there'],
    ['a heading', '[a](docs/b.md#two)', 'docs/b.md#two: there is no such heading'],
    ['a heading of its own', '[a](#two)', '#two: there is no such heading'],
    ['an encrypted address', '[a](http://acme.test)', 'http://acme.test is not a link that is encrypted'],
  ])('misses %s', (_, text, message) => {
    expect(findingsFor({ 'A.md': `# Top\n\n${text}\n`, 'docs/b.md': '# One\n' })).toEqual([`A.md:3 ${message}`])
  })

  it('leaves code alone', () => {
    expect(findingsFor({ 'A.md': 'not `[a](b.md)`\n\n```md\n[a](b.md)\n# no heading\n```\n' })).toEqual([])
  })
})

describe('the rule about places in the code', () => {
  const sources = { 'src/auth.ts': 'export interface Auth { close(): void }', 'src/a.ts': 'const b = { c() {} }\n' }
  const findingsFor = (text: string) => messagesOf(placeFindings(sketchTree(sources), [page(text)]))

  it('accepts files, what they name, and functions of auth', () => {
    expect(
      findingsFor('`src/a.ts`, `src/a.ts: b`, `src/a.ts: c`, `auth.close()`, `other/a.ts` and `npm test`'),
    ).toEqual([])
  })

  it.each([
    ['`src/b.ts`', 'src/b.ts is not there'],
    ['`src/a.ts: d`', 'src/a.ts: d names nothing in that file'],
    ['`auth.open(input)`', 'auth.open(input) is not in src/auth.ts'],
  ])('refuses %s', (text, message) => {
    expect(findingsFor(text)).toEqual([message])
  })
})

describe('the rule about errors', () => {
  const facts = { meanings: { a_b: 'It is so.' }, statuses: { a_b: 401 }, fieldCodes: ['c_d'] }
  const tables = (row: string, field = '`c_d`') =>
    `## Codes\n\n| code | status | meaning | when |\n|---|---|---|---|\n${row}\n\n## Field codes\n\n| code |\n|---|\n| ${field} |\n`
  const findingsFor = (text: string) => messagesOf(errorTableFindings(page(text), facts))

  it('accepts a row for each code', () => {
    expect(findingsFor(tables('| `a_b` | 401 | It is so. | Always. |'))).toEqual([])
  })

  it.each([
    ['| `a_b` | 403 | It is so. | Always. |', 'a_b: the status is 401'],
    ['| `a_b` | 401 | It was so. | Always. |', 'a_b: the meaning is "It is so."'],
    ['| `a_b` | 401 | It is so. | |', 'a_b: it does not say when'],
    ['| `a_b` | 401 | It is so. | Always. |\n| `x` | 401 | No. | Never. |', 'x: there is no such code'],
    ['', 'a_b: this code has no row'],
  ])('refuses %s', (row, message) => {
    expect(findingsFor(tables(row))).toEqual([message])
  })

  it('wants the field codes as well', () => {
    const row = '| `a_b` | 401 | It is so. | Always. |'
    expect(findingsFor(tables(row, '`e`'))).toEqual([
      'c_d: this field code has no row',
      'e: there is no such field code',
    ])
  })
})

describe('the rule about what was measured', () => {
  const table = (value: string): string =>
    `| row | value | target | reached |\n|---|---|---|---|\n| \`log-in\` | ${value} | 1 | yes |\n`
  const timings = page(`## What it showed last\n\n2026-11-22, here.\n\n${table('0.9')}`, 'bench/README.md')
  const findingsFor = (text: string) =>
    messagesOf(performanceFindings(page(`## What was measured\n\n${text}`), timings))

  it('accepts the same figures of the same day', () => {
    expect(findingsFor(`On 2026-11-22.\n\n${table('0.9')}`)).toEqual([])
  })

  it.each([
    [`On 2026-11-22.\n\n${table('0.8')}`, 'quotes what bench/README.md does not say: `log-in` | 0.8 | 1 | yes'],
    ['On 2026-11-22.', 'does not quote bench/README.md: `log-in` | 0.9 | 1 | yes'],
    [`On 2025-11-22.\n\n${table('0.9')}`, 'quotes what bench/README.md does not say: 2025-11-22'],
  ])('refuses %j', (text, message) => {
    expect(findingsFor(text)).toContain(message)
  })
})

describe('the rule about events', () => {
  const contract = `export interface EventMap {
  readonly happened: { readonly user: Account; readonly by: 'a' | 'b' }
}
export interface Hooks {
  readonly beforeIt?: (user: { readonly name: string }) => void
}
`
  const tables = (event: string, hook = '`beforeIt`') =>
    `## Events\n\n| event | when | fields |\n|---|---|---|\n${event}\n\n## Hooks\n\n| hook | asked |\n|---|---|\n| ${hook} | a |\n`
  const findingsFor = (text: string) =>
    messagesOf(eventFindings(page(text), readEventFacts(sketchTree({ 'src/contracts/hooks.ts': contract }))))

  it('accepts a row for each event and hook, with the fields in their order', () => {
    expect(findingsFor(tables('| `happened` | then | `user`, `by` |'))).toEqual([])
  })

  it.each([
    ['| `happened` | then | `user` |', '`beforeIt`', 'happened: its fields are user, by'],
    ['', '`beforeIt`', 'happened: this event has no row'],
    ['| `happened` | then | `user`, `by` |\n| `x` | never | |', '`beforeIt`', 'x: there is no such event'],
    ['| `happened` | then | `user`, `by` |', 'nothing', 'beforeIt: this hook has no row'],
  ])('refuses %j with %j', (event, hook, message) => {
    expect(findingsFor(tables(event, hook))).toEqual([message])
  })
})

describe('the rule about pages of commands', () => {
  const facts: CommandFacts = {
    name: 'log-in',
    inputs: ['password'],
    codes: new Set(['invalid_credentials', 'wrong_current_password', 'overloaded']),
    events: new Set(['userLoggedIn']),
    hooks: new Set(['beforeLogin']),
    rows: ['POST /login'],
  }
  const good = `# log-in

## Purpose

| as | call |
|---|---|
| function | \`auth.login(input)\` |
| HTTP | \`POST /login\` |

## Input

| name | what |
|---|---|
| \`password\` | a |

## Result

## Error codes

| code | when |
|---|---|
| \`invalid_credentials\` | a |
| \`overloaded\` | a |

## Hooks and events

| name | when |
|---|---|
| \`beforeLogin\` | a |
| \`userLoggedIn\` | a |

## Options

[\`login.a\`](../b.md)

## Security notes
`
  const findingsFor = (text: string) =>
    messagesOf(commandPageFindings([page(text, 'docs/commands/log-in.md')], [facts], new Set(['login.a'])))

  it('accepts a page that names what the code does', () => {
    expect(findingsFor(good)).toEqual([])
  })

  it.each([
    ['# log-in', '# login', 'must begin with "# log-in"'],
    ['## Result', '## Outcome', 'must have the headings'],
    ['`POST /login`', '`POST /sign-in`', 'misses the row POST /login'],
    ['`password`', '`secret`', 'misses the input password'],
    ['| `overloaded` | a |\n', '', 'misses the error code overloaded'],
    ['`overloaded`', '`not_found`', 'tells of the error code not_found, which there is not'],
    ['| `invalid_credentials` | a |\n', '', 'must tell of one of invalid_credentials'],
    ['`userLoggedIn`', '`userLoggedOut`', 'misses the hook or event userLoggedIn'],
    ['login.a', 'login.b', 'names the option login.b, which there is not'],
  ])('refuses a page in which %j is %j', (from, to, message) => {
    expect(findingsFor(good.replace(from, to))).toContainEqual(expect.stringContaining(message))
  })

  it('wants a page for each command, and no other', () => {
    expect(messagesOf(commandPageFindings([], [facts], new Set()))).toEqual(['is missing'])
    const other = page('', 'docs/commands/other.md')
    expect(messagesOf(commandPageFindings([other], [], new Set()))).toEqual(['is about no command'])
  })
})

describe('what is read of a command', () => {
  const steps = `import { AuthError } from '../../errors.ts'
export function used(ctx) { if (ctx) throw new AuthError(ctx.a ? 'one' : 'two') }
export function unused() { throw new AuthError('three') }
export const hash = (ctx) => ctx.hasher.hash({})
`
  const command = `import { hash, used } from './steps/a.ts'
export interface LogInInput { readonly name: string }
export async function logIn(ctx, input) { used(ctx); await hash(ctx); ctx.emit('happened', {}); ctx.hooks.beforeLogin?.(1) }
`
  const routes = "own('POST /in', { command: logIn })\nroute({ method: 'GET', path: '/in', command: wrapped(logIn) })\n"

  it('is what it can reach, function by function', () => {
    const sketch = sketchTree({
      'src/commands/log-in.ts': command,
      'src/commands/steps/a.ts': steps,
      'src/dialects/portress-api/routes.ts': routes,
    })
    expect(readCommandFacts(sketch)).toEqual([
      {
        name: 'log-in',
        inputs: ['name'],
        codes: new Set(['one', 'two', 'overloaded']),
        events: new Set(['happened']),
        hooks: new Set(['beforeLogin']),
        rows: ['POST /in', 'GET /in'],
      },
    ])
  })
})

describe('the rule about variables', () => {
  const table = page('## Environment\n\n| variable |\n|---|\n| `HOST` |\n| `PORT` |\n')

  it('wants those that are read, and no other', () => {
    expect(environmentFindings(table, ['HOST', 'PORT'])).toEqual([])
    expect(messagesOf(environmentFindings(table, ['HOST', 'DATABASE']))).toEqual([
      'misses the variable DATABASE',
      'tells of PORT, which nothing reads',
    ])
  })
})

describe('the rule about examples', () => {
  it('compiles each block by itself, or together with those of its page that have a name', () => {
    const named =
      "```ts\n// a.ts\nexport const a = 1\n```\n\n```ts\nimport { a } from './a.ts'\nexport const b: string = a\n```\n"
    expect(exampleFindings(root, [page(named)])).toMatchObject([{ file: 'docs/a.md', line: 8, rule: 'examples' }])
  })

  it('knows nothing but what a user could import', () => {
    const text = "```ts\nimport { login } from 'portress/commands/login'\n\nlogin()\n```\n"
    expect(messagesOf(exampleFindings(root, [page(text)])).join()).toContain('portress/commands/login')
  })
})

describe('the rule about differences between examples', () => {
  const programs = [
    { path: 'examples/embed-node.ts', text: 'a\nb\n' },
    { path: 'examples/other.ts', text: 'a\nc\n' },
    { path: 'examples/login/s01-one.ts', text: 'stands for itself\n' },
  ]
  const findingsFor = (lines: string) =>
    messagesOf(differenceFindings(page(`# Examples\n\n## other.ts\n\n\`\`\`diff\n${lines}\n\`\`\`\n`), programs))

  it('wants every line that differs, and no other', () => {
    expect(findingsFor('-b\n+c')).toEqual([])
    expect(findingsFor('-b\n+d')).toEqual(['does not show of other.ts: +c', 'shows of other.ts what is not so: +d'])
  })
})

describe('the rule about the front page', () => {
  it('keeps it below 120 lines, with three pictures at most', () => {
    expect(readmeFindings(page(`${'a\n'.repeat(116)}${'![a](b)\n'.repeat(3)}`))).toEqual([])
    expect(readmeFindings(page('a\n'.repeat(120)))).toHaveLength(1)
    expect(readmeFindings(page('![a](b) ![a](b) ![a](b) ![a](b)'))).toHaveLength(1)
  })
})

describe('the defaults that doc comments tell', () => {
  const config = resolveConfig({
    store: sqlite(':memory:'),
    secrets: [TEST_SECRET],
    site: { name: 'Acme', origin: TEST_ORIGIN },
    mailer: { ...outboxMailer(), sentMails: 'erase' },
  })
  const told = optionSections(root).flatMap(({ path, topic }) =>
    topic.options.flatMap((option) => {
      const literal = path === null || option.default === null ? null : literalOf(option.default)
      return literal === null
        ? []
        : [{ name: path ? `${path}.${option.name}` : option.name, text: option.default ?? '', literal }]
    }),
  )

  /** Options that are kept in another form than they are given in. */
  const kept: Readonly<Record<string, unknown>> = {
    'site.trustedOrigins': [...config.site.trustedOrigins].filter((origin) => origin !== TEST_ORIGIN),
    'cookies.dangerouslyAllowPlainHttp': !config.cookies.isSecure,
    'user.atInUsernames': config.user.allowAt ? 'allowed' : 'refused',
    'lockout.keys': config.lockout.keys.flat(),
    'lockout.firstLockSeconds': config.lockout.lockTiersSeconds?.[0],
    'lockout.maxLockSeconds': config.lockout.lockTiersSeconds?.at(-1),
    'lockout.dangerouslyPermanent': config.lockout.lockTiersSeconds === null,
    'lockout.neverLock.identifiers': [...config.lockout.neverLock.identifiers],
    'lockout.alwaysRefuse.identifiers': [...config.lockout.alwaysRefuse.identifiers],
    ...Object.fromEntries(
      Object.entries(config.mail.links).map(([name, link]) => [`mail.links.${name}`, link.replace(TEST_ORIGIN, '')]),
    ),
  }

  it('are more than a few', () => {
    expect(told.length).toBeGreaterThan(45)
  })

  it.each(told)('are those that createAuth uses: $name is $text', ({ name, text, literal }) => {
    const value = Object.hasOwn(kept, name) ? kept[name] : valueAt(config, name)
    expect(value).toEqual(rateOf(text) ?? JSON.parse(literal.replaceAll("'", '"')))
  })
})

function valueAt(config: object, name: string): unknown {
  return name.split('.').reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>>)[part], config)
}

/** `5 an hour` as a rate limit is kept. */
function rateOf(text: string): object | null {
  const [, count, unit] = /^(\d+) an? (minute|hour)$/.exec(text) ?? []
  return count === undefined ? null : { count: Number(count), perSeconds: unit === 'hour' ? 3600 : 60 }
}

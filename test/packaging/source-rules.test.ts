import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { ambientFindings } from '../../scripts/check-ambient.ts'
import { layoutFindings } from '../../scripts/check-layout.ts'
import { repositoryFindings } from '../../scripts/check-repository.ts'
import { sizeFindings } from '../../scripts/check-sizes.ts'
import { suppressionFindings } from '../../scripts/check-suppressions.ts'
import type { Finding } from '../../scripts/support/finding.ts'
import { sketchTree } from './sketch-tree.ts'

type Files = Readonly<Record<string, string>>

function lines(count: number, line = 'call()'): string {
  return `${line}\n`.repeat(count)
}

function rulesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ rule }) => rule)
}

describe('the size rules', () => {
  const rulesFor = (files: Files) => rulesOf(sizeFindings(sketchTree(files)))

  it('accept 300 lines of code and refuse 301', () => {
    expect(rulesFor({ 'src/a.ts': lines(300) })).toEqual([])
    expect(rulesFor({ 'src/a.ts': lines(301) })).toEqual(['file-size'])
  })

  it('do not count blank lines and comments', () => {
    const text = `/**\n${lines(40, ' * prose')} */\n${lines(40, '// prose')}${lines(40, '')}${lines(300)}`
    expect(rulesFor({ 'src/a.ts': text })).toEqual([])
  })

  it('count a text that looks like a comment', () => {
    expect(rulesFor({ 'src/a.ts': `const text = \`\n${lines(300, '// not a comment')}\`` })).toEqual(['file-size'])
  })

  it('give a file of tests 600 lines', () => {
    expect(rulesFor({ 'test/a.test.ts': lines(600) })).toEqual([])
    expect(rulesFor({ 'test/a.test.ts': lines(601) })).toEqual(['file-size'])
  })

  it.each([
    ['a declaration', (body: string) => `function f() {\n${body}}`],
    ['an arrow function', (body: string) => `const f = () => {\n${body}}`],
    ['a method', (body: string) => `const o = { f() {\n${body}} }`],
  ])('accept %s of 60 lines and refuse one of 61', (_, functionWith) => {
    expect(rulesFor({ 'src/a.ts': functionWith(lines(58)) })).toEqual([])
    expect(rulesFor({ 'src/a.ts': functionWith(lines(59)) })).toEqual(['function-size'])
  })

  it('spare suites, not the tests in them', () => {
    expect(rulesFor({ 'test/a.test.ts': `describe('x', () => {\n${lines(100)}})` })).toEqual([])
    expect(rulesFor({ 'test/a.test.ts': `describe.each([1])('x', () => {\n${lines(100)}})` })).toEqual([])
    expect(rulesFor({ 'test/a.test.ts': `it('x', () => {\n${lines(100)}})` })).toEqual(['function-size'])
  })

  it('accept three levels of statements and refuse a fourth', () => {
    expect(rulesFor({ 'src/a.ts': 'for (;;) { if (a) { try { b() } finally { c() } } }' })).toEqual([])
    expect(rulesFor({ 'src/a.ts': 'for (;;) { if (a) { try { while (b) c() } finally { d() } } }' })).toEqual(['depth'])
  })

  it('count the levels of each function anew, and `else if` as one level', () => {
    const nested = 'for (;;) { if (a) { try { run(() => { if (b) c() }) } finally { d() } } }'
    const ladder = 'if (a) b()\nelse if (c) d()\nelse if (e) f()\nelse if (g) h()\nelse if (i) j()'
    expect(rulesFor({ 'src/a.ts': nested, 'src/b.ts': ladder })).toEqual([])
  })
})

describe('the rule that nothing is ambient', () => {
  const rulesFor = (files: Files) => rulesOf(ambientFindings(sketchTree(files)))

  it.each([
    'Date.now()',
    'const now = Date.now',
    "Date['now']()",
    'globalThis.Date.now()',
    'new Date()',
    'new globalThis.Date()',
    'Date()',
    'Math.random()',
    'globalThis.process.env',
  ])('refuses in a command: %s', (text) => {
    expect(rulesFor({ 'src/commands/a.ts': text })).toEqual(['nothing-ambient'])
  })

  it('accepts a date made from a value, and other members of the same objects', () => {
    const text = "new Date(0); new Date('2026-01-01'); Date.parse(x); Math.max(1, 2); clock.now(); x.Date.now()"
    expect(rulesFor({ 'src/commands/a.ts': text })).toEqual([])
  })

  it('knows who may look at the clock', () => {
    const text = 'Date.now(); new Date()'
    expect(rulesFor({ 'src/config/system-clock.ts': text, 'src/cli/a.ts': text, 'bench/a.ts': text })).toEqual([])
    expect(rulesFor({ 'src/hosts/a.ts': text })).toEqual(['nothing-ambient'])
    expect(rulesFor({ 'src/commands/a.test.ts': text })).toEqual([])
  })
})

describe('the rule against silent suppressions', () => {
  const rulesFor = (text: string) => rulesOf(suppressionFindings(sketchTree({ 'test/a.test.ts': text })))

  it.each([
    '// @ts-ignore because the types are wrong',
    '// @ts-nocheck',
    '// @ts-expect-error',
    '/* @ts-expect-error */',
    '// biome-ignore lint/suspicious/noExplicitAny: x',
    '// biome-ignore lint/suspicious/noExplicitAny',
    '// biome-ignore-all lint/suspicious/noExplicitAny: -',
  ])('refuses %s', (text) => {
    expect(rulesFor(text)).toEqual(['no-silent-suppression'])
  })

  it.each([
    '// @ts-expect-error: the option must be a number',
    '// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for',
    '// nobody writes @ts-ignore here',
    "const text = '// @ts-ignore'",
  ])('accepts %s', (text) => {
    expect(rulesFor(text)).toEqual([])
  })

  it.each([
    "it.skip('x', () => {})",
    "it.only('x', () => {})",
    "test.todo('x')",
    "describe.skip('x', () => {})",
    "it.concurrent.only('x', () => {})",
    "it.skipIf(true)('x', () => {})",
    "describe.runIf(true)('x', () => {})",
    "it.fails('x', () => {})",
  ])('refuses %s', (text) => {
    expect(rulesFor(text)).toEqual(['no-left-out-test'])
  })

  it('accepts a test that leaves itself out and says why', () => {
    expect(rulesFor("it('x', ({ skip }) => { skip('a standalone server has no transactions') })")).toEqual([])
    expect(rulesFor("it('x', (context) => { context.skip('no transactions') })")).toEqual([])
  })
})

describe('the layout rules', () => {
  const manifest = JSON.stringify({
    bin: { portress: 'dist/cli/main.js' },
    exports: { './testing': { types: './dist/testing/index.d.ts', default: './dist/testing/index.js' } },
  })
  const house = { 'package.json': manifest, 'src/cli/main.ts': '', 'src/testing/index.ts': '' }
  const findingsFor = (files: Files) => layoutFindings(sketchTree(files)).map(({ rule, file }) => [rule, file])

  it('accept a house whose entry points are there', () => {
    expect(findingsFor(house)).toEqual([])
  })

  it('miss an entry point', () => {
    expect(findingsFor({ 'package.json': manifest, 'src/cli/main.ts': '' })).toEqual([
      ['entry-points', 'src/testing/index.ts'],
    ])
  })

  it('refuse an index that is no entry point', () => {
    expect(findingsFor({ ...house, 'src/commands/index.ts': '' })).toEqual([['entry-points', 'src/commands/index.ts']])
  })

  it('refuse a third folder below src', () => {
    expect(findingsFor({ ...house, 'src/a/b/c.ts': '' })).toEqual([])
    expect(findingsFor({ ...house, 'src/a/b/c/d.ts': '' })).toEqual([['depth', 'src/a/b/c/d.ts']])
  })
})

describe('the repository rules', () => {
  const lockfile = {
    'package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } }),
  }
  const rulesFor = (files: Files) => {
    const root = sketchTree({ ...lockfile, '.gitignore': 'ignored/\n', ...files })
    execFileSync('git', ['init', '--quiet'], { cwd: root })
    return rulesOf(repositoryFindings(root))
  }
  // Put together here, because this file is looked through as well.
  const machinePath = (folder: string) => ['', folder, 'portress', 'README.md'].join('/')
  const registry = (host: string) => ['https:', '', host, 'portress'].join('/')

  it('refuse carriage returns', () => {
    expect(rulesFor({ 'a.md': 'one\r\ntwo\n' })).toEqual(['line-ends'])
  })

  it.each(['work', 'home', 'tmp', 'root', 'Users'])('refuse a path below /%s', (folder) => {
    expect(rulesFor({ 'a.md': `see ${machinePath(folder)}` })).toEqual(['machine-paths'])
    expect(rulesFor({ 'a.ts': `open('${machinePath(folder)}')` })).toEqual(['machine-paths'])
  })

  it('accept the same words inside another path', () => {
    expect(rulesFor({ 'a.md': `https://acme.test${machinePath('home')} ./src${machinePath('work')}` })).toEqual([])
  })

  it('refuse the address of a registry', () => {
    expect(rulesFor({ 'a.md': registry('registry.acme.test') })).toEqual(['registry-addresses'])
    expect(rulesFor({ '.npmrc': `registry=${registry('acme.test')}` })).toEqual(['registry-addresses'])
  })

  it('refuse a lockfile that says where packages came from', () => {
    const packages = { 'node_modules/a': { resolved: registry('acme.test') } }
    expect(rulesFor({ 'package-lock.json': JSON.stringify({ packages }) })).toEqual(['lockfile'])
  })

  it('refuse a lockfile that npm ci would refuse, and find packages where Node finds them', () => {
    const optionalDependencies = { 'a-linux-x64': '1.0.0', 'a-darwin-arm64': '1.0.0' }
    const dependent = 'node_modules/b/node_modules/a'
    const rulesWith = (...names: readonly string[]) => {
      const packages = { [dependent]: { optionalDependencies }, ...Object.fromEntries(names.map((name) => [name, {}])) }
      return rulesFor({ 'package-lock.json': JSON.stringify({ packages }) })
    }
    expect(rulesWith(`${dependent}/node_modules/a-linux-x64`)).toEqual(['lockfile'])
    expect(rulesWith('node_modules/b/node_modules/a-linux-x64', 'node_modules/a-darwin-arm64')).toEqual([])
    expect(rulesWith('node_modules/c/node_modules/a-linux-x64', 'node_modules/a-darwin-arm64')).toEqual(['lockfile'])
  })

  it('leave alone what git ignores and what is not text', () => {
    expect(rulesFor({ 'ignored/a.md': 'one\r\n', 'picture.png': `\0${machinePath('home')}\r` })).toEqual([])
  })
})

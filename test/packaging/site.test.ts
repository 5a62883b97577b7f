/** The site that `npm run docs` makes of the documents. Links are checked by what builds it: one that leads nowhere ends the build. */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

let site: string
let told: string

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'portress-site-'))
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { docs: string } }
  const [name = '', ...args] = scripts.docs.split(' ')
  const program = join(root, 'node_modules/.bin', name)
  const { stdout, stderr } = await run(program, [...args, '--outDir', site], { cwd: root })
  told = stdout + stderr
})

afterAll(() => rmSync(site, { recursive: true }))

const read = (file: string): string => readFileSync(join(site, file), 'utf8')

const pages = (): readonly string[] =>
  readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'))

describe('the site of the documents', () => {
  it('is built without a warning', () => {
    expect(told).toContain('build complete')
    expect(told).not.toMatch(/warn/i)
  })

  it('has a page for each document, and their folders', () => {
    const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.md'),
    )
    const expected = documents.map((file) => file.replace(/README\.md$/, 'index.md').replace(/md$/, 'html'))
    expect(expected.length).toBeGreaterThan(100)
    expect(expected.filter((file) => !existsSync(join(site, file)))).toEqual([])
    expect(read('index.html')).toContain('href="/quick-start"')
    expect(read('commands/login.html')).toContain('href="/configuration#lockout"')
  })

  it('has programs and pictures that pages lead to', () => {
    expect(read('examples/login/index.html')).toContain('href="/examples/login/s01-descriptive-user.ts.txt"')
    expect(read('examples/login/s01-descriptive-user.ts.txt')).toBe(
      readFileSync(join(root, 'examples/login/s01-descriptive-user.ts'), 'utf8'),
    )
    const [, picture = ''] = /<img src="\/(assets\/admin-users\.[^"]+)"/.exec(read('guides/admin.html')) ?? []
    expect(existsSync(join(site, picture))).toBe(true)
  })

  it('leads to headings that are there', () => {
    const anchors = new Map(pages().map((file) => [file, new Set(matches(read(file), / id="([^"]+)"/g))]))
    const broken = pages().flatMap((file) =>
      matches(read(file), / href="(\/[^"]*#[^"]+)"/g).filter((href) => {
        const [path = '', anchor = ''] = href.slice(1).split('#')
        const page = path === '' || path.endsWith('/') ? `${path}index.html` : `${path}.html`
        return !anchors.get(page)?.has(decodeURIComponent(anchor))
      }),
    )
    expect(broken).toEqual([])
  })

  it('can be searched, and asks nobody else for anything', () => {
    const chunks = readdirSync(join(site, 'assets/chunks'))
    const index = chunks.find((file) => file.startsWith('@localSearchIndex')) ?? ''
    const found = read(`assets/chunks/${index}`)
    // Words are kept as they are searched for, in small letters.
    const wanted = ['/threat-model#', '/quick-start#', '/commands/login#', '["userlockedout",']
    expect(wanted.filter((word) => !found.includes(word))).toEqual([])
    const foreign = pages().flatMap((file) =>
      matches(read(file), /<(?:script|link|img)[^>]+(?:src|href)="(https?:[^"]+)"/g),
    )
    expect(foreign).toEqual([])
  })
})

const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found)

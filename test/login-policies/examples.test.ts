/** The programs in examples/login: each rebuilds a way to log in that people ask for, and prints what comes of it. */
import { execFile } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsumerProject, consumerProject } from '../support/consumer-project.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = 'examples/login'
const programs = readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))
const run = promisify(execFile)

let project: ConsumerProject

beforeAll(() => {
  project = consumerProject()
  cpSync(join(root, 'examples'), join(project.folder, 'examples'), { recursive: true })
})

afterAll(() => project.remove())

describe('the programs in examples/login', () => {
  it.each(programs)('%s prints what it says', async (name) => {
    const { stdout, stderr } = await run(process.execPath, [join(folder, name)], { cwd: project.folder })
    expect({ stdout, stderr }).toEqual({ stdout: promisedOutput(name), stderr: '' })
  })

  it('show every system of the collection', () => {
    const systems = programs.flatMap((name) => /^s(\d\d)-/.exec(name)?.[1] ?? [])
    expect(systems.map(Number)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1))
  })

  it('are all described in the page beside them', () => {
    const page = readFileSync(join(root, folder, 'README.md'), 'utf8')
    expect(programs.filter((name) => !page.includes(`(${name})`))).toEqual([])
  })
})

/** The lines of the comment that ends the program. */
function promisedOutput(name: string): string {
  const [, lines = ''] = /\/\* prints:\n([\s\S]*?)\*\/\n$/.exec(readFileSync(join(root, folder, name), 'utf8')) ?? []
  if (lines === '') throw new Error(`${name} does not end with a comment that says what it prints`)
  return lines
}

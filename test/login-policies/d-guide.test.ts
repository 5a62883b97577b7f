/** The guide about logging in by e-mail, user name or both: its programs do what the page says. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeBlocks, readDocuments } from '../../scripts/support/documents.ts'
import { type ConsumerProject, consumerProject } from '../support/consumer-project.ts'

const run = promisify(execFile)
const page = 'docs/guides/log-in-by-email-username-or-both.md'
const documents = readDocuments(resolve(import.meta.dirname, '../..'))

let project: ConsumerProject
let folder: string

beforeAll(() => {
  project = consumerProject()
  folder = join(project.folder, 'guide')
  mkdirSync(folder)
  const blocks = documents.filter(({ path }) => path === page).flatMap(codeBlocks)
  for (const { language, code } of blocks) {
    const name = /^\/\/ ([\w-]+\.ts)\n/.exec(code)?.[1]
    if (language === 'ts' && name !== undefined) writeFileSync(join(folder, name), code)
  }
})

afterAll(() => project.remove())

interface Visit {
  readonly program: string
  /** Who is there, as the program would write it. */
  readonly account: string
  readonly address?: string
}

/** Who comes in by what, on the site that a program of the page exports. */
async function enter(
  { program, account, address = '10.0.0.7' }: Visit,
  typed: readonly string[],
): Promise<readonly string[]> {
  const walk = `
    import { AuthError } from 'portress'
    import { auth } from './${program}'
    const password = 'otter by the weir'
    await auth.createUser({ password, passwordCheck: 'enforced', ...${account} })
    for (const identifier of ${JSON.stringify(typed)}) {
      try {
        const { user, issued } = await auth.login({ identifier, password }, { address: '${address}' })
        console.log(user.username + ' by ' + issued.session.backend)
      } catch (error) {
        if (!(error instanceof AuthError)) throw error
        console.log(error.code)
      }
    }
    await auth.close()
  `
  writeFileSync(join(folder, 'walk.ts'), walk)
  const { stdout } = await run(process.execPath, ['walk.ts'], { cwd: folder })
  return stdout.trim().split('\n')
}

const ann = `{ username: 'Ann', email: 'ann@example.org' }`

describe('the guide about logging in', () => {
  it('D3: lets in by name and by address, in any case', async () => {
    const entered = await enter({ program: 'accounts.ts', account: ann }, ['ann', 'ANN@example.org', 'bob'])
    expect(entered).toEqual(['Ann by password', 'Ann by password', 'invalid_credentials'])
  })

  it('D5: lets in by an address only where the record says that it is proven', async () => {
    const record = `{ username: 'Ann', email: 'ann@example.org', profiles: { verification: { verified: true } } }`
    const typed = ['ann@example.org', 'ann']
    expect(await enter({ program: 'verification-record.ts', account: record }, typed)).toEqual([
      'Ann by password',
      'Ann by password',
    ])
    expect(await enter({ program: 'verification-record.ts', account: ann }, typed)).toEqual([
      'invalid_credentials',
      'Ann by password',
    ])
  })

  it('D7: lets in by a telephone number, however it is written', async () => {
    const account = `{ username: 'Ann', email: null, fields: { phone: '+49301234567' } }`
    const entered = await enter({ program: 'phone.ts', account }, ['030 123-4567', '+49 30 1234567', '030 7654321'])
    expect(entered).toEqual(['Ann by password', 'Ann by password', 'invalid_credentials'])
  })

  it('D7: lets in by several backends, and nobody from outside of the house', async () => {
    const typed = ['ann', 'ann@example.org']
    expect(await enter({ program: 'several.ts', account: ann }, typed)).toEqual(['Ann by names', 'Ann by addresses'])
    expect(await enter({ program: 'several.ts', account: ann, address: '192.0.2.1' }, typed)).toEqual([
      'invalid_credentials',
      'invalid_credentials',
    ])
  })
})

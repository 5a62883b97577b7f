import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { exampleBlocks } from '../../scripts/documents/example-findings.ts'
import { codeBlocks, type Document, readDocuments } from '../../scripts/support/documents.ts'
import { newWorkplace } from '../cli/portress.ts'
import { type ConsumerProject, consumerProject } from '../support/consumer-project.ts'
import { freePort } from '../support/free-port.ts'

const root = resolve(import.meta.dirname, '../..')
const documents = readDocuments(root)
const blocks = exampleBlocks(documents)
const run = promisify(execFile)
const variables = { PORTRESS_SECRET: 'k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU' }

let project: ConsumerProject

beforeAll(() => {
  project = consumerProject()
  cpSync(join(root, 'examples'), join(project.folder, 'examples'), { recursive: true })
  for (const { file, text } of blocks) {
    mkdirSync(dirname(join(project.folder, file)), { recursive: true })
    writeFileSync(join(project.folder, file), text)
  }
})

afterAll(() => project.remove())

describe('the tests in the pages', () => {
  it('pass: each page about a contract ends with one, and so does the guide about tests', async () => {
    const tests = blocks.filter(({ file }) => file.endsWith('.test.ts'))
    const pages = documents.map(({ path }) => path).filter((path) => path.startsWith('docs/contracts/'))
    expect(tests.map(({ from }) => from.path)).toEqual([...pages, 'docs/guides/test-your-app.md'])
    const report = await runTests(tests.map(({ file }) => file))
    expect(report.testResults).toHaveLength(tests.length)
    const asserted = report.testResults.flatMap((file) => file.assertionResults)
    expect(asserted.filter(({ status }) => status !== 'passed')).toEqual([])
    expect(report.success).toBe(true)
  })
})

interface TestReport {
  readonly success: boolean
  readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string }[] }[]
}

/** Runs tests in the project as its owner would, with the patience of our own suite. */
async function runTests(files: readonly string[]): Promise<TestReport> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const outputFile = join(project.folder, 'report.json')
  const options = ['--reporter=json', `--outputFile=${outputFile}`, '--testTimeout=30000']
  const child = spawn(process.execPath, [vitest, 'run', ...options, ...files], { cwd: project.folder, stdio: 'ignore' })
  await once(child, 'close')
  return JSON.parse(readFileSync(outputFile, 'utf8'))
}

describe('the programs in examples/', () => {
  it.each(readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts')))(
    '%s takes a new user all the way to its own page',
    async (name) => {
      const site = await startProgram(join('examples', name))
      const headers = { authorization: `Bearer ${await becomeAnn(site)}`, 'content-type': 'application/json' }
      expect((await fetch(`${site}/hello`)).status).toBe(401)
      expect((await fetch(`${site}/hello`, { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401)
      expect(await (await fetch(`${site}/hello`, { headers })).text()).toMatch(/^Hello ann\b/)
    },
  )

  it('custom-field.ts keeps the field, and checks it', async () => {
    const site = await startProgram('examples/custom-field.ts')
    const headers = { authorization: `Bearer ${await becomeAnn(site)}`, 'content-type': 'application/json' }
    const change = (description: string) =>
      fetch(`${site}/api/me`, { method: 'PATCH', headers, body: JSON.stringify({ description }) })
    expect(await (await fetch(`${site}/hello`, { headers })).text()).toBe('Hello ann: None.\n')
    expect((await change('x'.repeat(51))).status).toBe(400)
    expect((await change('by the weir')).status).toBe(200)
    expect(await (await fetch(`${site}/hello`, { headers })).text()).toBe('Hello ann: by the weir.\n')
  })

  it('rest-auth-profile.ts reads and changes the profile together with the user', async () => {
    const site = await startProgram('examples/rest-auth-profile.ts')
    const bearer = { authorization: `Bearer ${await becomeAnn(site)}` }
    expect(await (await fetch(`${site}/hello`, { headers: bearer })).text()).toBe('Hello ann of no company.\n')
    const send = (row: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> => {
      const [method = '', path] = row.split(' ')
      const type = { 'content-type': 'application/json' }
      return fetch(`${site}/dj-rest-auth/${path}`, {
        method,
        headers: { ...type, ...headers },
        body: JSON.stringify(body),
      })
    }
    const login = await send('POST login/', { username: 'ann', password: 'otter by the weir' })
    const token = { authorization: `Token ${(JSON.parse(await login.text()) as { readonly key: string }).key}` }
    const change = { first_name: 'Ann', company_name: 'Weir and Sons' }
    expect(await (await send('PATCH user/', change, token)).json()).toMatchObject({ username: 'ann', ...change })
    const read = await fetch(`${site}/dj-rest-auth/user/`, { headers: token })
    expect(await read.json()).toMatchObject({ username: 'ann', ...change })
    expect((await send('PATCH user/', { company_name: 'x'.repeat(101) }, token)).status).toBe(400)
    expect(await (await fetch(`${site}/hello`, { headers: bearer })).text()).toBe('Hello ann of Weir and Sons.\n')
  })
})

describe.each(['README.md', 'docs/quick-start.md'])('%s', (name) => {
  const readme = documents.find(({ path }) => path === name) ?? { path: name, text: '' }

  it('has a program that serves', async () => {
    const port = await freePort()
    const programs = name === 'README.md' ? codeOf(readme, 'ts').slice(0, 1) : codeOf(readme, 'ts')
    const folder = join(project.folder, name.replaceAll(/\W/g, '-'))
    mkdirSync(folder)
    for (const program of programs) {
      const [, file = 'server.ts'] = /^\/\/ ([\w.]+)\n/.exec(program) ?? []
      writeFileSync(join(folder, file), program.replaceAll(/\b300[01]\b/g, String(port)))
    }
    await start([join(folder, 'server.ts')], port)
    const answer = await fetch(`http://127.0.0.1:${port}/api/openapi.json`)
    expect(await answer.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) })
  })

  it('walks a new user to /api/me when its lines are pasted', async ({ skip }) => {
    if (spawnSync('curl', ['--version']).error && !process.env['CI']) skip('there is no curl here')
    const served = await newWorkplace().serve()
    const walk = codeOf(readme, 'sh').find((code) => code.includes('/api/me')) ?? ''
    const { stdout } = await run('sh', ['-c', walk.replace('http://127.0.0.1:3000', served.url)])
    const [last = '', ...others] = stdout
      .trim()
      .split(/\n|(?<=\})(?=\{)/)
      .toReversed()
    expect(JSON.parse(last)).toMatchObject({ user: { username: 'ann', email: 'ann@example.org', emailVerified: true } })
    expect(others).toHaveLength(2)
  })
})

describe('the guide about fields', () => {
  it('has a configuration that the commands of the guide can work with', async () => {
    const folder = join(project.folder, 'docs-guides-add-your-own-fields')
    const portress = (...args: readonly string[]) =>
      run(process.execPath, [join(project.installed, 'dist/cli/main.js'), ...args, '--json'], {
        cwd: folder,
        env: { ...process.env, ...variables },
      })
    const made = JSON.parse((await portress('makemigrations')).stdout)
    expect(made).toMatchObject({ file: expect.stringContaining('migrations'), dropped: [] })
    expect(JSON.parse((await portress('migrate')).stdout)).toMatchObject({ pending: [], problems: [] })
    expect(JSON.parse((await portress('makemigrations')).stdout)).toMatchObject({ file: null })
  })
})

describe('the guide about the user model', () => {
  it('runs as it is written, from the migration to what it prints', async () => {
    const guide = documents.find(({ path }) => path === 'docs/guides/custom-user-model.md')
    const [migrate = '', createSuperuser = ''] = guide === undefined ? [] : codeOf(guide, 'sh')
    const [, printed] = guide === undefined ? [] : codeOf(guide, 'text')
    const cwd = join(project.folder, 'docs-guides-custom-user-model')
    const portress = `'${process.execPath}' '${join(project.installed, 'dist/cli/main.js')}'`
    const shell = (script: string) =>
      run('sh', ['-ec', script.replaceAll('npx portress', portress)], { cwd, env: { ...process.env, ...variables } })
    await shell(migrate)
    expect((await shell(createSuperuser)).stdout).toBe('Superuser created successfully.\n')
    const { stdout } = await shell(`'${process.execPath}' members.ts`)
    expect(stdout.trimEnd()).toBe(printed?.trimEnd())
  })
})

describe('the guide about guessers', () => {
  it('locks, lists, exports and unlocks as it is written', async () => {
    const guide = documents.find(({ path }) => path === 'docs/guides/lock-out-guessers.md')
    const [commands = ''] = guide === undefined ? [] : codeOf(guide, 'sh')
    const [said = ''] = guide === undefined ? [] : codeOf(guide, 'text')
    const cwd = join(project.folder, 'docs-guides-lock-out-guessers')
    const node = `'${process.execPath}'`
    const script = commands
      .replaceAll('npx portress', `${node} '${join(project.installed, 'dist/cli/main.js')}'`)
      .replace(/^node /m, `${node} `)
    const { stdout } = await run('sh', ['-ec', script], { cwd, env: { ...process.env, ...variables } })
    expect(stdout).toMatch(/\nidentifier +- +- .*\nuser +ann#1 +- /)
    expect(stdout.endsWith(said)).toBe(true)
    const [, ...guesses] = readFileSync(join(cwd, 'guesses.csv'), 'utf8').trimEnd().split('\n')
    expect(guesses).toHaveLength(5)
    for (const guess of guesses) expect(guess).toContain(",ann,203.0.113.66,'=cmd,library,login,wrong_password,")
  })
})

describe('the guide about permissions', () => {
  it('prints what it says that it prints', async () => {
    const guide = documents.find(({ path }) => path === 'docs/guides/permissions-and-groups.md')
    const [printed] = guide === undefined ? [] : codeOf(guide, 'text')
    const folder = join(project.folder, 'docs-guides-permissions-and-groups')
    const { stdout } = await run(process.execPath, ['set-up.ts'], {
      cwd: folder,
      env: { ...process.env, ...variables },
    })
    expect(stdout.trimEnd()).toBe(printed?.trimEnd())
  })

  it('guards the handler that it shows, and grants by the backend that it shows', async () => {
    const folder = join(project.folder, 'docs-guides-permissions-and-groups')
    writeFileSync(join(folder, 'ask.ts'), ASK)
    const { stdout } = await run(process.execPath, ['ask.ts'], { cwd: folder, env: { ...process.env, ...variables } })
    expect(stdout.trim().split('\n')).toEqual(['401', '403', '200 {"by":"bea"}', 'true false', 'granted unknown'])
  })
})

/** A program beside those of the guide: what they answer. */
const ASK = `
import { app } from './posts.ts'
import { auth } from './portress.config.ts'
import { directoryBackend } from './directory-backend.ts'
import { mayDelete } from './may-delete.ts'

await auth.migrate()
const password = 'otter by the weir'
const address = { email: 'bea@example.org', username: 'bea' }
const bea = await auth.createUser({ ...address, password, passwordCheck: 'enforced' })
const { issued } = await auth.login({ identifier: 'bea', password })
const headers = { authorization: 'Bearer ' + issued.token }
const post = (init) => app.request('/posts', { method: 'POST', ...init })
console.log((await post({})).status)
console.log((await post({ headers })).status)
await auth.setUserPermissions({ userId: bea.id, permissions: ['blog.add_post'] })
const answer = await post({ headers })
console.log(answer.status, await answer.text())
console.log(await mayDelete(bea.id, { authorId: bea.id }), await mayDelete(bea.id, { authorId: 0 }))
const { hasPermission } = directoryBackend(new Set(['bea']))
console.log(await hasPermission(bea, 'blog.add_post'), await hasPermission(bea, 'portress.view_user'))
await auth.close()
`

const codeOf = (document: Document, language: string): readonly string[] =>
  codeBlocks(document).flatMap((block) => (block.language === language ? [block.code] : []))

/** Runs one of the examples on a database of its own, and gives its address. */
async function startProgram(file: string): Promise<string> {
  const port = await freePort()
  await start([file], port)
  return `http://127.0.0.1:${port}`
}

async function start(args: readonly string[], port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, {
    cwd: project.folder,
    env: { ...process.env, ...variables, PORT: String(port), DATABASE: `${port}.db` },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  while (!(await isAnswering(port))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}: ${errors}`)
  }
  return child
}

function isAnswering(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/api/openapi.json`).then(
    () => true,
    () => new Promise((resolveLater) => setTimeout(resolveLater, 50, false)),
  )
}

/** Registers, confirms and logs in over HTTP; gives the token. */
async function becomeAnn(site: string): Promise<string> {
  const password = 'otter by the weir'
  const headers = { 'content-type': 'application/json' }
  const post = async (path: string, body: object): Promise<{ readonly token?: string }> =>
    JSON.parse(
      await (await fetch(`${site}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).text(),
    )
  await post('/register', { username: 'ann', email: 'ann@example.org', password })
  await post('/email/verify', { code: await mailedCode(site) })
  return (await post('/login', { identifier: 'ann', password })).token ?? ''
}

async function mailedCode(site: string): Promise<string> {
  for (;;) {
    const mails = await (await fetch(`${site}/outbox`, { headers: { accept: 'application/json' } })).text()
    const code = /code=([\w-]+)/.exec(mails)?.[1]
    if (code !== undefined) return code
    await new Promise((settle) => setTimeout(settle, 50))
  }
}

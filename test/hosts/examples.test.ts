/** The programs in examples/hosts, each with its real framework, as somebody runs them who has installed the package. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsumerProject, consumerProject } from '../support/consumer-project.ts'
import { freePort } from '../support/free-port.ts'
import { type HostedSite, hostPromises } from './host-promises.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'examples/hosts')
const programs = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'auth.ts')
const run = promisify(execFile)
const SECRET = 'k3Vt9ZqLw7Xn2RbYp6Hs8Jd4Gf0AmCeU'
const PASSWORD = 'otter by the weir'

let project: ConsumerProject

beforeAll(() => {
  project = consumerProject()
  for (const name of ['express', 'fastify', 'next', 'react', 'react-dom', '@next', '@swc']) {
    symlinkSync(join(root, 'node_modules', name), join(project.folder, 'node_modules', name))
  }
  cpSync(folder, join(project.folder, 'hosts'), { recursive: true })
})

afterAll(() => project.remove())

interface Program {
  readonly origin: string
  /** Ends it as an operator would; gives its status. */
  stop(): Promise<number | null>
}

/** Starts one on a database of its own. */
async function start(args: readonly string[], cwd: string): Promise<Program> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...variables(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const program = { origin, stop: () => stop(child) }
  while (!(await isAnswering(origin))) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}: ${errors}`)
  }
  return program
}

const variables = (port: number): Readonly<Record<string, string>> => ({
  PORTRESS_SECRET: SECRET,
  PORT: String(port),
  DATABASE: join(project.folder, `${port}.db`),
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
})

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  child.kill('SIGTERM')
  await ended
  clearTimeout(late)
  return child.exitCode
}

function isAnswering(origin: string): Promise<boolean> {
  return fetch(`${origin}/health`).then(
    ({ ok }) => ok,
    () => new Promise((settle) => setTimeout(settle, 50, false)),
  )
}

/** As a person finds it, at `/outbox`. */
async function mailedCode(origin: string): Promise<string> {
  for (;;) {
    const mails = await (await fetch(`${origin}/outbox`, { headers: { accept: 'application/json' } })).text()
    const code = /code=([\w-]+)/.exec(mails)?.[1]
    if (code !== undefined) return code
    await new Promise((settle) => setTimeout(settle, 50))
  }
}

async function post(url: string, body: object): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await answer.json()) as Record<string, unknown>
}

/** Registers, confirms and logs in; gives the token. */
async function becomeAnn(origin: string): Promise<string> {
  await post(`${origin}/api/register`, { username: 'ann', email: 'ann@example.org', password: PASSWORD })
  await post(`${origin}/api/email/verify`, { code: await mailedCode(origin) })
  return String((await post(`${origin}/api/login`, { identifier: 'ann', password: PASSWORD }))['token'])
}

describe.each(programs)('%s', (name) => {
  it('takes somebody from the registration to a page of its own, and ends when it is told to', async () => {
    const { origin, stop: end } = await start([join('hosts', name)], project.folder)
    try {
      const token = await becomeAnn(origin)
      expect((await fetch(`${origin}/hello`)).status).toBe(401)
      const hello = await fetch(`${origin}/hello`, { headers: { authorization: `Bearer ${token}` } })
      expect(await hello.text()).toBe('Hello ann.\n')
      const form = new URLSearchParams({ identifier: 'ann', password: PASSWORD })
      expect((await fetch(`${origin}/api/login`, { method: 'POST', body: form })).status).toBe(200)
      expect(await (await fetch(`${origin}/account/verify-email`)).text()).toContain('Confirm your e-mail address')
    } finally {
      expect(await end()).toBe(0)
    }
  })
})

describe('next', () => {
  let program: Program | undefined

  const url = (): string => program?.origin ?? ''
  // Where `next dev` sends people.
  const origin = (): string => url().replace('127.0.0.1', 'localhost')

  beforeAll(async () => {
    const place = join(project.folder, 'hosts/next')
    for (const name of ['@types/react', 'typescript']) {
      symlinkSync(join(root, 'node_modules', name), join(project.folder, 'node_modules', name))
    }
    writeFileSync(join(place, 'package.json'), '{"type": "module"}')
    // As `create-next-app` has it; Next fills in the rest, and checks the types of what it builds.
    writeFileSync(join(place, 'tsconfig.json'), '{"compilerOptions": {"strict": true}}')
    const config = join(place, 'next.config.ts')
    // The packages are links to elsewhere.
    const rooted = `turbopack: { root: '/' },\n  serverExternalPackages`
    writeFileSync(config, readFileSync(config, 'utf8').replace('serverExternalPackages', rooted))
    mkdirSync(join(place, 'app/probe/[...path]'), { recursive: true })
    cpSync(join(import.meta.dirname, 'probe.ts'), join(place, 'app/probe/probe.ts'))
    writeFileSync(join(place, 'app/probe/[...path]/route.ts'), PROBE_ROUTE)
    const next = join(root, 'node_modules/next/dist/bin/next')
    const { stdout, stderr } = await run(process.execPath, [next, 'build'], {
      cwd: place,
      env: { ...process.env, ...variables(0) },
    })
    expect(stdout + stderr).not.toMatch(/\bwarn/i)
    program = await start([next, 'start', '--hostname', '127.0.0.1'], place)
  })

  afterAll(() => program?.stop())

  describe('as a host', () => {
    hostPromises((): HostedSite => ({ url: url(), origin: origin(), mailedCode: () => mailedCode(url()) }))
  })

  it('shows a page to whoever is logged in, and takes its form from nobody else', async () => {
    const page = async (cookie: string): Promise<string> => (await fetch(origin(), { headers: { cookie } })).text()
    expect(await page('')).toContain('Please log in.')
    expect(await page('portress-session=nonsense')).toContain('Please log in.')
    const login = { identifier: 'ann', password: PASSWORD, carrier: 'cookie' }
    const headers = { 'content-type': 'application/json', origin: origin() }
    const entered = await fetch(`${origin()}/api/login`, { method: 'POST', headers, body: JSON.stringify(login) })
    const lines = entered.headers.getSetCookie().map((line) => line.split(';', 1)[0])
    const cookie = lines.join('; ')
    const shown = await page(cookie)
    expect(shown).toMatch(/Hello (?:<!-- -->)?Ann/)

    const rename = (from: Readonly<Record<string, string>>, firstName: string): Promise<Response> => {
      const body = new FormData()
      for (const [, name = ''] of shown.matchAll(/type="hidden" name="([^"]+)"/g)) body.set(name, '')
      body.set('firstName', firstName)
      return fetch(origin(), { method: 'POST', headers: { cookie, ...from }, body })
    }
    expect((await rename({ origin: origin() }, 'Anne')).status).toBe(200)
    expect(await page(cookie)).toMatch(/Hello (?:<!-- -->)?Anne/)
    const refusedAs = async (from: Readonly<Record<string, string>>, firstName: string) =>
      new URL((await rename(from, firstName)).url).search
    expect(await refusedAs({ origin: origin() }, 'x'.repeat(1000))).toBe('?refused=validation_failed')
    expect(await refusedAs({ 'sec-fetch-site': 'cross-site' }, 'Eve')).toBe('?refused=cross_site_request')
    expect((await rename({ origin: 'https://evil.example' }, 'Eve')).status).toBe(500)
    expect(await page(cookie)).toMatch(/Hello (?:<!-- -->)?Anne/)
  })

  it('keeps the slash at the end of a path, and believes nobody who claims to be elsewhere', async () => {
    const forged = { 'x-portress-peer': `x {"address":"203.0.113.1","forwarded":{}}`, 'x-forwarded-for': '203.0.113.2' }
    const answer = await fetch(`${url()}/probe/login/`, { headers: forged, redirect: 'manual' })
    expect(await answer.json()).toMatchObject({
      path: '/probe/login/',
      address: '127.0.0.1',
      forwardedFor: '203.0.113.2',
    })
  })
})

const PROBE_ROUTE = `import { toNextHandlers } from 'portress/hosts/next'
import { probe } from '../probe'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(probe)
`

describe('the guide about embedding', () => {
  it('shows every program as it is', () => {
    const guide = readFileSync(join(root, 'docs/guides/embed-in-your-server.md'), 'utf8')
    const shown = [
      ...programs,
      'auth.ts',
      ...readdirSync(join(folder, 'next'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name))),
    ]
    expect(shown.filter((name) => !guide.includes(readFileSync(join(folder, name), 'utf8')))).toEqual([])
  })
})

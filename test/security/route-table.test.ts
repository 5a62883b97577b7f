/**
 * Row 47 (ASVS 6.1.1, 6.1.3, 6.3.4): every row of every dialect, and what it does with passwords. A row that is not in
 * the table, `support/ways-in.ts`, fails, so nobody can add a way in without saying so there; and what the table says is
 * held against what the row does.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type SourceFile, sourceFiles } from '../../scripts/support/source-files.ts'
import { admin } from '../../src/admin/index.ts'
import type { PasswordHasher } from '../../src/contracts/password-hasher.ts'
import type { Store } from '../../src/contracts/store.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { openApiDocument, portressApi } from '../../src/dialects/portress-api/index.ts'
import type { Dialect } from '../../src/http/dialect.ts'
import { route } from '../../src/http/route.ts'
import { quickHasher } from '../../src/testing/quick-hasher.ts'
import { BODY_ENDPOINTS } from './support/endpoints.ts'
import { closeSites, ORIGIN, OTHER_PASSWORD, openSite, PASSWORD, type Site } from './support/open-site.ts'
import { type Role, WAYS_IN } from './support/ways-in.ts'

afterEach(closeSites)

const rowsOf = (dialect: string): readonly string[] =>
  Object.entries(WAYS_IN).flatMap(([name, rows]) => (name === dialect ? Object.keys(rows) : []))

/** Settings without which a dialect, or some of its rows, is not there. */
const FULL: Readonly<Record<string, object>> = {
  docs: { document: openApiDocument },
  'rest-auth': { useJwt: true },
  'rest-registration': { verificationRedirects: {} },
}

const DEVELOPMENT = { environment: 'development' } as const

/** Every dialect of the package, found by its folder; `drf` holds what several of them share. The admin has a folder of its own. */
async function everyDialect(): Promise<readonly Dialect[]> {
  const folder = join(process.cwd(), 'src/dialects')
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && entry.name !== 'drf' ? [entry.name] : [],
  )
  const found = names.map(async (name) => {
    const module: Readonly<Record<string, unknown>> = await import(join(folder, name, 'index.ts'))
    const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
    const factory = module[camel]
    if (typeof factory !== 'function') throw new Error(`src/dialects/${name} exports no function ${camel}`)
    return factory(FULL[name]) as Dialect
  })
  return [...(await Promise.all(found)), admin()]
}

/** A path with a slash at its end, or with the name of a format, is the same way in. */
function pathsOf(routes: ReturnType<Dialect['routes']>): readonly string[] {
  const plain = routes.flatMap(({ method, path }) => {
    if (method !== 'ANY') return [`${method} ${path}`]
    return /\.(?:json|api)}?$/.test(path) ? [] : [`ANY ${path.replace(/\/$/, '')}`]
  })
  return [...new Set(plain)]
}

/** Where the rows and the table differ. */
async function differencesOf(dialects: readonly Dialect[]): Promise<readonly string[]> {
  const { auth } = await openSite(DEVELOPMENT)
  return dialects.flatMap((dialect) => {
    const listed = rowsOf(dialect.name)
    const rows = pathsOf(dialect.routes(auth.config))
    return [
      ...rows.filter((row) => !listed.includes(row)).map((row) => `${dialect.name}: ${row} is not in the table`),
      ...listed.filter((row) => !rows.includes(row)).map((row) => `${dialect.name}: ${row} is only in the table`),
    ]
  })
}

describe('row 47: the table of ways in', () => {
  it('row 47: lists every row of every dialect, and nothing else', async () => {
    const dialects = await everyDialect()
    expect(await differencesOf(dialects)).toEqual([])
    expect(new Set(dialects.map(({ name }) => name))).toEqual(new Set(Object.keys(WAYS_IN)))
  })

  it('row 47: control: a row that nobody listed is noticed', async () => {
    expect(await differencesOf([withSideDoor()])).toEqual(['portress-api: POST /side-door is not in the table'])
  })

  it('row 47: has every row that reads a body in the list of bodies that the other tests spoil', () => {
    const reading = rowsOf('portress-api').filter((row) => /^(?:POST|PATCH|DELETE \/me)/.test(row))
    const bodies = BODY_ENDPOINTS.map(({ row }) => row)
    expect(new Set([...bodies, 'POST /logout'])).toEqual(new Set(reading))
  })
})

type Event = 'slot' | 'guess' | 'decoy' | 'hash'

/** A site that notes, in order, when a slot is taken and what the hasher is asked. */
async function watchedSite(dialect: Dialect): Promise<{ readonly site: Site; readonly events: Event[] }> {
  const events: Event[] = []
  const wrapStore = (store: Store): Store => ({
    ...store,
    throttles: {
      ...store.throttles,
      async update(keys, step) {
        const result = await store.throttles.update(keys, step)
        const isTaken = JSON.stringify({ result }).includes('"reserved"')
        if (isTaken && keys.some((key) => key.startsWith('lock:'))) events.push('slot')
        return result
      },
    },
  })
  const inner = quickHasher()
  const hasher: PasswordHasher = {
    ...inner,
    hash(request) {
      events.push('hash')
      return inner.hash(request)
    },
    verify(request, encoded) {
      events.push(encoded === null ? 'decoy' : 'guess')
      return inner.verify(request, encoded)
    },
  }
  const site = await openSite({ wrapStore, passwords: { hasher }, mounts: { '/api': dialect } })
  return { site, events }
}

/** Every guess has a slot of its own, taken before it. */
function unslotted(events: readonly Event[]): number {
  let slots = 0
  let without = 0
  for (const event of events) {
    if (event === 'slot') slots += 1
    if (event === 'guess') {
      if (slots === 0) without += 1
      else slots -= 1
    }
  }
  return without
}

interface SentBody {
  readonly row: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Calls a row with a right and a wrong password, as a user who is logged in, and tells what it did. */
async function doingsOf(dialect: Dialect, { row, body }: SentBody): Promise<readonly Event[]> {
  const { site, events } = await watchedSite(dialect)
  const ann = await site.addUser('ann')
  const token = await site.tokenFor(ann)
  await site.send('POST /password/reset', { body: { email: ann.email } })
  const code = await site.codeFor(ann.email)
  events.length = 0
  const wrong = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, value === PASSWORD ? 'something else entirely' : value]),
  )
  for (const sent of [wrong, body]) {
    await site.send(row.replace(':id', 'x'), { token, body: 'code' in sent ? { ...sent, code } : sent })
  }
  return events
}

function roleOf(events: readonly Event[]): Role {
  const isProving = events.includes('guess')
  const isSetting = events.includes('hash')
  if (isProving) return isSetting ? 'both' : 'proves'
  return isSetting ? 'sets' : 'none'
}

describe('row 47: the one gate', () => {
  const api = Object.entries<Role>(WAYS_IN['portress-api'])
  const tempting = {
    identifier: 'ann',
    username: 'ann',
    email: 'ann@example.org',
    password: PASSWORD,
    currentPassword: PASSWORD,
    newPassword: OTHER_PASSWORD,
  }

  it.each(api.filter(([row]) => !row.startsWith('GET')))(
    'row 47: %s %s, and takes a slot before each guess',
    async (row, role) => {
      const own = BODY_ENDPOINTS.find((endpoint) => endpoint.row === row)?.body ?? {}
      // Once as it should be called, and once with everything that might tempt it to look at a password.
      const events = await doingsOf(portressApi(), { row, body: own })
      expect(roleOf(events)).toBe(role)
      expect(unslotted(events)).toBe(0)
      const tempted = await doingsOf(portressApi(), { row, body: { ...tempting, ...own } })
      expect(unslotted(tempted)).toBe(0)
      if (role === 'none') expect(tempted).not.toContain('guess')
    },
  )

  it('row 47: a page that sets a password proves none', async () => {
    const paged = await openSite({ mounts: { '/': pages() } })
    const ann = await paged.addUser('ann')
    await paged.auth.requestPasswordReset({ email: ann.email })
    const code = await paged.codeFor(ann.email)
    paged.hasher.forget()
    const body = new URLSearchParams({ code, new_password: OTHER_PASSWORD, new_password_again: OTHER_PASSWORD })
    const answer = await paged.auth.fetch(
      new Request(`${ORIGIN}/account/reset-password`, { method: 'POST', body, headers: { origin: ORIGIN } }),
    )
    expect(answer.status).toBe(200)
    expect(paged.hasher.calls.map(({ kind }) => kind)).toEqual(['hash'])
  })

  it('row 47: control: a side door that looks at the hash itself is noticed', async () => {
    const events = await doingsOf(withSideDoor(), { row: 'POST /side-door', body: tempting })
    expect(unslotted(events)).toBeGreaterThan(0)
  })

  it('row 47: is the only part of the engine that has a password checked', () => {
    expect(sourceFiles(process.cwd(), ['src']).filter(isProduct).flatMap(checksOf)).toEqual([
      'src/backends/password-backend.ts: verifyPassword(password',
      // What the gate hands to backends, and nobody else.
      'src/commands/steps/backend-tools.ts: hasher.verify(',
      'src/commands/steps/prove-user.ts: hasher.verify(',
    ])
  })

  it('row 47: control: a check elsewhere is found', () => {
    const text = 'if (await ctx.hasher.verify({ password }, user.passwordHash)) open()'
    expect(checksOf({ path: 'src/admin/side-door.ts', text })).toHaveLength(1)
  })
})

const isProduct = ({ path }: SourceFile): boolean => !/\.test\.tsx?$|^src\/(?:hashers|testing|contracts)\//.test(path)

/** Calls that have a password checked, by the hasher or by what backends are given for it. */
function checksOf({ path, text }: SourceFile): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
  return [...code.matchAll(/hasher\s*\.verify\(|verifyPassword\(password(?=[,)])/g)].flatMap(([call]) =>
    // Where the tool is made it is declared, not called.
    code.includes(`${call}, encoded) =>`) ? [] : [`${path}: ${call}`],
  )
}

/** The API with a row that checks a password by itself. */
function withSideDoor(): Dialect {
  const api = portressApi()
  const sideDoor = route<{ readonly identifier: string; readonly password: string }, boolean>({
    method: 'POST',
    path: '/side-door',
    read: async (exchange) => {
      const { identifier, password } = await exchange.body()
      return { identifier: String(identifier), password: String(password) }
    },
    command: async (ctx, { identifier, password }) => {
      const [user] = await ctx.store.users.findByIdentifier(identifier, ['username'], 1)
      return ctx.hasher.verify({ password, fairnessKey: '' }, user?.passwordHash ?? null)
    },
    write: (isRight) => new Response(null, { status: isRight ? 204 : 401 }),
  })
  return { ...api, routes: (config) => [...api.routes(config), sideDoor] }
}

import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { resolveConfig } from '../../src/config/resolve-config.ts'
import type { RandomSource } from '../../src/contracts/clock.ts'
import type { Logger } from '../../src/contracts/logger.ts'
import type { Mailer } from '../../src/contracts/mailer.ts'
import { AuthError } from '../../src/errors.ts'
import { toNodeListener } from '../../src/hosts/node.ts'
import { sqlite } from '../../src/stores/sqlite/index.ts'
import { type MemoryMailer, memoryMailer } from '../../src/testing/memory-mailer.ts'
import { systemRandom } from '../../src/util/system-random.ts'
import { type Answer, differences } from './support/answer.ts'
import { withBodies } from './support/careless-api.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { placesOf, readTables } from './support/database.ts'
import {
  closeSites,
  codeIn,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  randomSecret,
  requestFor,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { type HttpCall, race } from './support/send-http.ts'

afterEach(closeSites)

const EMAIL = 'ann@example.org'

const askForReset = (site: Site, email: string = EMAIL): Promise<Answer> =>
  site.send('POST /password/reset', { body: { email } })

describe('where the link of a mail leads', () => {
  /** Ways to claim another host, at the level of HTTP. */
  const CLAIMS: readonly Pick<HttpCall, 'path' | 'headers'>[] = [
    { path: '/api/password/reset', headers: { host: 'evil.test' } },
    { path: '/api/password/reset', headers: { host: 'evil.test:8443' } },
    { path: '/api/password/reset', headers: { host: 'accounts.example@evil.test' } },
    { path: '/api/password/reset', headers: { 'x-forwarded-host': 'evil.test', 'x-forwarded-port': '8443' } },
    { path: '/api/password/reset', headers: { 'x-forwarded-proto': 'http', 'x-forwarded-scheme': 'http' } },
    { path: '/api/password/reset', headers: { forwarded: 'host=evil.test;proto=http' } },
    { path: '/api/password/reset', headers: { 'x-original-host': 'evil.test', 'x-host': 'evil.test' } },
    {
      path: '/api/password/reset',
      headers: { 'x-original-url': 'http://evil.test/', 'x-rewrite-url': '//evil.test/' },
    },
    { path: '/api/password/reset', headers: { referer: 'https://evil.test/' } },
    { path: 'http://evil.test/api/password/reset', headers: {} },
  ]

  /** `siteOf` gives the site that a request meets, by the origin it claims. */
  async function claimHosts(siteOf: (claimed: string) => Promise<Site>): Promise<Complaints> {
    const { must, complaints } = judgement()
    const sites = new Set<Site>()
    const server = createServer((request, response) => {
      const listener = toNodeListener(async (made, peer) => {
        const site = await siteOf(new URL(made.url).origin)
        sites.add(site)
        return site.auth.fetch(made, { ...peer, address: '192.0.2.10' })
      })
      return listener(request, response)
    })
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    for (const claim of [...CLAIMS, { path: '/api/password/reset' }]) {
      const [answer] = await race([{ port, method: 'POST', body: { email: EMAIL }, ...claim }])
      const status = answer?.status ?? 0
      must(status === 202 || (status >= 400 && status < 500), `${JSON.stringify(claim)} answered ${status}`)
    }
    const mails = (await Promise.all([...sites].map((site) => site.mails()))).flat()
    must(mails.length > 0, 'nothing was mailed')
    for (const { text, html } of mails) {
      const links = text.match(/\S+code=\S+/g) ?? []
      const isOurs = links.every((link) => link.startsWith(`${ORIGIN}/account/reset-password?code=`))
      must(links.length === 1 && isOurs, `a mail leads to ${links}`)
      must(!`${text}${html}`.includes('evil'), 'a mail names the host that was claimed')
    }
    return complaints
  }

  it('rows 87 and 88: is the configured origin, whatever host a request claims, the first one too', async () => {
    const site = await openSite()
    await site.addUser('ann')
    expect(await claimHosts(async () => site)).toEqual(HOLDS)
  })

  it('rows 87 and 88, control: a server that learns its address from a request is seen through', async () => {
    let learnt: Site | undefined
    const siteOf = async (claimed: string): Promise<Site> => {
      if (learnt !== undefined) return learnt
      learnt = await openSite({ site: { name: 'Acme', origin: claimed }, environment: 'development' })
      await learnt.addUser('ann')
      return learnt
    }
    expect(await claimHosts(siteOf)).toEqual(saying('a mail leads to http://evil.test/'))
  })

  const startWith = (origin: string) => () =>
    resolveConfig({
      store: sqlite(':memory:'),
      secrets: [randomSecret()],
      site: { name: 'Acme', origin },
      mailer: memoryMailer(),
    })

  it.each(['', 'acme.test', 'http://acme.test', 'https://acme.test/path', 'https://user@acme.test', '*', 'https://'])(
    'row 88: production does not start with the origin %j',
    (origin) => {
      expect(startWith(origin)).toThrow(TypeError)
    },
  )

  it('row 88, control: it starts with an https origin', () => {
    expect(startWith('https://acme.test')).not.toThrow()
  })

  async function chooseTargets(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const { email } = await site.addUser('ann')
    const { must, complaints } = judgement()
    const names = ['redirectTo', 'redirect_uri', 'next', 'callbackURL', 'url', 'link', 'resetUrl']
    const targets = ['https://evil.test/', '//evil.test', '/\\evil.test', 'javascript:alert(1)', `${ORIGIN}/reset`]
    for (const name of names) {
      for (const target of targets) {
        const { status } = await site.send('POST /password/reset', { body: { email, [name]: target } })
        must(status === 400, `${name} was taken with ${status}`)
      }
    }
    must((await site.mails()).length === 0, 'a mail was sent')
    return complaints
  }

  it('row 89: is nothing that a caller may choose', async () => {
    expect(await chooseTargets({})).toEqual(HOLDS)
  })

  it('row 89, control: an endpoint that passes over what it does not know is seen through', async () => {
    const passingOver = withBodies(({ email }) => ({ email }))
    expect(await chooseTargets({ mounts: { '/api': passingOver } })).toEqual(saying('redirectTo was taken with 202'))
  })

  it('row 89: cannot be configured to lie outside the site', () => {
    const config = () =>
      resolveConfig({
        store: sqlite(':memory:'),
        secrets: [randomSecret()],
        site: { name: 'Acme', origin: ORIGIN },
        mailer: memoryMailer(),
        mail: { links: { resetPassword: 'https://evil.test/reset?code={code}' } },
      })
    expect(config).toThrow('mail.links.resetPassword')
  })
})

describe('what asking for a reset tells', () => {
  async function compareAnswers(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    await site.addUser('ann')
    const disabled = await site.addUser('disabled')
    await site.auth.setStatus({ userId: disabled.user.id, status: 'disabled' })
    await site.addUser('locked')
    for (let guess = 0; guess < 4; guess += 1) {
      await site.send('POST /login', { body: { identifier: 'locked', password: 'mistaken-walrus' } })
    }
    await site.addUser('passwordless', { password: null })
    const pending = { username: 'pending', email: 'pending@example.org', password: OTHER_PASSWORD }
    await site.send('POST /register', { body: pending })
    const { must, complaints } = judgement()
    const known = await askForReset(site)
    must(known.status === 202, `a known address was answered with ${known.status}`)
    for (const name of ['nobody', 'disabled', 'locked', 'passwordless', 'pending']) {
      const answer = await askForReset(site, `${name}@example.org`)
      for (const found of differences(known, answer)) must(false, `${name}: ${found}`)
    }
    return complaints
  }

  it('row 90: nothing, whether the address is known, unknown, disabled, locked or pending', async () => {
    expect(await compareAnswers({})).toEqual(HOLDS)
  })

  it('row 90, control: a server that says when nobody has the address is seen through', async () => {
    const frank = withBodies((body) => {
      if (body['email'] === 'nobody@example.org') throw new AuthError('not_found')
      return body
    })
    expect(await compareAnswers({ mounts: { '/api': frank } })).toEqual(saying('nobody: status 202 and 404'))
  })

  /** Which parts of the store a request asked until its answer was there, in order. */
  async function workOf(site: Site, email: string, calls: string[]): Promise<string> {
    await site.auth.flush()
    calls.length = 0
    await site.auth.fetch(requestFor('POST /password/reset', { body: { email } }))
    const work = calls.join(' ')
    await site.auth.flush()
    return work
  }

  function recordingInto(calls: string[]): NonNullable<SiteOptions['wrapStore']> {
    return (store) => ({
      ...store,
      users: { ...store.users, findByIdentifier: recorded(calls, 'look-up', store.users.findByIdentifier) },
      codes: { ...store.codes, insert: recorded(calls, 'code', store.codes.insert) },
      outbox: { ...store.outbox, insert: recorded(calls, 'outbox', store.outbox.insert) },
    })
  }

  function recorded<A extends readonly unknown[], R>(calls: string[], name: string, work: (...given: A) => R) {
    return (...given: A): R => {
      calls.push(name)
      return work(...given)
    }
  }

  it('row 91: a request only puts a sealed job into the outbox, for everybody alike', async () => {
    const calls: string[] = []
    const site = await openSite({ wrapStore: recordingInto(calls) })
    await site.addUser('ann')
    expect([await workOf(site, EMAIL, calls), await workOf(site, 'nobody@example.org', calls)]).toEqual([
      'outbox',
      'outbox',
    ])
  })

  it('row 91, control: a server that looks the address up while it answers is seen through', async () => {
    const calls: string[] = []
    const looking = withBodies((body) => {
      void site.auth.findUser(String(body['email']))
      return body
    })
    const site = await openSite({ wrapStore: recordingInto(calls), mounts: { '/api': looking } })
    await site.addUser('ann')
    expect(await workOf(site, EMAIL, calls)).toContain('look-up')
  })

  async function breakTheMailer(breakIt: (site: Site) => () => void): Promise<Complaints> {
    const site = await openSite()
    await site.addUser('ann')
    const repair = breakIt(site)
    const { must, complaints } = judgement()
    const known = await Promise.race([askForReset(site), noLaterThan(2000)])
    const unknown = await Promise.race([askForReset(site, 'nobody@example.org'), noLaterThan(2000)])
    must(known !== null && unknown !== null, 'an answer waited for the mail')
    if (known !== null && unknown !== null) {
      must(known.status === 202, `answered ${known.status}`)
      for (const found of differences(known, unknown)) must(false, found)
    }
    repair()
    return complaints
  }

  const noLaterThan = (milliseconds: number): Promise<null> =>
    new Promise((resolve) => setTimeout(() => resolve(null), milliseconds))

  it('row 91: a mailer that fails changes no answer', async () => {
    const fail = ({ mailer }: Site) => {
      mailer.failWith(new Error('550 no such user'))
      return () => mailer.failWith(null)
    }
    expect(await breakTheMailer(fail)).toEqual(HOLDS)
  })

  it('row 91: a mailer that hangs delays no answer', async () => {
    expect(await breakTheMailer(({ mailer }) => mailer.hang())).toEqual(HOLDS)
  })
})

describe('where the code of a mail can be found', () => {
  interface Evidence {
    readonly code: string
    readonly answers: readonly Answer[]
    readonly logs: string
    readonly file: string
  }

  async function resetAndCollect(mailer: (logger: Logger) => MemoryMailer = memoryMailer): Promise<Evidence> {
    const logs: string[] = []
    const log = (fields: object, message: string): void => void logs.push(`${message} ${JSON.stringify(fields)}`)
    const logger: Logger = { debug: log, info: log, warn: log, error: log }
    const file = temporaryDatabase()
    const mailbox = mailer(logger)
    const site = await openSite({ location: file, logger, mailer: mailbox })
    await site.addUser('ann')
    const answers = [await askForReset(site)]
    await site.auth.flush()
    const code = codeIn(mailbox.sent.at(-1))
    const evidence = { code, answers, file }
    answers.push(await site.send('POST /password/reset/confirm', { body: { code, newPassword: 'short' } }))
    answers.push(await site.send(`GET /password/reset/confirm?code=${code}`))
    answers.push(await site.send('POST /email/verify', { body: { code } }))
    return { ...evidence, logs: logs.join('\n') }
  }

  const visible = ({ answers }: Evidence): string => JSON.stringify(answers.map(({ headers, text }) => [headers, text]))

  it('row 96: in no answer and no log line', async () => {
    const evidence = await resetAndCollect()
    expect(placesOf(evidence.code, visible(evidence))).toEqual([])
    expect(placesOf(evidence.code, evidence.logs)).toEqual([])
  })

  it('row 96, control: a mailer that logs its mails is seen through', async () => {
    const evidence = await resetAndCollect(loggingMailer)
    expect(placesOf(evidence.code, evidence.logs)).not.toEqual([])
  })

  it('row 97: in no table, in clear, hex or base64', async () => {
    const { code, file } = await resetAndCollect()
    expect(placesOf(code, readTables(file))).toEqual([])
  })

  it('row 97: in no table while its mail waits to be sent again', async () => {
    const file = temporaryDatabase()
    const codes: string[] = []
    const failing: Mailer = {
      ...memoryMailer(),
      send: ({ text }) => {
        codes.push(/code=([\w-]{43})/.exec(text)?.[1] ?? '')
        return Promise.reject(new Error('421 come back later'))
      },
    }
    const site = await openSite({ location: file, mailer: failing })
    await site.addUser('ann')
    await askForReset(site)
    await site.auth.flush()
    expect(codes.length).toBe(1)
    expect(placesOf(codes[0] ?? '', readTables(file))).toEqual([])
  })

  it('row 97, control: a secret that somebody types as a user name is found', async () => {
    const file = temporaryDatabase()
    const site = await openSite({ location: file })
    const secret = randomBytes(32).toString('base64url')
    await site.send('POST /login', { body: { identifier: secret, password: PASSWORD } })
    expect(placesOf(secret, readTables(file))).toContain('portress_attempts.identifier')
  })

  function loggingMailer(logger: Logger): MemoryMailer {
    const inner = memoryMailer()
    return {
      ...inner,
      send(mail) {
        logger.info({ mail }, 'a mail leaves')
        return inner.send(mail)
      },
    }
  }
})

describe('how a code is drawn', () => {
  const DRAWS = 100_000

  function complainOfDraws(random: RandomSource): Complaints {
    const { must, complaints } = judgement()
    const seen = new Set<string>()
    const ones = new Array<number>(256).fill(0)
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const bytes = random.bytes(32)
      seen.add(Buffer.from(bytes).toString('latin1'))
      for (let bit = 0; bit < 256; bit += 1) ones[bit] = (ones[bit] ?? 0) + (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1)
    }
    must(seen.size === DRAWS, `${DRAWS - seen.size} were drawn twice`)
    const crooked = ones.filter((count) => Math.abs(count / DRAWS - 0.5) > 0.01).length
    must(crooked === 0, `${crooked} bits are not as often 0 as 1`)
    return complaints
  }

  it('row 98: a hundred thousand draws differ, and each of 256 bits is 1 half of the time', () => {
    expect(complainOfDraws(systemRandom)).toEqual(HOLDS)
  })

  it('row 98, control: a counter and a clock are seen through', () => {
    let count = 0
    const counting: RandomSource = {
      bytes(length) {
        count += 1
        const bytes = Buffer.alloc(length)
        bytes.writeUInt32BE(count)
        return bytes
      },
    }
    expect(complainOfDraws(counting)).toEqual(saying('bits are not as often'))
    expect(complainOfDraws({ bytes: (length) => Buffer.alloc(length, 7) })).toEqual(saying('were drawn twice'))
  })

  it('row 98: a mailed code is 32 bytes of the configured source', async () => {
    const drawn: string[] = []
    const random: RandomSource = {
      bytes(length) {
        const bytes = systemRandom.bytes(length)
        drawn.push(Buffer.from(bytes).toString('base64url'))
        return bytes
      },
    }
    const site = await openSite({ random })
    await site.addUser('ann')
    await askForReset(site)
    const code = await site.codeFor(EMAIL)
    expect(Buffer.from(code, 'base64url').length).toBe(32)
    expect(drawn).toContain(code)
  })

  it('row 98: a source that fails gives an error and neither a session nor a code', async () => {
    let bytes = systemRandom.bytes
    const site = await openSite({ random: { bytes: (length) => bytes(length) } })
    const ann = await site.addUser('ann')
    bytes = () => {
      throw new Error('the source of randomness is broken')
    }
    const answer = await site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD } })
    expect([answer.status, answer.cookies, answer.json['token']]).toEqual([500, [], undefined])
    expect((await askForReset(site)).status).toBe(500)
    expect(await site.mails()).toEqual([])
    bytes = systemRandom.bytes
    expect(await site.store.sessions.listForUser(ann.user.id, site.clock.now())).toEqual([])
  })
})

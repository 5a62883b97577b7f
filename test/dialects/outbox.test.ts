import { afterEach, describe, expect, it } from 'vitest'
import type { MailTemplateInput, RenderedMail } from '../../src/contracts/mail-template.ts'
import type { Store } from '../../src/contracts/store.ts'
import type { AuthOptions } from '../../src/create-auth.ts'
import { outbox } from '../../src/dialects/outbox/index.ts'
import { AuthError } from '../../src/errors.ts'
import { outboxMailer } from '../../src/mailers/outbox-mailer.ts'
import { memoryMailer } from '../../src/testing/memory-mailer.ts'
import { replacedStore } from '../support/replaced-store.ts'
import { TEST_ORIGIN, TEST_SECRET, type TestAuth, testAuth } from '../support/test-auth.ts'

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Visit {
  readonly address?: string | null
  readonly origin?: string
  readonly headers?: Readonly<Record<string, string>>
}

interface Box extends TestAuth {
  /** Asks as a program on the same machine does, unless told otherwise. */
  open(path?: string, visit?: Visit): Promise<Response>
  list(): Promise<readonly WireMail[]>
  addAnn(): Promise<void>
}

interface WireMail {
  readonly id: number
  readonly kind: string | null
  readonly to: string | null
  readonly subject: string | null
  readonly text: string | null
  readonly links: readonly string[]
  readonly createdAt: string
  readonly sentAt: string | null
  readonly state: string
  readonly lastError: string | null
}

const JSON_ONLY = { accept: 'application/json' }

function startBox(options: Partial<AuthOptions> = {}): Box {
  const made = testAuth({
    environment: 'development',
    mailer: outboxMailer(),
    mounts: { '/outbox': outbox() },
    ...options,
  })
  const { auth } = made
  closers.push(() => auth.close())
  const open: Box['open'] = (path = '', { address = '127.0.0.1', origin = TEST_ORIGIN, headers = {} } = {}) =>
    auth.fetch(new Request(`${origin}/outbox${path}`, { headers }), { address })
  return {
    ...made,
    open,
    list: async () => (await (await open('', { headers: JSON_ONLY })).json()) as readonly WireMail[],
    async addAnn() {
      await auth.register({ username: 'ann', email: 'ann@example.org', password: 'correct horse battery' })
      await auth.flush()
    },
  }
}

/** What a template that escapes nothing makes of hostile data. */
const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)>'

const hostileTemplate = ({ link }: MailTemplateInput): RenderedMail => ({
  subject: HOSTILE,
  text: `${HOSTILE}\n${link}\nhttps://evil.example/"onmouseover="alert(3)\njavascript:alert(4)`,
  html: `<p>${HOSTILE}</p>`,
})

describe('the outbox', () => {
  it('is empty at first', async () => {
    const box = startBox()
    expect(await (await box.open()).text()).toContain('There are no mails yet.')
    expect(await box.list()).toEqual([])
  })

  it('lists what was mailed, newest first, with a way to each mail', async () => {
    const box = startBox()
    await box.addAnn()
    box.clock.advance({ minutes: 5 })
    await box.auth.register(
      { username: 'ben', email: 'ben@example.org', password: 'correct horse battery' },
      { language: 'de' },
    )
    await box.auth.flush()
    const [first, second, ...others] = await box.list()
    expect(others).toEqual([])
    expect([first?.to, second?.to]).toEqual(['ben@example.org', 'ann@example.org'])

    const answer = await box.open()
    const text = await answer.text()
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect([...text.matchAll(/<a href="([^"]*)">/g)].map(([, href]) => href)).toEqual([
      `/outbox/${first?.id}`,
      `/outbox/${second?.id}`,
    ])
    expect(text).toContain('Bestätigen Sie Ihre E-Mail-Adresse für Acme')
    expect(text).toContain('To: ann@example.org')
    expect(text).toContain('March 1, 2026 at 12:05 UTC')
    expect(text).toContain('kept here')
  })

  it('gives tools the same as JSON, with the links ready to follow', async () => {
    const box = startBox()
    await box.addAnn()
    const [mail] = await box.list()
    expect(mail).toMatchObject({
      kind: 'verify-email',
      to: 'ann@example.org',
      subject: 'Confirm your e-mail address for Acme',
      createdAt: '2026-03-01T12:00:00.000Z',
      sentAt: '2026-03-01T12:00:00.000Z',
      state: 'sent',
      lastError: null,
    })
    expect(mail?.links).toHaveLength(1)
    const link = new URL(mail?.links[0] ?? '')
    expect(link.origin + link.pathname).toBe(`${TEST_ORIGIN}/account/verify-email`)
    await box.auth.activate({ code: link.searchParams.get('code') ?? '' })
    expect((await box.auth.findUser('ann'))?.status).toBe('active')
    const one = await box.open(`/${mail?.id}`, { headers: JSON_ONLY })
    expect(await one.json()).toEqual(mail)
  })

  it('gives browsers a page, whatever else they accept', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8' }
    const answer = await startBox().open('', { headers })
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('shows one mail: its text with links to press, and its HTML part apart', async () => {
    const box = startBox()
    await box.addAnn()
    const [mail] = await box.list()
    const page = await (await box.open(`/${mail?.id}`)).text()
    expect(page).toContain('<h1>Confirm your e-mail address for Acme</h1>')
    expect(page).toContain(`<a href="${mail?.links[0]}">${mail?.links[0]}</a>`)
    expect(page).toContain(`<a href="/outbox/${mail?.id}/html">`)
    expect(page).not.toContain('http-equiv="refresh"')

    const part = await box.open(`/${mail?.id}/html`)
    expect(part.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'; /)
    expect(part.headers.get('content-security-policy')).not.toContain('allow-')
    expect(part.headers.get('cross-origin-opener-policy')).toBeNull()
    expect(await part.text()).toContain('Confirm address</a>')
  })

  it('looks for new mails by itself, without a script', async () => {
    const text = await (await startBox().open()).text()
    expect(text).toContain('<meta http-equiv="refresh" content="5">')
    expect(text).not.toMatch(/<script|\sstyle=|<style/i)
  })

  it('shows what a stranger wrote into a mail as text', async () => {
    const box = startBox({ mail: { templates: { 'verify-email': hostileTemplate } } })
    await box.addAnn()
    const [mail] = await box.list()
    expect(mail?.subject).toBe(HOSTILE)
    for (const path of ['', `/${mail?.id}`]) {
      const text = await (await box.open(path)).text()
      expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
      expect(text).not.toMatch(/<script|<img|href="javascript|"onmouseover/i)
    }
    expect(mail?.links[1]).toBe('https://evil.example/')
  })

  it('speaks the reader’s language', async () => {
    const text = await (await startBox().open('', { headers: { 'accept-language': 'de' } })).text()
    expect(text).toContain('<html lang="de">')
    expect(text).toContain('Noch gibt es keine E-Mails.')
  })

  it.each(['/0', '/999', '/x', '/1e0', '/%00', `/${'9'.repeat(10_000)}`, '/999/html', '/1/html/x', '/1/text'])(
    'has nothing at %.20s',
    async (path) => {
      const box = startBox()
      await box.addAnn()
      const answer = await box.open(path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
      const json = await box.open(path, { headers: JSON_ONLY })
      expect([json.status, await json.json()]).toEqual([404, { code: 'not_found' }])
    },
  )
})

describe('a mail that is not there', () => {
  it('is shown as erased once a real mailer has sent it', async () => {
    const mailer = memoryMailer()
    const sending = startBox({ mailer })
    await sending.addAnn()
    const [mail] = await sending.list()
    expect(mailer.sent).toHaveLength(1)
    expect(mail).toMatchObject({ state: 'sent', to: null, subject: null, text: null, links: [] })
    const page = await (await sending.open(`/${mail?.id}`)).text()
    expect(page).toContain('This mail has been erased.')
    expect((await sending.open(`/${mail?.id}/html`)).status).toBe(404)
    expect(await (await sending.open()).text()).toContain('what they say is erased once they are sent')
  })

  it('waits with the reason while it cannot be sent, and fails with it when it was given up', async () => {
    const mailer = memoryMailer()
    const box = startBox({ mailer })
    mailer.failWith(new Error('421 <b>later</b>'))
    await box.addAnn()
    const [waiting] = await box.list()
    expect(waiting).toMatchObject({
      state: 'waiting',
      to: 'ann@example.org',
      lastError: '421 <b>later</b>',
      sentAt: null,
    })
    expect(await (await box.open()).text()).toContain('waiting (Last failure: 421 &lt;b&gt;later&lt;/b&gt;)')

    for (let tries = 1; tries < 12; tries += 1) {
      box.clock.advance({ hours: 6 })
      await box.auth.flush()
    }
    const [failed] = await box.list()
    expect(failed).toMatchObject({ state: 'failed', text: null, lastError: '421 <b>later</b>', sentAt: null })
    const page = await (await box.open(`/${failed?.id}`)).text()
    expect(page).toContain('failed (Last failure: 421')
    expect(page).toContain('This mail has been erased.')
  })

  it('is named by its kind while it could not be written', async () => {
    const broken = (): RenderedMail => {
      throw new Error('no such template')
    }
    const box = startBox({ mail: { templates: { 'verify-email': broken } } })
    await box.addAnn()
    const [mail] = await box.list()
    expect(mail).toMatchObject({ kind: 'verify-email', to: 'ann@example.org', subject: null, state: 'waiting' })
    const page = await (await box.open(`/${mail?.id}`)).text()
    expect(page).toContain('<h1>verify-email</h1>')
    expect(page).not.toContain('erased')
  })

  it('cannot be read with another secret', async () => {
    let kept: Store | undefined
    const shared = replacedStore((store) => {
      kept ??= store
      return kept
    })
    const box = startBox({ store: shared })
    await box.addAnn()
    const rotated = startBox({ store: shared, secrets: [TEST_SECRET.split('').reverse().join('')] })
    expect((await box.list())[0]?.text).toContain('Hello')
    expect(await rotated.list()).toMatchObject([{ to: null, subject: null, text: null }])
  })
})

describe('who may read the outbox', () => {
  it('is nobody in production: it does not start', () => {
    const start = (): unknown => testAuth({ mounts: { '/outbox': outbox() } })
    expect(start).toThrow(TypeError)
    expect(start).toThrow('leave it out in production')
  })

  it.each([
    ['127.0.0.1', TEST_ORIGIN],
    ['127.255.0.9', 'http://localhost:3000'],
    ['::1', 'http://[::1]:3000'],
    ['::ffff:127.0.0.1', 'http://127.0.0.1:3000'],
    ['127.0.0.1', 'http://LOCALHOST'],
  ])('is a program at %s that asks for %s', async (address, origin) => {
    expect((await startBox().open('', { address, origin })).status).toBe(200)
  })

  it.each([
    ['192.0.2.1', TEST_ORIGIN],
    ['10.0.0.1', 'http://localhost:3000'],
    ['::2', TEST_ORIGIN],
    ['::ffff:192.0.2.1', TEST_ORIGIN],
    [null, TEST_ORIGIN],
    ['127.0.0.1', 'http://evil.example'],
    ['127.0.0.1', 'https://acme.test:8443'],
    ['127.0.0.1', 'http://localhost.evil.example'],
    ['127.0.0.1', 'http://127.0.0.1.evil.example'],
    ['127.0.0.1', 'http://192.0.2.1:3000'],
  ])('is not one at %s that asks for %s, whatever it asks for', async (address, origin) => {
    const box = startBox()
    await box.addAnn()
    const [mail] = await box.list()
    for (const path of ['', `/${mail?.id}`, `/${mail?.id}/html`, '/assets/portress.css']) {
      const answer = await box.open(path, { address, origin })
      expect(answer.status, path).toBe(404)
      expect(await answer.text()).not.toContain('ann@')
      expect((await box.open(path, { address, origin, headers: JSON_ONLY })).status).toBe(404)
    }
  })

  it('goes by the name that the browser asked for, not by what a host made of it (DNS rebinding)', async () => {
    const box = startBox()
    expect((await box.open('', { headers: { host: 'evil.example' } })).status).toBe(404)
    expect((await box.open('', { headers: { host: 'localhost:3000' } })).status).toBe(200)
    for (const host of ['', ' ', 'localhost@evil.example', 'evil.example#localhost', 'local host']) {
      expect((await box.open('', { headers: { host } })).status, host).toBe(404)
    }
  })

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-forwarded-host'])(
    'is nobody whom an unknown proxy or tunnel passes on, as %s tells',
    async (name) => {
      for (const trustedProxies of [[], ['10.0.0.0/8']]) {
        const box = startBox({ trustedProxies })
        expect((await box.open('', { headers: { [name]: '127.0.0.1' } })).status).toBe(404)
      }
    },
  )

  it('is the client that a trusted proxy names', async () => {
    const box = startBox({ trustedProxies: ['127.0.0.1'] })
    const ask = async (client: string): Promise<number> =>
      (await box.open('', { headers: { 'x-forwarded-for': client } })).status
    expect(await ask('127.0.0.2')).toBe(200)
    expect(await ask('192.0.2.1')).toBe(404)
  })
})

describe('the outbox without its store', () => {
  it('says so, in the form that was asked for', async () => {
    const store = replacedStore(({ outbox: kept }) => ({
      outbox: { ...kept, list: () => Promise.reject(new AuthError('unavailable', { retryAfterSeconds: 3 })) },
    }))
    const box = startBox({ store })
    const page = await box.open()
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '3'])
    expect(await page.text()).toContain('cannot be reached at the moment')
    expect(await (await box.open('', { headers: JSON_ONLY })).json()).toEqual({ code: 'unavailable' })
  })

  it('tells of a fault by its request id alone', async () => {
    const store = replacedStore(({ outbox: kept }) => ({
      outbox: { ...kept, list: () => Promise.reject(new Error('secret of the driver')) },
    }))
    const box = startBox({ store })
    const page = await box.open()
    expect(page.status).toBe(500)
    expect(await page.text()).toContain(`(${page.headers.get('x-request-id')})`)
    const json = await box.open('', { headers: JSON_ONLY })
    expect(await json.json()).toEqual({ requestId: json.headers.get('x-request-id') })
  })
})

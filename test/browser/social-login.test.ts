/** The redirect way as people walk it: a real browser, a real OpenID provider, and sites that are foreign to each other. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasBrowser, openBrowser } from '../support/browser.ts'
import { type SocialSite, socialSite } from './social-site.ts'

const contexts: BrowserContext[] = []
let browser: Browser | undefined
let site: SocialSite | undefined

beforeAll(async () => {
  if (hasBrowser()) browser = await openBrowser()
  else process.stderr.write('Left out, because Chromium is not installed: social log-in in a browser\n')
})

afterAll(() => browser?.close())

beforeEach(({ skip }) => {
  if (browser === undefined) skip('Chromium is not installed')
})

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
  await site?.close()
  site = undefined
})

async function startSite(options: Parameters<typeof socialSite>[0] = {}): Promise<SocialSite> {
  site = await socialSite(options)
  return site
}

/** A person with a browser of their own. */
async function visitor(): Promise<Page> {
  if (browser === undefined) throw new Error('there is no browser')
  const context = await browser.newContext({ locale: 'en-GB' })
  contexts.push(context)
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

/** Logs in at the provider, and allows what the site asks for. */
async function logInThere(page: Page, name: string): Promise<void> {
  await page.fill('input[name=login]', name)
  await page.fill('input[name=password]', 'any')
  await page.click('button[type=submit]')
  await allow(page)
}

const allow = (page: Page): Promise<void> => page.click('button:has-text("Continue")')

const cookie = async (page: Page, name: string) =>
  (await page.context().cookies()).find((candidate) => candidate.name === name)

const bodyOf = async (page: Page): Promise<string> => (await page.textContent('body')) ?? ''

/** Goes to the provider and back as Ada, and gives the callback, which the site has not seen yet. */
async function interceptedCallback(page: Page, shop: SocialSite): Promise<string> {
  const callback = shop.interceptCallback()
  await begin(page, shop)
  await logInThere(page, 'ada')
  await page.waitForSelector('text=intercepted')
  return callback
}

async function begin(page: Page, { origin }: SocialSite, path = '/account/social/acme?next=/api/me'): Promise<void> {
  await page.goto(origin + path)
  await page.click('button')
}

describe('logging in', () => {
  it('goes from a link on the start page by way of the provider to a session that no script can read', async () => {
    const shop = await startSite()
    const page = await visitor()
    await page.goto(shop.origin)
    await page.click('text=Log in with Acme')
    await logInThere(page, 'ada')
    await page.waitForURL(`${shop.origin}/api/me`)
    expect(JSON.parse(await bodyOf(page))).toMatchObject({ user: { username: 'ada', email: 'ada@acme.example' } })
    expect(await cookie(page, 'portress-session')).toMatchObject({
      domain: 'shop.localhost',
      httpOnly: true,
      sameSite: 'Lax',
    })
    expect(await cookie(page, 'portress-social')).toBeUndefined()
    expect(await page.evaluate('document.cookie')).toBe('')
  })

  it('asks for a press of a button where another site leads to it', async () => {
    const shop = await startSite()
    const href = `${shop.origin}/account/social/acme?next=/api/me`
    shop.stranger.answerWith(() => html(`<a href="${href}">Free tea</a>`))
    const page = await visitor()
    await page.goto(shop.stranger.at)
    await page.click('a')
    await page.waitForURL(href)
    expect(await cookie(page, 'portress-social')).toBeUndefined()
    await page.click('text=Go to Acme')
    await logInThere(page, 'ada')
    await page.waitForURL(`${shop.origin}/api/me`)
  })

  it('takes the callback that the provider’s page posts', async () => {
    const shop = await startSite()
    const page = await visitor()
    await begin(page, shop, '/account/social/posting?next=/api/me')
    await logInThere(page, 'ada')
    await page.waitForURL(`${shop.origin}/api/me`)
    expect(await bodyOf(page)).toContain('"username":"ada"')
  })

  it('arrives logged in where the session cookie is `Strict`', async () => {
    const shop = await startSite({ sameSite: 'Strict' })
    const page = await visitor()
    await begin(page, shop)
    await logInThere(page, 'ada')
    await page.waitForURL(`${shop.origin}/api/me`)
    expect(await bodyOf(page)).toContain('"username":"ada"')
    expect((await cookie(page, 'portress-session'))?.sameSite).toBe('Strict')
  })

  it('hands a code over to a single-page app on another origin, and leaves no session behind', async () => {
    const shop = await startSite()
    const page = await visitor()
    const seen: string[] = []
    page.on('request', (request) => seen.push(request.url()))
    await page.goto(shop.app)
    await page.click('button')
    await logInThere(page, 'ada')
    await page.waitForURL(`${shop.app}/done`)
    await page.waitForSelector('output:has-text("ada")')
    expect(await cookie(page, 'portress-session')).toBeUndefined()
    expect(seen.filter((url) => url.startsWith(shop.app) && url.includes('code='))).toEqual([])
  })

  it('comes back with a plain sentence from a provider where the person said no', async () => {
    const shop = await startSite()
    const page = await visitor()
    await begin(page, shop)
    await page.fill('input[name=login]', 'ada')
    await page.fill('input[name=password]', 'any')
    await page.click('button[type=submit]')
    await page.click('text=Cancel')
    await page.waitForURL(`${shop.origin}/account/social/acme/callback?**`)
    expect(await bodyOf(page)).toContain('You did not allow it at Acme. Nothing has changed.')
    expect(await cookie(page, 'portress-session')).toBeUndefined()
    expect(await cookie(page, 'portress-social')).toBeUndefined()
  })
})

describe('a callback', () => {
  it('is refused politely when it is opened again, and the session stays', async () => {
    const shop = await startSite()
    const page = await visitor()
    const callback = page.waitForRequest(`${shop.origin}/account/social/acme/callback?**`)
    await begin(page, shop)
    await logInThere(page, 'ada')
    await page.waitForURL(`${shop.origin}/api/me`)
    const again = await page.goto((await callback).url())
    expect(again?.status()).toBe(400)
    expect(await bodyOf(page)).toContain('This log-in has expired or was begun elsewhere.')
    await page.goBack()
    expect(await bodyOf(page)).toContain('"username":"ada"')
  })

  it('is worth nothing in another browser, and everything in its own', async () => {
    const shop = await startSite()
    const [ada, mallory] = [await visitor(), await visitor()]
    const callback = await interceptedCallback(ada, shop)
    // The other one has begun a log-in, too, so there is a state, and it is not this one.
    await begin(mallory, shop)
    const tokens = shop.provider.requests.filter((request) => request === 'POST /token').length
    expect((await mallory.goto(callback))?.status()).toBe(400)
    expect(await cookie(mallory, 'portress-session')).toBeUndefined()
    expect(shop.provider.requests.filter((request) => request === 'POST /token')).toHaveLength(tokens)
    await ada.goto(callback)
    expect(await bodyOf(ada)).toContain('"username":"ada"')
  })

  it('is not another provider’s', async () => {
    const shop = await startSite()
    const page = await visitor()
    const callback = await interceptedCallback(page, shop)
    const mixedUp = await page.goto(callback.replace('/social/acme/', '/social/posting/'))
    expect(mixedUp?.status()).toBe(400)
    expect(await cookie(page, 'portress-session')).toBeUndefined()
    expect(shop.provider.requests).not.toContain('POST /token')
    await page.goto(callback)
    expect(await bodyOf(page)).toContain('"username":"ada"')
  })

  it('cannot be posted by a stranger’s page, not even with a code of the stranger’s own', async () => {
    const shop = await startSite()
    const [mallory, victim] = [await visitor(), await visitor()]
    const posted = mallory.waitForRequest((request) => request.url().endsWith('/posting/callback'))
    await begin(mallory, shop, '/account/social/posting')
    await mallory.route('**/posting/callback', (route) => route.abort())
    await logInThere(mallory, 'mallory').catch(() => undefined)
    const fields = [...new URLSearchParams((await posted).postData() ?? '')]
    expect(fields.map(([name]) => name)).toContain('code')
    const inputs = fields.map(([name, value]) => `<input name="${name}" value="${value}">`).join('')
    const action = `${shop.origin}/account/social/posting/callback`
    shop.stranger.answerWith(() =>
      html(`<form method="post" action="${action}">${inputs}<button>Free tea</button></form>`),
    )

    await begin(victim, shop, '/account/social/posting?next=/api/me')
    await victim.waitForSelector('input[name=login]')
    const interaction = victim.url()
    await victim.goto(shop.stranger.at)
    await victim.click('button')
    await victim.waitForURL(action)
    expect(await cookie(victim, 'portress-session')).toBeUndefined()
    await victim.goto(interaction)
    await logInThere(victim, 'ada')
    await victim.waitForURL(`${shop.origin}/api/me`)
    expect(await bodyOf(victim)).toContain('"username":"ada"')
  })
})

describe('connecting', () => {
  async function loggedIn(shop: SocialSite): Promise<Page> {
    const page = await visitor()
    const { sameSite } = shop.auth.config.cookies
    const session = { name: 'portress-session', value: await shop.sessionOf('bob'), url: shop.origin }
    await page.context().addCookies([{ ...session, httpOnly: true, sameSite }])
    return page
  }

  it('lets the person who is logged in come in by the provider from then on', async () => {
    const shop = await startSite()
    const page = await loggedIn(shop)
    await begin(page, shop, '/account/social/acme/connect?next=/api/identities')
    await logInThere(page, 'ada')
    await page.waitForURL(`${shop.origin}/api/identities`)
    expect(JSON.parse(await bodyOf(page))).toMatchObject({ identities: [{ provider: 'acme', subject: 'ada' }] })
    const elsewhere = await visitor()
    await begin(elsewhere, shop)
    await logInThere(elsewhere, 'ada')
    await elsewhere.waitForURL(`${shop.origin}/api/me`)
    expect(await bodyOf(elsewhere)).toContain('"username":"bob"')
  })

  it.each([
    ['a provider that posts', 'Lax', 'posting'],
    ['any provider where the cookie is `Strict`', 'Strict', 'acme'],
  ] as const)(
    'takes one more press with %s, because the browser keeps the session back',
    async (_what, sameSite, name) => {
      const shop = await startSite({ sameSite })
      const page = await loggedIn(shop)
      await begin(page, shop, `/account/social/${name}/connect?next=/api/identities`)
      await logInThere(page, 'ada')
      await page.click('text=Finish')
      await page.waitForURL(`${shop.origin}/api/identities`)
      expect(JSON.parse(await bodyOf(page))).toMatchObject({ identities: [{ provider: name, subject: 'ada' }] })
    },
  )
})

const html = (body: string): Response =>
  new Response(`<!doctype html>${body}`, { headers: { 'content-type': 'text/html; charset=utf-8' } })

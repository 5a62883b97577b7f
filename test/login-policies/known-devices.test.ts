/** Known devices as an attack: strangers keep a name locked, and the owner comes in all the same. */
import { afterEach, describe, expect, it } from 'vitest'
import { djoser } from '../../src/dialects/djoser/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { restAuth } from '../../src/dialects/rest-auth/index.ts'
import { restRegistration } from '../../src/dialects/rest-registration/index.ts'
import { type Answer, cookieFrom } from '../security/support/answer.ts'
import {
  closeSites,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  type Site,
  type SiteOptions,
} from '../security/support/open-site.ts'
import { guessWrong, isOpen, judgedIn, tryPassword, WRONG } from './support/guesses.ts'

afterEach(closeSites)

const DEVICE = 'portress-device'

/** `ann` has logged in at home before; `bea` is another user, who has too. */
async function homes(
  options: SiteOptions = {},
): Promise<{ readonly site: Site; readonly ann: string; readonly bea: string }> {
  const site = await openSite(options)
  for (const name of ['ann', 'bea']) await site.addUser(name)
  const [ann = '', bea = ''] = await Promise.all(
    ['ann', 'bea'].map(async (identifier) => cookieFrom(await tryPassword(site, { identifier }), DEVICE)),
  )
  return { site, ann, bea }
}

/** Many sources, each of them anew, guess at the user until nothing is judged any more. */
async function besiege(site: Site, minutes = 0): Promise<void> {
  for (let minute = 0; minute <= minutes; minute += 1) {
    for (let source = 0; source < 6; source += 1) {
      await guessWrong(site, 1, { address: `198.51.100.${source}`, identifier: source % 2 ? 'ann' : 'ann@example.org' })
    }
    if (minute < minutes) site.clock.advance({ minutes: 1 })
  }
}

describe('a name that strangers keep locked, from many addresses', () => {
  it('I3: opens for its owner from a known device, every time, and for nobody else', async () => {
    const { site, ann } = await homes()
    for (let day = 0; day < 3; day += 1) {
      await besiege(site, 30)
      expect(await isOpen(site, { cookie: ann })).toBe(true)
      expect(await isOpen(site, { cookie: ann, address: '203.0.113.200', identifier: 'ann@example.org' })).toBe(true)
      expect(await isOpen(site)).toBe(false)
      site.clock.advance({ hours: 8 })
    }
  })

  it('I3: stays locked for the strangers, though the owner logs in again and again', async () => {
    const { site, ann } = await homes()
    await besiege(site)
    const judged = await judgedIn(site, async () => {
      for (let round = 0; round < 5; round += 1) {
        await tryPassword(site, { cookie: ann })
        await besiege(site)
      }
    })
    expect(judged).toBe(5)
  })

  it('I3: opens for the owner where sources and whole names are counted as well', async () => {
    for (const keys of [[['user', 'identifier']], ['user', ['identifier', 'address']], ['user', 'address']] as const) {
      const { site, ann } = await homes({ lockout: { keys, maxFailuresPerAddress: 1 } })
      await besiege(site)
      expect(await isOpen(site, { cookie: ann, address: '198.51.100.1' }), JSON.stringify(keys)).toBe(true)
    }
  })

  it('I3: control: without the cookie the owner is shut out', async () => {
    const { site } = await homes()
    await besiege(site)
    expect(await isOpen(site)).toBe(false)
  })
})

describe('a cookie of a known device', () => {
  it('I3: gives whoever steals it three guesses a lock, and nothing else', async () => {
    const { site, ann } = await homes()
    const judged = await judgedIn(site, async () => {
      for (let guess = 0; guess < 20; guess += 1) {
        await guessWrong(site, 1, { cookie: ann, address: `198.51.100.${guess}` })
      }
    })
    expect(judged).toBe(3)
    // The thief's count is the device's own: the owner is not shut out elsewhere.
    expect(await isOpen(site)).toBe(true)
    expect((await site.send('GET /me', { cookie: ann })).status).toBe(401)
  })

  it('I3: is of no use for another user, though both have logged in on it once', async () => {
    const { site, ann, bea } = await homes()
    await guessWrong(site, 3, { cookie: bea })
    expect(await isOpen(site)).toBe(false)
    expect(await isOpen(site, { cookie: ann })).toBe(true)
    const both = cookieFrom(await tryPassword(site, { identifier: 'bea', cookie: ann }), DEVICE)
    await besiege(site)
    for (const identifier of ['ann', 'bea']) expect(await isOpen(site, { identifier, cookie: both })).toBe(true)
  })

  it('I3: counts for nothing when it is forged, changed, glued together, or of another site', async () => {
    const { site, ann, bea } = await homes()
    const elsewhere = await homes()
    const [name = '', value = ''] = ann.split('=')
    const [device = '', proof = ''] = value.split('.')
    const [otherDevice = '', otherProof = ''] = bea.slice(name.length + 1).split('.')
    const forged = [
      '',
      device,
      `${device}.`,
      `${device}.${'A'.repeat(43)}`,
      `${device}.${proof.slice(0, -1)}`,
      `${device}.${proof.toUpperCase()}`,
      `${otherDevice}.${proof}`,
      `${device}.${otherProof}`,
      `${device}.${proof}.${otherProof}.${'A'.repeat(400)}`,
      `${device}..${proof}....`,
      `${device}.${proof}\u0000`.replace('\u0000', '%00'),
      elsewhere.ann.slice(name.length + 1),
      '__proto__',
      'x'.repeat(5000),
    ]
    await besiege(site)
    const judged = await judgedIn(site, async () => {
      for (const text of forged) expect(await isOpen(site, { cookie: `${name}=${text}` }), text).toBe(false)
      // Two of one name: somebody may have planted one.
      expect(await isOpen(site, { cookie: `${ann}; ${bea}` })).toBe(false)
    })
    expect(judged).toBe(0)
    expect(await isOpen(site, { cookie: ann })).toBe(true)
  })

  it('I3: is a stranger’s again once the password is another', async () => {
    const { site, ann } = await homes()
    const user = await site.auth.findUser('ann')
    await site.auth.setPassword({ userId: user?.id ?? 0, newPassword: OTHER_PASSWORD, passwordCheck: 'enforced' })
    await besiege(site)
    expect(await isOpen(site, { cookie: ann, password: OTHER_PASSWORD })).toBe(false)
  })
})

describe('doors of other vocabularies', () => {
  const mounts = {
    '/api': portressApi(),
    '/auth': djoser({ createSessionOnLogin: true }),
    '/rest-auth': restAuth(),
    '/accounts': restRegistration(),
  }

  const LOGINS: readonly (readonly [string, string, string])[] = [
    ['djoser', '/auth/token/login/', 'username'],
    ['rest-auth', '/rest-auth/login/', 'username'],
    ['rest-registration', '/accounts/login/', 'login'],
  ]

  async function enter(
    site: Site,
    [, path, field]: (typeof LOGINS)[number],
    more: { readonly cookie?: string; readonly password?: string } = {},
  ) {
    const { cookie, password = PASSWORD } = more
    const headers = { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) }
    const body = JSON.stringify({ [field]: 'ann', password })
    const response = await site.auth.fetch(new Request(ORIGIN + path, { method: 'POST', headers, body }), {
      address: '192.0.2.10',
    })
    return { status: response.status, cookies: response.headers.getSetCookie() }
  }

  const deviceIn = ({ cookies }: Pick<Answer, 'cookies'>): string | null =>
    cookies.find((cookie) => cookie.includes(DEVICE))?.split(';')[0] ?? null

  it.each(LOGINS)('I3: %s knows a device by the cookie that another door set', async (...door) => {
    const { site, ann } = await homes({ mounts })
    for (let guess = 0; guess < 4; guess += 1) await enter(site, door, { password: WRONG })
    expect((await enter(site, door)).status).toBeGreaterThanOrEqual(400)
    expect((await enter(site, door, { cookie: ann })).status).toBe(200)
  })

  it.each(LOGINS)(
    'I3: %s sets none of its own, as its original does not, unless the site wants it',
    async (...door) => {
      const { site } = await homes({ mounts })
      expect(deviceIn(await enter(site, door))).toBeNull()
      const { site: wanting } = await homes({ mounts, cookies: { deviceAtEveryDoor: true } })
      const first = await enter(wanting, door)
      const device = deviceIn(first)
      expect(first.cookies.filter((cookie) => cookie.includes(DEVICE))).toEqual([
        expect.stringMatching(/; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure$/),
      ])
      for (let guess = 0; guess < 4; guess += 1) await enter(wanting, door, { password: WRONG })
      expect((await enter(wanting, door)).status).toBeGreaterThanOrEqual(400)
      expect((await enter(wanting, door, { cookie: device ?? '' })).status).toBe(200)
    },
  )
})

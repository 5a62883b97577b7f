/** I7 of the contract about login policies: how each vocabulary tells of a lock, where it is told at all. */
import { afterEach, describe, expect, it } from 'vitest'
import { djmongoauth } from '../../src/dialects/djmongoauth/index.ts'
import { djoser } from '../../src/dialects/djoser/index.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { restAuth } from '../../src/dialects/rest-auth/index.ts'
import { restRegistration } from '../../src/dialects/rest-registration/index.ts'
import { type Answer, differences, header } from '../security/support/answer.ts'
import { closeSites, ORIGIN, openSite, PASSWORD, type Site, type SiteOptions } from '../security/support/open-site.ts'
import { type Door, knock } from './support/doors.ts'
import { WRONG } from './support/guesses.ts'

afterEach(closeSites)

const mounts = {
  '/api': portressApi(),
  '/auth': djoser(),
  '/rest-auth': restAuth({ generation: '0.9' }),
  '/dj-rest-auth': restAuth({ generation: '7', name: 'dj-rest-auth' }),
  '/accounts': restRegistration(),
  '/djmongoauth': djmongoauth(),
  '/djmongoauth-429': djmongoauth({ name: 'djmongoauth-429', lockedStatus: 429 }),
  '/': pages(),
}

interface Told {
  readonly status: number
  readonly body: unknown
}

type LockDoor = Omit<Door, 'takes'> & { readonly forAMinute: Told; readonly forever: Told }

const problem = (detail: string): Told => ({
  status: 429,
  body: expect.objectContaining({ code: 'locked_out', status: 429, detail }),
})
const detail = (text: string): Told => ({ status: 429, body: { detail: text } })
const ofDrf = {
  forAMinute: detail('Request was throttled. Expected available in 60 seconds.'),
  forever: detail('Request was throttled.'),
}

const SOON = 'Too many wrong passwords. Please try again in 60 seconds.'
const NEVER = 'Too many wrong passwords. Nobody can log in with this name until it is unlocked.'

const DOORS: readonly LockDoor[] = [
  {
    name: 'portress-api',
    row: 'POST /api/login',
    field: 'identifier',
    forAMinute: problem(SOON),
    forever: problem(NEVER),
  },
  { name: 'djoser by token', row: 'POST /auth/token/login/', field: 'username', ...ofDrf },
  { name: 'djoser by JWT', row: 'POST /auth/jwt/create/', field: 'username', ...ofDrf },
  { name: 'rest-auth 0.9', row: 'POST /rest-auth/login/', field: 'username', ...ofDrf },
  { name: 'rest-auth 7', row: 'POST /dj-rest-auth/login/', field: 'username', ...ofDrf },
  { name: 'rest-registration', row: 'POST /accounts/login/', field: 'login', ...ofDrf },
  { name: 'HTTP Basic', row: 'GET /accounts/profile/', field: null, ...ofDrf },
  {
    name: 'djmongoauth',
    row: 'POST /djmongoauth/login',
    field: 'username',
    forAMinute: { status: 400, body: { error: SOON } },
    forever: { status: 400, body: { error: NEVER } },
  },
  {
    name: 'djmongoauth that answers 429',
    row: 'POST /djmongoauth-429/login',
    field: 'username',
    forAMinute: { status: 429, body: { error: SOON } },
    forever: { status: 429, body: { error: NEVER } },
  },
]

const enter = (site: Site, door: LockDoor, sent: { readonly identifier?: string; readonly password: string }) =>
  knock(site, { ...door, takes: [] }, { identifier: 'ann', ...sent })

interface Locked {
  readonly site: Site
  readonly answer: Answer
}

/** Guesses three times, then types the right password. */
async function answerWhileLocked(door: LockDoor, options: SiteOptions): Promise<Locked> {
  const site = await openSite({ mounts, ...options })
  await site.addUser('ann')
  for (let guess = 0; guess < 3; guess += 1) await enter(site, door, { password: WRONG })
  return { site, answer: await enter(site, door, { password: PASSWORD }) }
}

const REVEALING = { login: { revealLocks: true } } as const

describe.each(DOORS)('a lock at $name', (door) => {
  it('I7: is told in the words of the vocabulary, with when to come back', async () => {
    const { answer } = await answerWhileLocked(door, REVEALING)
    expect({ status: answer.status, body: answer.json }).toEqual(door.forAMinute)
    expect(header(answer, 'retry-after')).toBe('60')
  })

  it('I7: promises no time where it does not end by itself', async () => {
    const { answer } = await answerWhileLocked(door, { ...REVEALING, lockout: { dangerouslyPermanent: true } })
    expect({ status: answer.status, body: answer.json }).toEqual(door.forever)
    expect(header(answer, 'retry-after')).toBeNull()
  })

  it('I7: is a wrong password like any other where nothing is told', async () => {
    const { site, answer } = await answerWhileLocked(door, {})
    await site.addUser('bea')
    const wrong = await enter(site, door, { identifier: 'bea', password: WRONG })
    expect(differences(answer, wrong)).toEqual([])
    expect(header(answer, 'retry-after')).toBeNull()
  })

  it('I7: is told for a name that nobody has just as well', async () => {
    const { site, answer } = await answerWhileLocked(door, REVEALING)
    const guess = () => enter(site, door, { identifier: 'nobody', password: WRONG })
    for (let guesses = 0; guesses < 3; guesses += 1) await guess()
    expect(differences(answer, await guess())).toEqual([])
  })
})

describe('a lock at the pages', () => {
  it('I7: is nothing that they answer with: they ask for no password, and end the lock by the mailed link', async () => {
    const [door] = DOORS
    if (door === undefined) throw new Error('there is no door')
    const { site } = await answerWhileLocked(door, REVEALING)
    const link = new URL(/https:\S+/.exec((await site.mails()).at(-1)?.text ?? '')?.[0] ?? '')
    expect((await site.auth.fetch(new Request(link))).status).toBe(200)
    const sent = await site.auth.fetch(
      new Request(new URL(link.pathname, ORIGIN), {
        method: 'POST',
        body: new URLSearchParams({ code: link.searchParams.get('code') ?? '' }),
        headers: { origin: ORIGIN, 'sec-fetch-site': 'same-origin' },
      }),
    )
    expect(sent.status).toBe(200)
    expect((await enter(site, door, { password: PASSWORD })).status).toBe(200)
  })
})

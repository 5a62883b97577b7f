import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Store } from '../../src/contracts/store.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { portressApi } from '../../src/dialects/portress-api/index.ts'
import { type Answer, cookieFrom, header } from './support/answer.ts'
import { withBodies } from './support/careless-api.ts'
import { type Complaints, HOLDS, judgement, saying } from './support/complaints.ts'
import { meddlingApi, withBody } from './support/meddling-api.ts'
import {
  type Account,
  closeSites,
  codeIn,
  ORIGIN,
  OTHER_PASSWORD,
  openSite,
  PASSWORD,
  randomSecret,
  type Site,
  type SiteOptions,
  temporaryDatabase,
} from './support/open-site.ts'
import { race } from './support/send-http.ts'
import { startPair } from './support/start-server.ts'
import { blindToStatus, checkingBeforeTaking, forgetting } from './support/store-stand-ins.ts'

afterEach(closeSites)

// Some tests start processes of their own.
vi.setConfig({ testTimeout: 60_000 })

const EMAIL = 'ann@example.org'

async function requestReset(site: Site, email: string = EMAIL): Promise<string> {
  await site.send('POST /password/reset', { body: { email } })
  return site.codeFor(email)
}

function confirmReset(site: Site, code: string, newPassword: string = OTHER_PASSWORD): Promise<Answer> {
  return site.send('POST /password/reset/confirm', { body: { code, newPassword } })
}

async function statusOfLogin(site: Site, password: string, identifier = 'ann'): Promise<number> {
  return (await site.send('POST /login', { body: { identifier, password } })).status
}

describe('one reset link and fifty who use it at once', () => {
  const passwords = Array.from({ length: 50 }, (_, index) => `harbour-lantern-${index}-fox`)

  interface Contest {
    confirmAll(): Promise<readonly Pick<Answer, 'status'>[]>
    statusOfLogin(password: string): Promise<number>
  }

  async function judge(contest: Contest): Promise<Complaints> {
    const { must, complaints } = judgement()
    const statuses = (await contest.confirmAll()).map(({ status }) => status)
    const winners = passwords.filter((_, index) => statuses[index] === 204)
    must(winners.length === 1, `${winners.length} confirmations succeeded`)
    must(
      statuses.every((status) => status === 204 || status === 400),
      `answered ${[...new Set(statuses)]}`,
    )
    for (const [index, password] of passwords.entries()) {
      const expected = statuses[index] === 204 ? 200 : 401
      const status = await contest.statusOfLogin(password)
      must(
        status === expected,
        `password ${index} logs in with ${status} after its confirmation got ${statuses[index]}`,
      )
    }
    return complaints
  }

  async function overTwoProcesses(): Promise<Contest> {
    const startsAt = '2026-03-01T12:00:00Z'
    const options = { lockout: { maxFailures: 1000, maxFailuresPerAddress: 1000 } }
    const settings = { database: temporaryDatabase(), secret: randomSecret(), startsAt, options }
    const [one, two] = await startPair(settings)
    await one.ask({ ask: 'createUser', username: 'ann', email: EMAIL, password: PASSWORD })
    await one.post('/password/reset', { email: EMAIL })
    const code = codeIn((await one.ask({ ask: 'mails' })).at(-1))
    const calls = passwords.map((newPassword, index) => ({
      port: index % 2 === 0 ? one.port : two.port,
      method: 'POST',
      path: '/api/password/reset/confirm',
      body: { code, newPassword },
    }))
    return {
      confirmAll: () => race(calls),
      statusOfLogin: async (password) => (await two.post('/login', { identifier: 'ann', password })).status,
    }
  }

  async function inThisProcess(wrapStore: (store: Store) => Store): Promise<Contest> {
    const site = await openSite({ wrapStore, lockout: { maxFailures: 1000 } })
    await site.addUser('ann')
    const code = await requestReset(site)
    return {
      confirmAll: () => Promise.all(passwords.map((password) => confirmReset(site, code, password))),
      statusOfLogin: (password) => statusOfLogin(site, password),
    }
  }

  it('row 92: of fifty confirmations over two processes one succeeds, and its password alone logs in', async () => {
    expect(await judge(await overTwoProcesses())).toEqual(HOLDS)
  })

  it('row 92: the same within one process', async () => {
    expect(await judge(await inThisProcess((store) => store))).toEqual(HOLDS)
  })

  it('row 92, control: a code that is looked up and deleted in two steps is seen through', async () => {
    // Both must go: the user's epoch alone would tell the second one to confirm from the first.
    const wrapStore = (store: Store): Store => forgetting('when')(checkingBeforeTaking(store))
    expect(await judge(await inThisProcess(wrapStore))).toEqual(saying('confirmations succeeded'))
  })

  it('row 92: a used link is dead', async () => {
    const site = await openSite()
    await site.addUser('ann')
    const code = await requestReset(site)
    expect((await confirmReset(site, code)).status).toBe(204)
    expect((await confirmReset(site, code, PASSWORD)).status).toBe(400)
    expect(await statusOfLogin(site, OTHER_PASSWORD)).toBe(200)
  })
})

describe('older links', () => {
  async function useAndChange(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const ann = await site.addUser('ann')
    const { must, complaints } = judgement()
    const mustBeDead = async (code: string, after: string): Promise<void> => {
      const { status } = await confirmReset(site, code, 'violet-engine-3141-moss')
      must(status === 400, `a link answered ${status} after ${after}`)
    }
    const [first, second] = [await requestReset(site), await requestReset(site)]
    must((await confirmReset(site, second)).status === 204, 'the second link does not work')
    await mustBeDead(first, 'another one was used')
    if (complaints.length > 0) return complaints
    const third = await requestReset(site)
    const token = await site.tokenFor({ ...ann, password: OTHER_PASSWORD })
    const currentPassword = OTHER_PASSWORD
    await site.send('POST /email/change', { token, body: { newEmail: 'ann@example.net', currentPassword } })
    const confirmed = { body: { code: await site.codeFor('ann@example.net') } }
    must((await site.send('POST /email/change/confirm', confirmed)).status === 200, 'the address was not changed')
    await mustBeDead(third, 'the address was changed')
    const fourth = await requestReset(site, 'ann@example.net')
    const change = { token, body: { currentPassword, newPassword: PASSWORD } }
    must((await site.send('POST /password/change', change)).status === 204, 'the password was not changed')
    await mustBeDead(fourth, 'the password was changed')
    return complaints
  }

  it('row 93: die with the use of another, with a new address and with a new password', async () => {
    expect(await useAndChange({})).toEqual(HOLDS)
  })

  it('row 93, control: a store that keeps them is seen through', async () => {
    const complaints = await useAndChange({ wrapStore: forgetting('removeCodes', 'endSessions') })
    expect(complaints).toEqual(saying('after another one was used'))
  })
})

describe('the life of a link', () => {
  async function waitFor(milliseconds: number, options: SiteOptions): Promise<number> {
    const site = await openSite({ codes: { verifyEmailSeconds: 30 * 86_400 }, ...options })
    await site.addUser('ann')
    const code = await requestReset(site)
    site.clock.advance({ milliseconds })
    return (await confirmReset(site, code)).status
  }

  it('row 94: is an hour to the millisecond, whatever that of an activation link', async () => {
    expect(await waitFor(3_600_000 - 1, {})).toBe(204)
    expect(await waitFor(3_600_000, {})).toBe(400)
  })

  it('row 94, control: a longer life is noticed', async () => {
    expect(await waitFor(3_600_000, { codes: { resetPasswordSeconds: 3601 } })).toBe(204)
  })

  it('row 94: goes by the clock of the process that is asked', async () => {
    const startsAt = '2026-03-01T12:00:00Z'
    const settings = { database: temporaryDatabase(), secret: randomSecret(), startsAt }
    const [here, there] = await startPair(settings)
    await here.ask({ ask: 'createUser', username: 'ann', email: EMAIL, password: PASSWORD })
    await here.post('/password/reset', { email: EMAIL })
    const code = codeIn((await here.ask({ ask: 'mails' })).at(-1))
    await there.ask({ ask: 'advance', span: { hours: 1 } })
    const body = { code, newPassword: OTHER_PASSWORD }
    expect((await there.post('/password/reset/confirm', body)).status).toBe(400)
    expect((await here.post('/password/reset/confirm', body)).status).toBe(204)
  })
})

describe('whose password a link sets', () => {
  async function nameSomebodyElse(open: () => Promise<Site>): Promise<Complaints> {
    const site = await open()
    await site.addUser('ann')
    const bob = await site.addUser('bob')
    const { must, complaints } = judgement()
    const names = { email: bob.email, username: 'bob', userId: bob.user.id, uid: bob.user.id, id: bob.user.id }
    const query = new URLSearchParams(Object.entries(names).map(([name, value]) => [name, String(value)]))
    for (const [name, value] of Object.entries(names)) {
      const body = { code: await requestReset(site), newPassword: OTHER_PASSWORD, [name]: value }
      await site.send(`POST /password/reset/confirm?${query}`, {
        body,
        headers: { 'x-user-id': String(bob.user.id), 'remote-user': 'bob' },
        cookie: `user=${bob.user.id}; uid=bob`,
      })
      must((await statusOfLogin(site, PASSWORD, 'bob')) === 200, `${name} in the body changed somebody else’s password`)
    }
    const sent = { body: { code: await requestReset(site), newPassword: OTHER_PASSWORD } }
    await site.send(`POST /password/reset/confirm?${query}`, sent)
    must((await statusOfLogin(site, PASSWORD, 'bob')) === 200, 'the query changed somebody else’s password')
    must((await statusOfLogin(site, OTHER_PASSWORD)) === 200, 'the owner’s password was not changed')
    return complaints
  }

  it('row 95: is told by the link alone', async () => {
    expect(await nameSomebodyElse(openSite)).toEqual(HOLDS)
  })

  it('row 95, control: a server that believes the body is seen through', async () => {
    const open = async (): Promise<Site> => {
      const believing = meddlingApi('POST /password/reset/confirm', async (exchange, run) => {
        const { email, ...body } = await exchange.body()
        const user = typeof email === 'string' ? await site.auth.findUser(email) : null
        if (user === null) return run(exchange)
        await site.auth.setPassword({ userId: user.id, newPassword: OTHER_PASSWORD, passwordCheck: 'bypassed' })
        return run(withBody(exchange, body))
      })
      const site = await openSite({ mounts: { '/api': believing } })
      return site
    }
    expect(await nameSomebodyElse(open)).toEqual(saying('email in the body changed somebody else’s password'))
  })
})

describe('texts that are almost a link’s code', () => {
  function almost(code: string): readonly string[] {
    const last = code.charCodeAt(code.length - 1)
    const flipped = [...code].map((character) => swapCase(character)).join('')
    return [
      code.slice(0, -1),
      code.slice(1),
      `${code}A`,
      `A${code}`,
      `${code}=`,
      `${code}\n`,
      ` ${code}`,
      `${code} `,
      flipped,
      encodeURIComponent(`${code}+`),
      `%${code.charCodeAt(0).toString(16)}${code.slice(1)}`,
      // The last character holds two bits that no byte needs.
      code.slice(0, -1) + String.fromCharCode(last === 122 ? 121 : last + 1),
      Buffer.from(code, 'base64url').toString('hex'),
      '',
    ]
  }

  const swapCase = (character: string): string =>
    character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase()

  async function tryAll(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    await site.addUser('ann')
    const code = await requestReset(site)
    const { must, complaints } = judgement()
    for (const text of almost(code)) {
      const { status } = await confirmReset(site, text)
      must(status === 400, `${JSON.stringify(text.replace(code, 'CODE'))} answered ${status}`)
    }
    must((await confirmReset(site, code)).status === 204, 'the code itself does not work')
    return complaints
  }

  it('row 100: open nothing and use nothing up', async () => {
    expect(await tryAll({})).toEqual(HOLDS)
  })

  it('row 100, control: a server that tidies codes up is seen through', async () => {
    const tidying = withBodies((body) => {
      const code = body['code']
      return typeof code === 'string' ? { ...body, code: code.trim().slice(0, 43) } : body
    })
    expect(await tryAll({ mounts: { '/api': tidying } })).toEqual(saying('"CODEA" answered 204'))
  })
})

describe('weak passwords', () => {
  const WEAK = [
    'short7!',
    'password1',
    'iloveyou',
    '12345678',
    '9182736450',
    'ann.smithson',
    'ann.smithson@example.org',
    'acme2026!',
    'qwertyuiop',
    'AnnSmithson1',
  ]

  async function setEverywhere(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const account: Account = await site.addUser('ann.smithson')
    const code = await requestReset(site, account.email)
    const token = await site.tokenFor(account)
    const { must, complaints } = judgement()
    for (const password of WEAK) {
      const registration = { username: 'ann.smithson', email: 'ann.smithson@example.org', password }
      const tries: readonly (readonly [string, Parameters<Site['send']>[1]])[] = [
        ['POST /register', { body: registration }],
        ['POST /password/change', { token, body: { currentPassword: PASSWORD, newPassword: password } }],
        ['POST /password/reset/confirm', { body: { code, newPassword: password } }],
      ]
      for (const [row, sent] of tries) {
        const { status, text } = await site.send(row, sent)
        must(status === 400 && text.includes('password_'), `${row} took ${password} with ${status}`)
      }
      const set = { userId: account.user.id, newPassword: password, passwordCheck: 'enforced' } as const
      const isRefused = await site.auth.setPassword(set).then(
        () => false,
        () => true,
      )
      must(isRefused, `an operator could set ${password}`)
    }
    must((await confirmReset(site, code)).status === 204, 'a refused password used the link up')
    return complaints
  }

  it('row 101: are refused wherever a password is set, and a refusal does not cost the link', async () => {
    expect(await setEverywhere({})).toEqual(HOLDS)
  })

  it('row 101, control: a site without validators is seen through', async () => {
    expect(await setEverywhere({ passwords: { validators: [] } })).toEqual(saying('/password/change took password1'))
  })
})

describe('what a reset opens', () => {
  async function resetAndLook(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const ann = await site.addUser('ann')
    const { must, complaints } = judgement()
    const anonymous = await site.send('GET /me')
    must(anonymous.status === 401, 'the site knows everybody')
    for (const body of [{ newPassword: OTHER_PASSWORD }, { code: '', newPassword: OTHER_PASSWORD }]) {
      const { status } = await site.send('POST /password/reset/confirm', { body })
      must(status === 400, `a reset without a code answered ${status}`)
    }
    const answer = await confirmReset(site, await requestReset(site, ann.email))
    must(answer.cookies.length === 0, `the answer sets ${answer.cookies}`)
    must(answer.text === '', `the answer says ${answer.text}`)
    return complaints
  }

  it('row 102: sets the password and logs nobody in', async () => {
    expect(await resetAndLook({})).toEqual(HOLDS)
  })

  it('row 102, control: a reset that logs in is seen through', async () => {
    const obliging = meddlingApi('POST /password/reset/confirm', async (exchange, run) => {
      const response = await run(exchange)
      response.headers.append('set-cookie', 'session=1')
      return response
    })
    expect(await resetAndLook({ mounts: { '/api': obliging } })).toEqual(saying('the answer sets'))
  })
})

describe('what outlives a new password', () => {
  /** One of each kind of credential and link, before the password is set anew. */
  async function gather(site: Site) {
    const login = (carrier: string) =>
      site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier } })
    const cookie = cookieFrom(await login('cookie'), 'portress-session')
    const other = cookieFrom(await login('cookie'), 'portress-session')
    const token = String((await login('token')).json['token'])
    const { accessToken, refreshToken } = (await login('jwt')).json
    const change = { newEmail: 'ann@example.net', currentPassword: PASSWORD }
    await site.send('POST /email/change', { token, body: change })
    const emailCode = await site.codeFor('ann@example.net')
    const olderReset = await requestReset(site)
    return { cookie, other, token, accessToken: String(accessToken), refreshToken, emailCode, olderReset }
  }

  type Gathered = Awaited<ReturnType<typeof gather>>

  async function complainOfSurvivors(site: Site, kept: Omit<Gathered, 'cookie'>): Promise<Complaints> {
    const { must, complaints } = judgement()
    const tries: Readonly<Record<string, Promise<Answer>>> = {
      'another browser’s cookie': site.send('GET /me', { cookie: kept.other }),
      'a bearer token': site.send('GET /me', { token: kept.token }),
      'an access token': site.send('GET /me', { token: kept.accessToken }),
      'a refresh token': site.send('POST /token/refresh', { body: { refreshToken: kept.refreshToken } }),
      'the link to another address': site.send('POST /email/change/confirm', { body: { code: kept.emailCode } }),
      'an older reset link': confirmReset(site, kept.olderReset, 'violet-engine-3141-moss'),
    }
    for (const [name, answer] of Object.entries(tries)) {
      const { status } = await answer
      must(status === 401 || status === 400, `${name} answered ${status}`)
    }
    return complaints
  }

  async function reset(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    await site.addUser('ann')
    const gathered = await gather(site)
    const { must, complaints } = judgement()
    must((await confirmReset(site, await requestReset(site))).status === 204, 'the reset failed')
    must((await site.send('GET /me', { cookie: gathered.cookie })).status === 401, 'the cookie survived')
    return [...complaints, ...(await complainOfSurvivors(site, gathered))]
  }

  async function change(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    await site.addUser('ann')
    const gathered = await gather(site)
    const { must, complaints } = judgement()
    const body = { currentPassword: PASSWORD, newPassword: OTHER_PASSWORD }
    const changed = await site.send('POST /password/change', { cookie: gathered.cookie, body })
    must(changed.status === 204, 'the change failed')
    must((await site.send('GET /me', { cookie: gathered.cookie })).status === 401, 'the old cookie survived')
    const renewed = cookieFrom(changed, 'portress-session')
    must((await site.send('GET /me', { cookie: renewed })).status === 200, 'the own session was lost')
    return [...complaints, ...(await complainOfSurvivors(site, gathered))]
  }

  it('row 103: nothing outlives a reset', async () => {
    expect(await reset({})).toEqual(HOLDS)
  })

  it('row 103: only the own session, with a new secret, outlives a change', async () => {
    expect(await change({})).toEqual(HOLDS)
  })

  it.each([
    ['reset', reset],
    ['change', change],
  ])('row 103, control: a store that keeps sessions and codes at a %s is seen through', async (_, act) => {
    expect(await act({ wrapStore: forgetting('endSessions') })).toEqual(saying('a bearer token answered 200'))
    const wrapStore = forgetting('removeCodes', 'endSessions')
    expect(await act({ wrapStore })).toEqual(saying('the link to another address answered 200'))
  })
})

describe('a user who was disabled', () => {
  async function useLinkOfDisabled(options: SiteOptions): Promise<Complaints> {
    const site = await openSite(options)
    const ann = await site.addUser('ann')
    const code = await requestReset(site)
    await site.auth.setStatus({ userId: ann.user.id, status: 'disabled' })
    const { must, complaints } = judgement()
    const { status } = await confirmReset(site, code)
    must(status === 400, `the link answered ${status}`)
    must((await statusOfLogin(site, OTHER_PASSWORD)) === 401, 'the new password logs in')
    must((await statusOfLogin(site, PASSWORD)) === 401, 'the old password logs in')
    site.mailer.clear()
    await site.send('POST /password/reset', { body: { email: EMAIL } })
    must((await site.mails()).length === 0, 'a disabled user got a link')
    await site.auth.setStatus({ userId: ann.user.id, status: 'active' })
    must((await statusOfLogin(site, PASSWORD)) === 200, 'the password was changed')
    return complaints
  }

  it('row 104: is not revived by a reset link, and gets no other', async () => {
    expect(await useLinkOfDisabled({})).toEqual(HOLDS)
  })

  it('row 104, control: a server that does not look at the status is seen through', async () => {
    const wrapStore = (store: Store): Store => blindToStatus(forgetting('removeCodes', 'endSessions', 'when')(store))
    expect(await useLinkOfDisabled({ wrapStore })).toEqual(saying('the link answered 204'))
  })
})

describe('a link that programs open before its reader does', () => {
  interface Visit {
    readonly page: string
    readonly form: Readonly<Record<string, string>>
  }

  async function visit(site: Site, row: string, form?: Visit['form']): Promise<Response> {
    const [method = '', path = ''] = row.split(' ')
    const body = form === undefined ? null : new URLSearchParams(form)
    const headers = form === undefined ? {} : { origin: ORIGIN }
    return site.auth.fetch(new Request(ORIGIN + path, { method, body, headers }), { address: '192.0.2.10' })
  }

  async function openBeforeUse(site: Site, { page, form }: Visit, code: string): Promise<Complaints> {
    const { must, complaints } = judgement()
    for (const method of ['GET', 'GET', 'HEAD', 'GET']) {
      const opened = await visit(site, `${method} ${page}?code=${code}`)
      must(opened.status === 200, `${method} answered ${opened.status}`)
      const policy = opened.headers.get('referrer-policy') ?? ''
      must(['no-referrer', 'origin', 'strict-origin'].includes(policy), `the page gives its address away: ${policy}`)
      must(opened.headers.get('cache-control') === 'no-store', 'the page may be stored')
      const foreign = (await opened.text()).match(
        /(?:src|href)="(?:https?:)?\/\/(?!acme\.test|accounts\.example)[^"]*/g,
      )
      must(foreign === null, `the page loads or names ${foreign}`)
    }
    const used = await visit(site, `POST ${page}`, { code, ...form })
    must(used.status === 200, `the form answered ${used.status}`)
    const again = await visit(site, `POST ${page}`, { code, ...form })
    must(again.status === 400, `the used form answered ${again.status}`)
    return complaints
  }

  const password = { new_password: OTHER_PASSWORD, new_password_again: OTHER_PASSWORD }

  it('row 105: reset links survive three GET and a HEAD, and then work once', async () => {
    const site = await openSite({ mounts: { '/api': portressApi(), '/': pages() } })
    await site.addUser('ann')
    const visitPage = { page: '/account/reset-password', form: password }
    expect(await openBeforeUse(site, visitPage, await requestReset(site))).toEqual(HOLDS)
  })

  it('row 105, control: a page that runs its command when it is opened is seen through', async () => {
    const eager = pages()
    const consuming: typeof eager = {
      ...eager,
      routes: (config) =>
        eager.routes(config).map((row) => ({
          ...row,
          run: async (exchange) => {
            const code = exchange.query().get('code')
            if (code !== null)
              await site.auth.confirmPasswordReset({ code, newPassword: PASSWORD }).catch(() => undefined)
            return row.run(exchange)
          },
        })),
    }
    const site = await openSite({ mounts: { '/api': portressApi(), '/': consuming } })
    await site.addUser('ann')
    const visitPage = { page: '/account/reset-password', form: password }
    expect(await openBeforeUse(site, visitPage, await requestReset(site))).toEqual(saying('the form answered 400'))
  })

  it('row 105: the API answers GET and HEAD for a confirmation with nothing but a refusal', async () => {
    const site = await openSite()
    await site.addUser('ann')
    const code = await requestReset(site)
    for (const method of ['GET', 'HEAD', 'GET']) {
      const answer = await site.send(`${method} /password/reset/confirm?code=${code}&newPassword=${OTHER_PASSWORD}`)
      expect([answer.status, header(answer, 'referrer-policy')]).toEqual([405, 'no-referrer'])
    }
    expect((await confirmReset(site, code)).status).toBe(204)
  })
})

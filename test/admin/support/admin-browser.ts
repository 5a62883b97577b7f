import type { Auth } from '../../../src/auth.ts'
import { type CookieJar, cookieJar } from '../../dialects/drf/support/cookie-jar.ts'
import { TEST_ORIGIN } from '../../support/test-auth.ts'

const PASSWORD = 'correct horse battery'

/** What a page was. */
export interface AdminAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Where it leads to, as a path. */
  readonly location: string | null
}

/** The fields of a form; a list stands for a name that comes more than once. */
export type Fields = Readonly<Record<string, string | readonly string[]>>

export interface Posting {
  /** In place of what a browser sends at the site's own page. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** @default the one that the last page had */
  readonly csrf?: string | null
}

/** A browser without script: keeps cookies, sends the value that the form had. */
export interface AdminBrowser {
  readonly jar: CookieJar
  /** Opens a page below the mount. */
  open(path: string, headers?: Readonly<Record<string, string>>): Promise<AdminAnswer>
  /** Opens the form's page first, where no page has been opened before. */
  post(path: string, fields?: Fields, posting?: Posting): Promise<AdminAnswer>
  /** Posts, and opens where that leads to. */
  postAndFollow(path: string, fields?: Fields): Promise<AdminAnswer>
  logIn(name: string, password?: string): Promise<AdminAnswer>
}

export function adminBrowser(auth: Pick<Auth, 'fetch'>, ownHeaders: Readonly<Record<string, string>>): AdminBrowser {
  const jar = cookieJar()
  let csrf: string | null = null
  const send = async (path: string, init: RequestInit & { readonly headers: Record<string, string> }) => {
    const cookie = jar.headerFor(path)
    const headers = { ...ownHeaders, ...(cookie === null ? {} : { cookie }), ...init.headers }
    const response = await auth.fetch(new Request(TEST_ORIGIN + path, { ...init, headers }), { address: '192.0.2.7' })
    jar.keep(response.headers.getSetCookie())
    const text = await response.text()
    csrf = csrfIn(text) ?? csrf
    return { status: response.status, headers: response.headers, text, location: response.headers.get('location') }
  }
  const open: AdminBrowser['open'] = (path, headers = {}) => send(`/admin${path}`, { headers: { ...headers } })
  const post: AdminBrowser['post'] = async (path, fields = {}, posting = {}) => {
    if (csrf === null && posting.csrf === undefined) await open('/login/')
    const body = bodyOf(posting.csrf === undefined ? csrf : posting.csrf, fields)
    const headers = { origin: TEST_ORIGIN, 'content-type': 'application/x-www-form-urlencoded', ...posting.headers }
    const kept = Object.fromEntries(Object.entries(headers).filter(([, text]) => text !== null)) as Record<
      string,
      string
    >
    return send(`/admin${path}`, { method: 'POST', body, headers: kept })
  }
  const follow = async (answer: AdminAnswer): Promise<AdminAnswer> =>
    answer.location === null ? answer : send(answer.location, { headers: {} })
  return {
    jar,
    open,
    post,
    postAndFollow: async (path, fields = {}) => follow(await post(path, fields)),
    async logIn(name, password = PASSWORD) {
      await open('/login/')
      const answer = await post('/login/', { username: name, password, next: '/admin/' })
      if (answer.status !== 302) throw new Error(`${name} could not log in: ${answer.status} ${answer.text}`)
      await open('/')
      return answer
    },
  }
}

function bodyOf(csrf: string | null, fields: Fields): string {
  const entries = Object.entries(fields).flatMap(([name, given]) =>
    (typeof given === 'string' ? [given] : given).map((value) => [name, value]),
  )
  return new URLSearchParams([...(csrf === null ? [] : [['csrfmiddlewaretoken', csrf]]), ...entries]).toString()
}

const csrfIn = (text: string): string | null => /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(text)?.[1] ?? null

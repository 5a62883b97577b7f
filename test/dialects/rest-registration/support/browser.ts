import type { Answer } from '../../djoser/support/answer.ts'
import { type CookieJar, cookieJar } from '../../rest-auth/support/cookie-jar.ts'
import { type CallOptions, MOUNT } from './request.ts'

/** What goes along with a call of a browser. */
export interface BrowserCall extends CallOptions {
  /** Whether the page repeats the CSRF token of its cookie in the header, as scripts of the site do. @default true */
  readonly csrf?: boolean
}

/** A browser at the site's own page: keeps cookies, and sends the CSRF token that it was given. */
export interface Browser {
  readonly jar: CookieJar
  call(row: string, options?: BrowserCall): Promise<Answer>
  /** Logs in, by default with the password that `addUser` gives; it must be right. */
  login(username: string, password?: string): Promise<Answer>
}

export function newBrowser(usual: string, send: (row: string, options?: CallOptions) => Promise<Answer>): Browser {
  const jar = cookieJar()
  const call: Browser['call'] = async (row, { csrf = true, headers = {}, ...options } = {}) => {
    const [, path = ''] = row.split(' ')
    const [cookie, token] = [jar.headerFor(`${MOUNT}/${path}`), jar.get('csrftoken')]
    const sent = {
      ...(cookie === null ? {} : { cookie }),
      ...(csrf && token !== null ? { 'x-csrftoken': token } : {}),
      ...headers,
    }
    const answer = await send(row, { ...options, headers: sent })
    jar.keep(answer.cookies)
    return answer
  }
  return {
    jar,
    call,
    async login(login, password = usual) {
      const answer = await call('POST login/', { json: { login, password } })
      if (answer.status !== 200) throw new Error(`${login} could not log in: ${answer.status}`)
      return answer
    },
  }
}

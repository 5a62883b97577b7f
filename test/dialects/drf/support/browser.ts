import type { Answer } from './answer.ts'
import { type CookieJar, cookieJar } from './cookie-jar.ts'
import type { DrfWorld } from './drf-world.ts'
import type { Ask, CallOptions } from './request.ts'

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

export function newBrowser(
  { mount, call: send }: Pick<DrfWorld, 'mount' | 'call'>,
  loginOf: (username: string, password: string | undefined) => Ask,
): Browser {
  const jar = cookieJar()
  const call: Browser['call'] = async (row, { csrf = true, headers = {}, ...options } = {}) => {
    const [, path = ''] = row.split(' ')
    const [cookie, token] = [jar.headerFor(`${mount}/${path}`), jar.get('csrftoken')]
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
    async login(username, password) {
      const answer = await call(...loginOf(username, password))
      if (answer.status >= 300) throw new Error(`${username} could not log in: ${answer.status}`)
      return answer
    },
  }
}

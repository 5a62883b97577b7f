import type { Answer } from '../../djoser/support/answer.ts'
import { type CookieJar, cookieJar } from './cookie-jar.ts'
import type { CallOptions } from './request.ts'

/** What goes along with a call of a browser. */
export interface BrowserCall extends CallOptions {
  /** Whether the page repeats the CSRF token of its cookie in the header, as scripts of the site do. @default true */
  readonly csrf?: boolean
}

/** A browser at the site's own page. */
export interface Browser {
  readonly jar: CookieJar
  call(row: string, options?: BrowserCall): Promise<Answer>
  /** Logs in, by default with the password that `addUser` gives; it must be right. */
  login(username: string, password?: string): Promise<Answer>
}

export function newBrowser(
  { mount, password: usual }: { readonly mount: string; readonly password: string },
  send: (row: string, options?: CallOptions) => Promise<Answer>,
): Browser {
  const jar = cookieJar()
  const call: Browser['call'] = async (row, { csrf = true, headers = {}, ...options } = {}) => {
    const [, path = ''] = row.split(' ')
    const [cookie, token] = [jar.headerFor(`${mount}/${path}`), jar.get('csrftoken')]
    const answer = await send(row, {
      ...options,
      headers: {
        ...(cookie === null ? {} : { cookie }),
        ...(csrf && token !== null ? { 'x-csrftoken': token } : {}),
        ...headers,
      },
    })
    jar.keep(answer.cookies)
    return answer
  }
  return {
    jar,
    call,
    async login(username, password = usual) {
      const answer = await call('POST login/', { json: { username, password } })
      if (answer.status >= 300) throw new Error(`${username} could not log in: ${answer.status}`)
      return answer
    },
  }
}

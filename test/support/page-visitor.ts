/** A person at the pages of the OpenID provider: keeps cookies, follows redirects, fills forms. */
export interface PageVisitor {
  /**
   * Opens an address and goes on, logging in and consenting where asked to, until it leads to `target`, and gives that
   * address without opening it.
   */
  walk(start: string, target: string): Promise<URL>
}

export function pageVisitor({
  login,
  consents = true,
}: {
  readonly login: string
  readonly consents?: boolean
}): PageVisitor {
  const cookies = new Map<string, string>()
  const open = async (url: string, form?: Readonly<Record<string, string>>): Promise<Response> => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const body = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }
    const response = await fetch(url, { ...body, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie)
    return response
  }
  return {
    async walk(start, target) {
      let url = start
      let response = await open(url)
      for (let steps = 0; steps < MAX_STEPS; steps += 1) {
        const location = response.headers.get('location')
        if (location === null) {
          const page = await response.text()
          const { action, form } = answerPage(page, { login, consents })
          url = new URL(action, url).href
          response = form === null ? await open(url) : await open(url, form)
          continue
        }
        const next = new URL(location, url)
        if (next.href.startsWith(target)) return next
        url = next.href
        response = await open(url)
      }
      throw new Error(`the pages never led to ${target}`)
    },
  }
}

const MAX_STEPS = 20

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';')
  const at = pair.indexOf('=')
  const value = pair.slice(at + 1)
  if (value === '') cookies.delete(pair.slice(0, at))
  else cookies.set(pair.slice(0, at), value)
}

interface Answered {
  readonly action: string
  readonly form: Readonly<Record<string, string>> | null
}

function answerPage(page: string, person: { readonly login: string; readonly consents: boolean }): Answered {
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
  if (action === undefined) throw new Error(`a page without a form: ${page.slice(0, 500)}`)
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
  if (prompt === 'login') return { action, form: { prompt, login: person.login, password: 'any' } }
  const abort = /<a href="([^"]+)"/.exec(page)?.[1]
  if (!person.consents && abort !== undefined) return { action: abort, form: null }
  return { action, form: { prompt: 'consent' } }
}

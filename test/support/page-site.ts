import { afterEach } from 'vitest'
import type { AuthOptions } from '../../src/create-auth.ts'
import { pages } from '../../src/dialects/pages/index.ts'
import { TEST_ORIGIN, type TestAuth, testAuth } from './test-auth.ts'

/** Of the user `ann`. */
export const PASSWORD = 'correct horse battery'

export const NEW_PASSWORD = 'staple horse correct'

/** What any of the forms asks for. */
export const FORM = { new_password: NEW_PASSWORD, new_password_again: NEW_PASSWORD, new_username: 'anna' }

/** A site with the pages, as a browser sees it. */
export interface PageSite extends TestAuth {
  open(path: string, init?: RequestInit): Promise<Response>
  /** Sends a form as a browser does from the page itself. */
  send(path: string, fields: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Response>
  /** Path and query of the link in the last mail to an address. */
  mailedLink(to: string): Promise<string>
  addAnn(): Promise<void>
}

/** Makes sites for the tests of a file, and closes them after each test. */
export function pageSites(): (options?: Partial<AuthOptions>) => PageSite {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return (options = {}) => {
    const site = pageSite(options)
    closing.push(() => site.auth.close())
    return site
  }
}

function pageSite(options: Partial<AuthOptions>): PageSite {
  const made = testAuth({ mounts: { '/': pages() }, ...options })
  const { auth, mailer } = made
  const open = (path: string, init?: RequestInit): Promise<Response> =>
    auth.fetch(new Request(TEST_ORIGIN + path, init))
  return {
    ...made,
    open,
    send: (path, fields, headers = {}) =>
      open(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin: TEST_ORIGIN, 'sec-fetch-site': 'same-origin', ...headers },
      }),
    async mailedLink(to) {
      await auth.flush()
      const mail = mailer.sent.findLast((candidate) => candidate.to === to)
      const [link] = /https:\S+/.exec(mail?.text ?? '') ?? []
      if (link === undefined) throw new Error(`no mail with a link went to ${to}`)
      return link.slice(TEST_ORIGIN.length)
    },
    async addAnn() {
      await auth.createUser({
        username: 'ann',
        email: 'ann@example.org',
        password: PASSWORD,
        passwordCheck: 'enforced',
      })
    },
  }
}

/** The page of a link. */
export const pathOf = (link: string): string => link.slice(0, link.indexOf('?'))

/** What a link holds. */
export const codeOf = (link: string): string => new URLSearchParams(link.slice(link.indexOf('?'))).get('code') ?? ''

/** Makes the user, and gives the link of a reset. */
export async function resetLink(site: PageSite): Promise<string> {
  await site.addAnn()
  await site.auth.requestPasswordReset({ email: 'ann@example.org' })
  return site.mailedLink('ann@example.org')
}

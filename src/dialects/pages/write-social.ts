import { html } from 'hono/html'
import type { BegunSocialLogin } from '../../commands/begin-social-login.ts'
import type { FinishSocialLoginResult } from '../../commands/finish-social-login.ts'
import { clearCookie } from '../../http/cookies.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Html } from '../../http/html-page.ts'
import { loginCookies } from '../../http/login-cookies.ts'
import { socialCookie } from '../../http/social-cookie.ts'
import type { ProviderPageWords } from '../../messages/messages.ts'
import type { BeginLink } from './read-begin.ts'
import { providerTitle, purposeWords, type SocialPurpose, socialPageWords } from './social-words.ts'
import { writePage } from './write.ts'

/** Off to the provider. 303: whatever led here, the browser goes on by `GET` (RFC 9110 §15.4.4). */
export function writeBegun(begun: BegunSocialLogin, exchange: Exchange): Response {
  return redirect(exchange, begun.url, [socialCookie(exchange, begun)])
}

/** The page with the button that leads to a provider. */
export function writeSocialPage(
  exchange: Exchange,
  { purpose, link }: { readonly purpose: SocialPurpose; readonly link: BeginLink },
): Promise<Response> {
  const given = Object.entries(link).filter((entry): entry is [string, string] => entry[1] !== null)
  const { site } = exchange.engine.config
  return writeButtonPage(exchange, {
    words: purposeWords(exchange, purpose),
    fields: given,
    // Some browsers hold what the form's answer redirects to against the policy as well, and that is the provider.
    formTargets: site.isHttps ? "'self' https:" : "'self' https: http:",
  })
}

/** Sends the callback once more, now as a form of this site, with which the browser sends the session. */
export function writeLastStep(exchange: Exchange, params: URLSearchParams): Promise<Response> {
  const { site } = exchange.engine.config
  return writeButtonPage(exchange, {
    words: socialPageWords(exchange).lastStep,
    fields: [...params],
    formTargets: ["'self'", ...site.trustedOrigins].join(' '),
  })
}

/**
 * Back to where it was begun. A page whose session cookie is `Strict` must be opened by a page of this site: in a redirect
 * the browser still counts the provider as the one who leads, and leaves the cookie out.
 */
export function writeFinished(result: FinishSocialLoginResult, exchange: Exchange): Response | Promise<Response> {
  const { config } = exchange.engine
  const cookies = [clearCookie(config, config.cookies.socialName)]
  if (result.outcome === 'logged-in') cookies.push(...loginCookies(exchange, result))
  const target = targetOf(result, config.site.origin)
  const isByPage = config.cookies.sameSite === 'Strict' && result.outcome !== 'handed-over'
  return isByPage ? writeInterlude(exchange, target, cookies) : redirect(exchange, target, cookies)
}

/**
 * A hand-over code is put into the fragment, and takes the place of one that is there. RFC 6749 §4.1.2 has codes in the
 * query, because there a server reads them; here it is a script, and what servers see ends up in their logs and in
 * `Referer` (RFC 9700 §4.2, §4.3). A fragment survives redirects of that page, which is why the code alone is worth nothing.
 */
function targetOf(result: FinishSocialLoginResult, origin: string): string {
  const target = new URL(result.next ?? '/', origin)
  if (result.outcome === 'handed-over') target.hash = new URLSearchParams({ code: result.code }).toString()
  return target.href
}

function redirect(exchange: Exchange, location: string, cookies: readonly string[]): Response {
  const headers = { ...exchange.baseHeaders, location }
  return withCookies(new Response(null, { status: 303, headers }), cookies)
}

async function writeInterlude(exchange: Exchange, target: string, cookies: readonly string[]): Promise<Response> {
  const { done, goOn } = socialPageWords(exchange)
  const content = html`<p class="done" role="status">${done}</p>
<p><a href="${target}">${goOn}</a></p>`
  const title = exchange.engine.config.site.name
  return withCookies(await writePage(exchange, { title, content, leadsTo: target }), cookies)
}

interface ButtonPage {
  readonly words: ProviderPageWords
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly formTargets: string
}

/** Its form goes to the site's own name, whichever other name the page was opened by: there the cookies belong. */
function writeButtonPage(exchange: Exchange, { words, fields, formTargets }: ButtonPage): Promise<Response> {
  const provider = providerTitle(exchange) ?? ''
  const action = exchange.engine.config.site.origin + exchange.path
  const title = words.title(provider)
  const content = html`<h1>${title}</h1>
<p>${words.explanation(provider)}</p>
<form method="post" action="${action}">
${fields.map(hiddenField)}
<button type="submit">${words.button(provider)}</button>
</form>`
  return writePage(exchange, { title, content, formTargets })
}

const hiddenField = ([name, value]: readonly [string, string]): Html =>
  html`<input type="hidden" name="${name}" value="${value}">
`

function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  return response
}

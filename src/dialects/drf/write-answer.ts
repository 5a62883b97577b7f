import { browsablePage } from './browsable-page.ts'
import { clearedSessionCookie } from './cookies.ts'
import { emptyAnswer } from './empty-answer.ts'
import { allowedMethods } from './metadata.ts'
import type { Rendering } from './negotiate.ts'
import type { CookieTrace } from './scheme.ts'
import { toJson } from './to-json.ts'
import type { DrfAnswer, DrfCall } from './view.ts'

interface Writing {
  readonly rendering: Rendering
  readonly cookies: Readonly<CookieTrace>
}

/** Puts an answer with the headers that every answer of a view has. */
export async function writeAnswer(call: DrfCall, answer: DrfAnswer, writing: Writing): Promise<Response> {
  const { rendering, cookies } = writing
  // Nobody sees the page of a redirect.
  const isPage = rendering.kind === 'html' && answer.headers?.['location'] === undefined
  const response = isPage ? await browsablePage(call, answer) : asJson(call, answer, rendering)
  for (const cookie of cookiesOf(call, answer, cookies)) response.headers.append('set-cookie', cookie)
  const usesCookies = cookies.isCookieAsked || response.headers.has('set-cookie')
  for (const [name, value] of Object.entries(headersOf(call, answer, usesCookies))) response.headers.set(name, value)
  return response
}

/** A session that is over is forgotten, unless the answer begins another one. */
function cookiesOf(
  { settings }: DrfCall,
  { cookies = [] }: DrfAnswer,
  { isSessionOver }: CookieTrace,
): readonly string[] {
  const isReplaced = cookies.some((cookie) => cookie.startsWith(`${settings.cookies.sessionName}=`))
  return isSessionOver && !isReplaced ? [clearedSessionCookie(settings.cookies), ...cookies] : cookies
}

function asJson({ exchange, view }: DrfCall, { status, body }: DrfAnswer, { indent }: Rendering): Response {
  if (body === undefined) return emptyAnswer(exchange, status)
  const text = toJson(body, { json: view.generation.json, indent })
  return new Response(text, { status, headers: { ...exchange.baseHeaders, 'content-type': 'application/json' } })
}

function headersOf(call: DrfCall, { headers }: DrfAnswer, usesCookies: boolean): Readonly<Record<string, string>> {
  const { settings, words } = call
  return {
    allow: allowedMethods(call.view).join(', '),
    vary: varyOf(call, usesCookies).join(', '),
    ...(settings.isTranslated ? { 'content-language': words.language } : {}),
    ...headers,
  }
}

function varyOf({ settings, exchange }: DrfCall, usesCookies: boolean): readonly string[] {
  const looksAtOrigin = exchange.engine.config.site.trustedOrigins.size > 1
  return [
    'Accept',
    ...(settings.isTranslated ? ['Accept-Language'] : []),
    ...(usesCookies ? ['Cookie'] : []),
    // Trusted origins get other CORS headers, which a cache must not give to the next one.
    ...(looksAtOrigin ? ['Origin'] : []),
  ]
}

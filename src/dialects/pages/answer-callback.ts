import { authenticate } from '../../commands/authenticate.ts'
import { type FinishSocialLoginResult, finishSocialLogin } from '../../commands/finish-social-login.ts'
import { findProvider } from '../../commands/steps/find-provider.ts'
import { AuthError, type ErrorCode } from '../../errors.ts'
import { clearCookie } from '../../http/cookies.ts'
import type { Exchange } from '../../http/exchange.ts'
import { assertSameSite } from '../../http/origin-check.ts'
import type { ActiveSession } from '../../model/session.ts'
import { writeError } from './errors.ts'
import { findSession } from './find-session.ts'
import { writeFinished, writeLastStep } from './write-social.ts'

/**
 * Where providers send browsers back to. It judges methods and origins by itself, in this order:
 *
 * 1. Nothing happens but by `GET` and `POST`, nor for a browser that only looks ahead: a code is good once.
 * 2. A provider may post here from its own pages, if that is how it answers. It is no more than any site can do by a link
 *    to this address, and as little use: the callback must name the state sealed in a cookie that no script reads and no
 *    other host can set, so it belongs to what was begun in this very browser, and is good once. Who cannot know that
 *    state can neither log anybody in nor connect anything (RFC 6749 §10.12).
 * 3. The session counts only for connecting. A cookie that is over must not keep anybody from logging in.
 */
export async function answerCallback(exchange: Exchange): Promise<Response> {
  const { method, ctx, params: path } = exchange
  if (method !== 'GET' && method !== 'POST') throw new AuthError('method_not_allowed', { allow: ['GET', 'POST'] })
  if (isAhead(exchange)) return new Response(null, { status: 503, headers: exchange.baseHeaders })
  const provider = findProvider(ctx, path['provider'])
  if (method === 'POST' && provider.responseMode !== 'form_post') assertSameSite(exchange, { usesCookie: true })
  const params = method === 'GET' ? exchange.query() : await readPosted(exchange)
  const pending = exchange.cookie(exchange.engine.config.cookies.socialName)
  try {
    const input = { provider: provider.name, params, pending }
    return writeFinished(await finish(exchange, input), exchange)
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    const isWithheld = error.code === 'social_state_invalid' && pending !== null && isSessionWithheld(exchange)
    return isWithheld ? writeLastStep(exchange, params) : writeRefusal(exchange, error)
  }
}

async function finish(
  exchange: Exchange,
  input: { readonly provider: string; readonly params: URLSearchParams; readonly pending: string | null },
): Promise<FinishSocialLoginResult> {
  return finishSocialLogin({ ...exchange.ctx, actor: await findActor(exchange) }, input)
}

async function findActor(exchange: Exchange): Promise<ActiveSession | null> {
  const credential = findSession(exchange)
  if (credential === null) return null
  try {
    return await authenticate(exchange.engine, credential.token)
  } catch (error) {
    if (error instanceof AuthError && error.code === 'token_invalid') return null
    throw error
  }
}

const isAhead = ({ header }: Exchange): boolean => header('sec-purpose') !== null || header('purpose') !== null

/** OAuth 2.0 Form Post Response Mode: a form, and nothing else. @throws {AuthError} `unsupported_media_type` */
async function readPosted(exchange: Exchange): Promise<URLSearchParams> {
  const type = exchange.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') throw new AuthError('unsupported_media_type')
  // Every value of a form is a text, and no name is there twice.
  return new URLSearchParams(Object.entries(await exchange.body()).map(([name, value]) => [name, String(value)]))
}

/**
 * Tells whether the browser may have kept the session cookie back because it was led here by another site: by a form, or
 * by anything where the cookie is `Strict`. Whether it is missing for a reason, the engine says once it was sent again
 * from a page of this site.
 */
function isSessionWithheld({ method, header, engine: { config } }: Exchange): boolean {
  if (method === 'POST') return !config.site.trustedOrigins.has(header('origin') ?? '')
  return config.cookies.sameSite === 'Strict' && header('sec-fetch-site') === 'cross-site'
}

/** What leaves the log-in open: the callback was none of its own, or it can come again. */
const STILL_OPEN: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'social_state_invalid',
  'rate_limited',
  'overloaded',
  'unavailable',
])

/** Otherwise the log-in is over. A callback that somebody else made up must not end the one under way. */
async function writeRefusal(exchange: Exchange, error: AuthError): Promise<Response> {
  const response = await writeError(error, exchange)
  if (STILL_OPEN.has(error.code)) return response
  const { config } = exchange.engine
  response.headers.append('set-cookie', clearCookie(config, config.cookies.socialName))
  return response
}

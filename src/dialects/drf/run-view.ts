import { countRequest } from '../../commands/steps/count-request.ts'
import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'
import { assertSameSite } from '../../http/origin-check.ts'
import type { Actor } from '../../model/session.ts'
import { DrfError, refuse } from './drf-error.ts'
import { describeView } from './metadata.ts'
import { AS_JSON, negotiate, type Rendering } from './negotiate.ts'
import { callerOf } from './permissions.ts'
import { readCallData } from './read-call-data.ts'
import { answerRefusal } from './refusals.ts'
import { isSafeMethod } from './safe-methods.ts'
import type { SchemeInput } from './scheme.ts'
import { SchemeError } from './scheme-error.ts'
import { identify, unauthorized } from './schemes.ts'
import type { Action, DrfAnswer, DrfCall, DrfMethod, DrfSettings, View } from './view.ts'
import { writeAnswer } from './write-answer.ts'

/** A view as one of its paths has it. */
export interface ViewAtPath {
  readonly view: View
  readonly settings: DrfSettings
  /** The format that the path itself names, as in `users.json`. */
  readonly suffix: string | null
}

/**
 * Answers a request in the order that Django REST framework checks things: what may be sent back, who asks, whether
 * they may and how often, whether the method exists, and only then the body. What comes from another site is refused before anybody
 * is recognised, whoever it is: log-in and registration are targets, too.
 */
export async function runView({ view, settings, suffix }: ViewAtPath, exchange: Exchange): Promise<Response> {
  const words = view.generation.words(exchange.info.language)
  const parts = { view, settings, exchange, words, params: paramsWithout(suffix, exchange) }
  const cookies = { isCookieAsked: false, isSessionOver: false }
  let [rendering, actor]: [Rendering, Actor | null] = [AS_JSON, null]
  let answer: DrfAnswer
  try {
    rendering = negotiate(exchange, words, suffix)
    if (!isSafeMethod(exchange.method)) assertSameSite(exchange, { usesCookie: false })
    if (view.readsCredentials !== false) actor = await recognise(view, { exchange, settings, words, cookies })
    answer = await act(newCall({ ...parts, actor }))
  } catch (error) {
    answer = answerTo(error, parts)
  }
  return writeAnswer(newCall({ ...parts, actor }), answer, { rendering, cookies })
}

type CallParts = Omit<DrfCall, 'ctx' | 'method' | 'subject'>

function newCall(parts: CallParts): DrfCall {
  const { exchange, view, actor } = parts
  const ctx = { ...exchange.ctx, actor, mailStyle: view.generation.mailStyle }
  return { ...parts, ctx, method: exchange.method, subject: null }
}

/** A path that names its format has it in its last parameter, too. */
function paramsWithout(suffix: string | null, { params }: Exchange): DrfCall['params'] {
  if (suffix === null) return params
  const ending = `.${suffix}`
  const entries = Object.entries(params)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.endsWith(ending) ? value.slice(0, -ending.length) : value]),
  )
}

/** A bad credential is refused in the way of the first scheme, whichever it was meant for. */
async function recognise(view: View, parts: Omit<SchemeInput, 'readData'>): Promise<Actor | null> {
  const readData = (): ReturnType<typeof readCallData> => readCallData({ ...parts, view })
  try {
    return await identify({ ...parts, readData }, { ignoresBad: view.ignoresBadCredentials ?? false })
  } catch (error) {
    if (!(error instanceof SchemeError)) throw error
    const { answer } = unauthorized(parts.settings, '')
    throw new DrfError({ ...answer, body: error.body })
  }
}

async function act(call: DrfCall): Promise<DrfAnswer> {
  const { view, method } = call
  const action = actionOf(view, method)
  assertAllowed(call, action ?? view)
  await assertWithinRate(call)
  if (action !== undefined) return action.run(call)
  if (method === 'OPTIONS') return { status: 200, body: describeView(call) }
  throw refuse(405, call.words.requests.methodNotAllowed(method))
}

/** `HEAD` is a `GET` whose body is thrown away in the end. */
function actionOf({ actions }: View, method: string): Action | undefined {
  const name = method === 'HEAD' ? 'GET' : method
  return Object.hasOwn(actions, name) ? actions[name as DrfMethod] : undefined
}

/** @throws {DrfError} 401 or 403 for somebody who has not logged in, 403 or 404 for everybody else */
function assertAllowed(
  { actor, method, settings, view, words }: DrfCall,
  { permission, isHidden = false, denial }: Pick<Action, 'permission' | 'isHidden' | 'denial'>,
): void {
  if (permission({ caller: callerOf(actor), method, target: null })) return
  const { credentialsMissing, permissionDenied } = words.authentication
  // Where no credential is looked at, none would help.
  if (actor === null && view.readsCredentials !== false) throw unauthorized(settings, credentialsMissing)
  throw isHidden ? refuse(404, words.requests.notFound) : refuse(403, denial ?? permissionDenied)
}

/** All throttled views of a door have one count. @throws {AuthError} `rate_limited` */
async function assertWithinRate({ view, settings: { throttleRate = null }, exchange, ctx }: DrfCall): Promise<void> {
  if (view.isThrottled !== true || throttleRate === null) return
  const limit = { count: throttleRate.requests, perSeconds: throttleRate.windowSeconds }
  await countRequest(ctx, { scope: exchange.info.door, limit })
}

function answerTo(error: unknown, parts: Pick<DrfCall, 'settings' | 'exchange' | 'words'>): DrfAnswer {
  if (error instanceof DrfError) return error.answer
  // What the store cannot do is logged, and answered, where all doors have it done.
  if (error instanceof AuthError && error.code !== 'unavailable') return answerRefusal(error, parts)
  throw error
}

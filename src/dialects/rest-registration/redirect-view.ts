import type { CommandContext } from '../../commands/context.ts'
import { AuthError } from '../../errors.ts'
import { assertCsrfToken } from '../drf/csrf.ts'
import { DrfError, refuse } from '../drf/drf-error.ts'
import type { FieldSet, WireValues } from '../drf/field-set.ts'
import { allowAny } from '../drf/permissions.ts'
import { readCallData } from '../drf/read-call-data.ts'
import type { RequestData } from '../drf/request-data.ts'
import { isSafeMethod } from '../drf/safe-methods.ts'
import type { Action, DrfAnswer, DrfCall, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView } from './door-view.ts'

/** A link that is pressed in a browser, and the pages that it leads on to. */
interface PressedLink {
  readonly path: string
  readonly name: string
  /** `GET`: the values stand in the query; `POST`: in a form. */
  readonly method: 'GET' | 'POST'
  readonly isEnabled: boolean
  /** `null`: there is nothing. */
  readonly success: string | null
  readonly failure: string | null
  readonly fields: FieldSet
  /** @throws {AuthError} where the link, or what came with it, is not good */
  readonly press: (ctx: CommandContext, values: WireValues) => Promise<unknown>
}

/**
 * A path that answers with nothing but the way to another page. Nobody is logged in by it, and no credential is looked at;
 * so what changes something must prove in another way that it was sent from here.
 */
export function redirectView(parts: DoorParts, link: PressedLink): View {
  const { path, name, method } = link
  const action: Action = { permission: allowAny, fields: null, run: (call) => answerPress(parts, link, call) }
  return doorView(parts, {
    path,
    name,
    permission: allowAny,
    readsCredentials: false,
    allow: [method],
    // A method that it does not have is refused without a word, and only behind the CSRF check.
    actions: { GET: action, POST: action, PUT: action, PATCH: action, DELETE: action },
  })
}

async function answerPress({ settings }: DoorParts, link: PressedLink, call: DrfCall): Promise<DrfAnswer> {
  if (!isSafeMethod(call.method)) await assertFromHere(call)
  // Programs that look for dangerous links ask for the head alone, and must not use one up.
  if (call.method !== link.method) return { status: 405 }
  const { success, failure } = link
  if (success === null) throw refuse(404, call.words.requests.notFound)
  const target = (await isGood(link, call)) ? success : failure
  if (target === null) throw refuse(404, call.words.requests.notFound)
  return { status: 302, headers: { location: new URL(target, settings.site.origin).href } }
}

const assertFromHere = (call: DrfCall): Promise<void> =>
  assertCsrfToken({ ...call, cookies: call.settings.cookies, readData: () => readCallData(call) })

async function isGood({ isEnabled, method, fields, press }: PressedLink, call: DrfCall): Promise<boolean> {
  if (!isEnabled) return false
  try {
    const data = method === 'GET' ? queryOf(call) : await readCallData(call)
    const { values, errors } = await fields.read(data, call.words)
    if (!data.isForm || Object.keys(errors).length > 0) return false
    await press(call.ctx, values)
    return true
  } catch (error) {
    if (error instanceof DrfError || isRefusal(error)) return false
    throw error
  }
}

/** Of a repeated key the last counts. */
const queryOf = ({ exchange }: DrfCall): RequestData => ({ value: Object.fromEntries(exchange.query()), isForm: true })

/** What the store cannot do is no fault of the link. */
const isRefusal = (error: unknown): boolean => error instanceof AuthError && error.code !== 'unavailable'

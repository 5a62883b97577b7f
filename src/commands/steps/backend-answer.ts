/**
 * What backends answer, checked before anything is made of it: a backend written in JavaScript, or in haste, can answer
 * anything, and what is no verdict must neither let somebody in nor pass for a wrong password.
 */
import type { AuthenticationBackend, BackendVerdict } from '../../contracts/authentication-backend.ts'
import { isBackendName } from '../../model/backend-name.ts'
import type { User, UserId } from '../../model/user.ts'

/** @throws {TypeError} for what is no list of users */
export function assertCandidates({ name }: AuthenticationBackend, answer: unknown): asserts answer is readonly User[] {
  if (Array.isArray(answer) && answer.every(isUser)) return
  const advice = isUser(answer) ? 'put the user into a list: [user]' : 'answer with a list of users, [] for nobody'
  throw new TypeError(`candidates() of the backend "${name}" answered ${shown(answer)}; ${advice}`)
}

/**
 * @throws {TypeError} for what is no verdict, for the proof of somebody who was not named before, and for what no session can
 * say of it
 */
export function assertVerdict(
  { name }: AuthenticationBackend,
  answer: unknown,
  candidates: readonly User[] | null,
): asserts answer is BackendVerdict {
  const { outcome, user, backend = name } = Object(answer) as { readonly [K in keyof Proven]?: unknown }
  if (outcome === 'unproven' || outcome === 'refused') return
  if (outcome !== 'proven' || !isUser(user)) {
    throw new TypeError(`authenticate() of the backend "${name}" answered ${shown(answer)}; ${adviceFor(answer)}`)
  }
  if (!isBackendName(backend)) {
    throw new TypeError(
      `authenticate() of the backend "${name}" gave what is no name of a backend: 1 to 64 of A-z 0-9 _ . : -`,
    )
  }
  // Wrong guesses at a user who was not named were not counted against that user: such a proof must not count either.
  if (candidates === null || candidates.some(({ id }) => id === user.id)) return
  throw new TypeError(`the backend "${name}" proved a user whom its candidates() had not named`)
}

/** @throws {TypeError} for what is neither this user nor `null` */
export function assertPresentUser(
  { name }: AuthenticationBackend,
  answer: unknown,
  id: UserId,
): asserts answer is User | null {
  if (answer === null || (isUser(answer) && answer.id === id)) return
  const what = isUser(answer) ? 'another user' : shown(answer)
  throw new TypeError(`getUser() of the backend "${name}" answered ${what}; answer with the user of that id, or null`)
}

type Proven = Extract<BackendVerdict, { readonly outcome: 'proven' }>

function adviceFor(answer: unknown): string {
  const verdict = "{ outcome: 'proven', user } or { outcome: 'unproven' }"
  if (isUser(answer)) return "write { outcome: 'proven', user } instead"
  if (answer === null || answer === false) return "write { outcome: 'unproven' } instead"
  if (answer === true) return "write { outcome: 'proven', user } with the one of the candidates who it is"
  return answer === undefined ? `is there a path without a return? It must be ${verdict}` : `it must be ${verdict}`
}

const isUser = (value: unknown): value is User =>
  typeof value === 'object' && value !== null && 'id' in value && 'status' in value

/** Without any contents: they may be a password. */
function shown(value: unknown): string {
  if (isUser(value)) return 'a user'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null)
    return `an object with the keys ${Object.keys(value).join(', ') || '(none)'}`
  return typeof value === 'string' ? 'a text' : typeof value === 'function' ? 'a function' : String(value)
}

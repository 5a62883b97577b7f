import type { OfferedCarrier } from '../dialects/portress-api/bodies.ts'
import type { EndpointName } from '../dialects/portress-api/descriptions.ts'
import { keptSession } from './kept-session.ts'
import type { Failure, Result } from './result.ts'
import { type Issued, isTokenRefused, tokenRenewal, tokensIn } from './token-renewal.ts'
import type { TokenStorage, Tokens } from './tokens.ts'
import type { Call, CallOptions, Send } from './transport.ts'

/** Calls with the proof that each of them needs, and what becomes of that proof. */
export interface ClientSession {
  /** A row for everybody. */
  open<T>(row: EndpointName, call: Call): Promise<Result<T>>
  /** A row for whoever is logged in. An access token that has run out is renewed on the way, and the call made once more. */
  own<T>(row: EndpointName, call: Call): Promise<Result<T>>
  /** Keeps what a log-in issued. */
  begin<T extends Issued>(answer: Promise<Result<T>>): Promise<Result<T>>
  /** Forgets it, because the caller has ended the session. */
  end<T>(answer: Promise<Result<T>>): Promise<Result<T>>
  rotate(options: CallOptions): Promise<Result<Tokens>>
}

export interface ClientSessionInput {
  readonly carrier: OfferedCarrier
  readonly tokens: TokenStorage
  readonly send: Send
  readonly onSignedOut: () => void
}

export function clientSession({ carrier, tokens, send, onSignedOut }: ClientSessionInput): ClientSession {
  const usesCookie = carrier === 'cookie'
  const session = keptSession({ tokens: usesCookie ? null : tokens, onSignedOut })
  const renew = tokenRenewal(session, send)

  const sendOwn = <T>(row: EndpointName, call: Call, held: Tokens | null): Promise<Result<T>> =>
    // Without `omit` a browser would add the cookie of another session where there is no token.
    send(row, call, { token: held?.accessToken ?? null, credentials: usesCookie ? 'include' : 'omit' })

  // A browser drops a cookie that has run out, and then sends none.
  const isOver = (answer: Failure): boolean =>
    isTokenRefused(answer) || (usesCookie && answer.error.code === 'not_authenticated')

  return {
    open: (row, call) => send(row, call, { token: null, credentials: 'include' }),
    async own<T>(row: EndpointName, call: Call) {
      const began = session.epoch()
      const held = await session.held()
      const answer = await sendOwn<T>(row, call, held)
      if (answer.ok || held !== null) session.learn(began)
      if (answer.ok || !isOver(answer) || began !== session.epoch()) return answer
      if (held?.refreshToken) {
        const renewed = await unlessAborted(renew(held), call)
        const isSame = began === session.epoch()
        return isSame ? carryOn<T>(renewed, answer, (tokens) => sendOwn<T>(row, call, tokens)) : answer
      }
      await session.lose(began, held)
      return answer
    },
    async begin(promise) {
      const answer = await promise
      if (answer.ok) await session.change('logged-in', tokensIn(answer.value))
      return answer
    },
    async end(promise) {
      const answer = await promise
      if (answer.ok) await session.change('logged-out', null)
      return answer
    },
    rotate: async (options) => unlessAborted(renew((await session.held()) ?? NOTHING), options),
  }
}

/** Makes the call once more with what was renewed; a fault on the way to that is told, and a refusal is that of the call. */
async function carryOn<T>(
  renewed: Result<Tokens>,
  refused: Failure,
  again: (tokens: Tokens) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (renewed.ok) return again(renewed.value)
  return isTokenRefused(renewed) ? refused : renewed
}

/** The server refuses an empty one like any other that is not good. */
const NOTHING: Tokens = { accessToken: '', expiresAt: '', refreshToken: '' }

/** The work goes on, because others wait for it as well. */
function unlessAborted<T>(work: Promise<T>, { signal }: CallOptions): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

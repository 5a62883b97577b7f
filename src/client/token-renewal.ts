import type { Answers } from '../dialects/portress-api/answers.ts'
import type { KeptSession } from './kept-session.ts'
import type { Failure, Result } from './result.ts'
import type { Tokens } from './tokens.ts'
import type { Send } from './transport.ts'

/** Every later call waits for this one: a connection that hangs must not hold them all for good. */
const WAIT_MILLISECONDS = 30_000

/** Exchanges the refresh token of what a call has used; calls at the same time get the same answer. */
export type TokenRenewal = (used: Tokens) => Promise<Result<Tokens>>

/**
 * Of any number of calls whose access token has run out at once, one asks for new tokens and the others wait for them:
 * whoever sent the old refresh token later would look like a thief.
 */
export function tokenRenewal(
  session: KeptSession,
  send: Send,
  waitMilliseconds: number = WAIT_MILLISECONDS,
): TokenRenewal {
  let renewing: { readonly refreshToken: string | null; readonly answer: Promise<Result<Tokens>> } | null = null
  const exchange = async (used: Tokens): Promise<Result<Tokens>> => {
    const began = session.epoch()
    const held = await session.held()
    // Another call, or somebody with the same storage, was faster.
    if (held !== null && held.accessToken !== used.accessToken) return { ok: true, value: held }
    const answer = await refresh(send, used.refreshToken, AbortSignal.timeout(waitMilliseconds))
    if (answer.ok) await session.renew(began, { used, next: tokensIn(answer.value) })
    // Where there was no refresh token to send, its refusal says nothing about the session.
    else if (isTokenRefused(answer) && used.refreshToken) await session.lose(began, used)
    return answer
  }
  return async (used) => {
    // Somebody else may have logged in meanwhile: theirs is another refresh token, and not to be had by this call.
    if (renewing?.refreshToken !== used.refreshToken) {
      renewing = { refreshToken: used.refreshToken, answer: exchange(used) }
    }
    const mine = renewing
    try {
      return await mine.answer
    } finally {
      if (renewing === mine) renewing = null
    }
  }
}

async function refresh(
  send: Send,
  refreshToken: string | null,
  signal: AbortSignal,
): Promise<Result<Answers['Refreshed']>> {
  const proof = { token: null, credentials: 'include' } as const
  try {
    return await send('POST /token/refresh', { body: { refreshToken }, key: 'accessToken', signal }, proof)
  } catch (cause) {
    if (!signal.aborted) throw cause
    return { ok: false, error: { code: 'network', cause } }
  }
}

/** What a log-in answers: without tokens, with one, or with two. */
export interface Issued {
  readonly session: object
  readonly token?: string
  readonly accessToken?: string
  readonly expiresAt?: string
  readonly refreshToken?: string | null
}

/** The tokens of an answer, by the names that the carriers `token` and `jwt` have for them. */
export function tokensIn({ token, accessToken = token, expiresAt = '', refreshToken = null }: Issued): Tokens | null {
  return accessToken === undefined ? null : { accessToken, expiresAt, refreshToken }
}

export const isTokenRefused = ({ error }: Failure): boolean => error.code === 'token_invalid'

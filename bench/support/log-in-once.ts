import { type Account, ORIGIN } from './accounts.ts'
import { openConnection } from './http-connection.ts'
import { cookieLogInRequest, logInRequest, signInRequest } from './requests.ts'

/** Logs in over HTTP, and gives the token. */
export async function logInOnce(port: number, account: Account): Promise<string> {
  const { token } = JSON.parse(await exchangeOnce(port, logInRequest(account))) as { readonly token: string }
  return token
}

/** Logs in as a browser does, and gives the cookie as it is sent back. */
export async function logInForPages(port: number, account: Account): Promise<string> {
  return cookieOf(await answerOf(port, cookieLogInRequest(account)))
}

/** The same at better-auth. */
export async function signInOnce(port: number, account: Account): Promise<string> {
  return cookieOf(await answerOf(port, signInRequest(account)))
}

function cookieOf(text: string): string {
  const cookie = /^set-cookie: ([^;\r]+)/im.exec(text)?.[1]
  if (cookie === undefined) throw new Error('The log-in set no cookie.')
  return cookie
}

/** The body of an answer. */
export async function exchangeOnce(port: number, request: string): Promise<string> {
  const text = await answerOf(port, request)
  const body = text.slice(text.indexOf('\r\n\r\n') + 4)
  // One chunk, as better-auth writes it, or no chunks at all.
  return body.replace(/^[\da-f]+\r\n(.*)\r\n0\r\n\r\n$/s, '$1')
}

/** Head and body. */
async function answerOf(port: number, request: string): Promise<string> {
  const connection = await openConnection(port)
  const { status, text } = await connection.exchange(Buffer.from(request, 'latin1'))
  connection.close()
  if (status !== 200) throw new Error(`The server at ${ORIGIN} answered ${status}: ${text}`)
  return text
}

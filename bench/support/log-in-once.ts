import { type Account, ORIGIN } from './accounts.ts'
import { openConnection } from './http-connection.ts'
import { currentUserRequest, logInRequest } from './requests.ts'

/** Logs in over HTTP, and gives the token. */
export async function logInOnce(port: number, account: Account): Promise<string> {
  const { token } = JSON.parse(await exchangeOnce(port, logInRequest(account))) as { readonly token: string }
  return token
}

/** The body of the answer about the current user. */
export function readCurrentUser(port: number, token: string): Promise<string> {
  return exchangeOnce(port, currentUserRequest(token))
}

async function exchangeOnce(port: number, request: string): Promise<string> {
  const connection = await openConnection(port)
  const { status, text } = await connection.exchange(Buffer.from(request, 'latin1'))
  connection.close()
  if (status !== 200) throw new Error(`The server at ${ORIGIN} answered ${status}: ${text}`)
  return text.slice(text.indexOf('\r\n\r\n') + 4)
}

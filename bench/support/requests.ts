import { type Account, ORIGIN } from './accounts.ts'

const HOST = new URL(ORIGIN).host

/** Requests as a client would send them, as text that goes onto a socket. */
export function currentUserRequest(token: string): string {
  return [`GET /api/me HTTP/1.1`, `Host: ${HOST}`, `Authorization: Bearer ${token}`, '', ''].join('\r\n')
}

export function logInRequest({ email, password }: Account): string {
  return post('/api/login', { identifier: email, password })
}

export function registrationRequest(account: Account): string {
  return post('/api/register', account)
}

function post(path: string, body: unknown): string {
  const text = JSON.stringify(body)
  const head = [`POST ${path} HTTP/1.1`, `Host: ${HOST}`, 'Content-Type: application/json']
  return [...head, `Content-Length: ${Buffer.byteLength(text)}`, '', text].join('\r\n')
}

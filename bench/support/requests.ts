import { type Account, ORIGIN } from './accounts.ts'

const HOST = new URL(ORIGIN).host

/** Requests as a client would send them, as text that goes onto a socket. */
export function currentUserRequest(token: string): string {
  return [`GET /api/me HTTP/1.1`, `Host: ${HOST}`, `Authorization: Bearer ${token}`, '', ''].join('\r\n')
}

/** A page, as a browser asks for it. */
export function pageRequest(path: string, cookie: string): string {
  return [`GET ${path} HTTP/1.1`, `Host: ${HOST}`, 'Accept: text/html', `Cookie: ${cookie}`, '', ''].join('\r\n')
}

export function cookieLogInRequest({ email, password }: Account): string {
  return post('/api/login', { identifier: email, password, carrier: 'cookie' })
}

export function logInRequest({ email, password }: Account): string {
  return post('/api/login', { identifier: email, password })
}

export function registrationRequest(account: Account): string {
  return post('/api/register', account)
}

/** The three of better-auth. */
export function signInRequest({ email, password }: Account): string {
  return post('/api/auth/sign-in/email', { email, password })
}

export function signUpRequest({ username, email, password }: Account): string {
  return post('/api/auth/sign-up/email', { name: username, email, password })
}

export function sessionRequest(cookie: string): string {
  return [`GET /api/auth/get-session HTTP/1.1`, `Host: ${HOST}`, `Cookie: ${cookie}`, '', ''].join('\r\n')
}

function post(path: string, body: unknown): string {
  const text = JSON.stringify(body)
  const head = [`POST ${path} HTTP/1.1`, `Host: ${HOST}`, `Origin: ${ORIGIN}`, 'Content-Type: application/json']
  return [...head, `Content-Length: ${Buffer.byteLength(text)}`, '', text].join('\r\n')
}

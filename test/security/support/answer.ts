/** Everything of an answer that a client can see. */
export interface Answer {
  readonly status: number
  /** Names in lower case; several values of one name stay several. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly cookies: readonly string[]
  readonly text: string
  /** The body as an object; empty where it is no JSON object. */
  readonly json: Readonly<Record<string, unknown>>
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  return {
    status: response.status,
    headers: [...response.headers],
    cookies: response.headers.getSetCookie(),
    text,
    json: parseObject(text),
  }
}

export function header(answer: Answer, name: string): string | null {
  return answer.headers.find(([key]) => key === name)?.[1] ?? null
}

/** `name=value` of the cookie that an answer sets, as a browser would send it back. */
export function cookieFrom(answer: Answer, name: string): string {
  const cookie = answer.cookies.find((text) => text.includes(name))
  if (cookie === undefined) throw new Error(`no cookie is called like ${name}`)
  return cookie.split(';', 1)[0] ?? ''
}

/**
 * What tells two answers apart, beside request ids, row ids and moments: status, headers, cookies, and every byte of the
 * body, so also its length. An empty list: they are the same.
 */
export function differences(a: Answer, b: Answer): readonly string[] {
  const found: string[] = []
  if (a.status !== b.status) found.push(`status ${a.status} and ${b.status}`)
  const [headersOfA, headersOfB] = [a, b].map(({ headers }) =>
    headers.map(([name, value]) => `${name}: ${mask(value)}`),
  )
  if (headersOfA?.join('\n') !== headersOfB?.join('\n')) found.push(`headers ${headersOfA} and ${headersOfB}`)
  if (mask(a.text) !== mask(b.text)) found.push(`body ${a.text} and ${b.text}`)
  return found
}

function mask(text: string): string {
  return text
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '<uuid>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<moment>')
    .replace(/"id":\d+/g, '"id":<id>')
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** What is wrong where something had to be refused, which is a fault of the caller and never one of the server. */
export function unlessRefused(what: string, { status }: Pick<Answer, 'status'>): readonly string[] {
  return status >= 400 && status <= 499 ? [] : [`${what} is answered ${status}`]
}

/** What came back, as far as a client can see it. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body, and `undefined` where there is none. */
  readonly body: unknown
  readonly cookies: readonly string[]
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text === '' ? undefined : isJson ? JSON.parse(text) : text,
    cookies: response.headers.getSetCookie(),
  }
}

/** Status and body, to be compared as a whole: a key too many is a fault, too. */
export const told = ({ status, body }: Answer): readonly [number, unknown] => [status, body]

/** The status of an answer without a body, and what is wrong where it has one or names a type for it. */
export function empty({ status, text, headers }: Answer): number | string {
  if (text !== '') return `${status} with the body ${text}`
  return headers.has('content-type') ? `${status} with the type ${headers.get('content-type')}` : status
}

/** One value of an answer that must be there as a text. */
export function textIn({ body }: Answer, key: string): string {
  const value: unknown = Reflect.get(Object(body), key)
  if (typeof value !== 'string') throw new Error(`the answer has no ${key}: ${JSON.stringify(body)}`)
  return value
}

/** `name=value` of the cookie that an answer sets. */
export function cookieFrom({ cookies }: Answer, name: string): string {
  const cookie = cookies.find((text) => text.startsWith(`${name}=`))
  if (cookie === undefined) throw new Error(`no cookie ${name} is set`)
  return cookie.split(';', 1)[0] ?? ''
}

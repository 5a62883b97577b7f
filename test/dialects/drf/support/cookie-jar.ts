/** The cookies of one browser, as far as tests look at them: by name, and only where their path fits. */
export interface CookieJar {
  /** Takes what an answer sets, and forgets what it clears. */
  keep(setCookies: readonly string[]): void
  /** The value, or `null` where there is none. */
  get(name: string): string | null
  set(name: string, value: string): void
  delete(name: string): void
  /** What a browser sends to a path; `null` where that is nothing. */
  headerFor(path: string): string | null
}

interface Kept {
  readonly value: string
  readonly path: string
}

export function cookieJar(): CookieJar {
  const kept = new Map<string, Kept>()
  return {
    keep(setCookies) {
      for (const text of setCookies) {
        const [pair = '', ...attributes] = text.split(';').map((part) => part.trim())
        const at = pair.indexOf('=')
        const name = pair.slice(0, at)
        if (isCleared(attributes)) kept.delete(name)
        else kept.set(name, { value: pair.slice(at + 1), path: attributeIn(attributes, 'path') ?? '/' })
      }
    },
    get: (name) => kept.get(name)?.value ?? null,
    set: (name, value) => void kept.set(name, { value, path: '/' }),
    delete: (name) => void kept.delete(name),
    headerFor(path) {
      const sent = [...kept].filter(([, cookie]) => fits(path, cookie.path))
      return sent.length === 0 ? null : sent.map(([name, { value }]) => `${name}=${value}`).join('; ')
    },
  }
}

const isCleared = (attributes: readonly string[]): boolean => attributeIn(attributes, 'max-age') === '0'

function attributeIn(attributes: readonly string[], name: string): string | undefined {
  const found = attributes.find((attribute) => attribute.toLowerCase().startsWith(`${name}=`))
  return found?.slice(name.length + 1)
}

/** RFC 6265 §5.1.4. */
const fits = (path: string, cookiePath: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`)

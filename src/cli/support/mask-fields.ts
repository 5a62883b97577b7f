/** Names of fields whose values are never written down, whatever they hold. */
const SECRET_NAME =
  /pass(?:word|phrase|wd)|^pass$|token|secret|authorization|cookie|credential|signature|digest|^(?:code|pin|otp|key|body|sid)$|(?:api|private|signing|session|activation|reset|verification)[-_]?(?:key|code|id)/i

const MASK = '[masked]'

const MAX_TEXT = 1000
const MAX_STACK = 4000
const MAX_ITEMS = 50
const MAX_DEPTH = 5

/**
 * Fields as they may be logged: secrets masked by name, URLs without user, query and fragment, texts cut, control
 * characters replaced where JSON would leave them as they are.
 */
export function maskFields(fields: object): Record<string, unknown> {
  return maskObject(fields, 1)
}

function maskObject(fields: object, depth: number): Record<string, unknown> {
  const masked: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields).slice(0, MAX_ITEMS)) {
    masked[maskText(name, 100)] = SECRET_NAME.test(name) ? MASK : maskValue(value, depth)
  }
  return masked
}

function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskText(value, MAX_TEXT)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : value
  if (value instanceof Date) return value
  if (value instanceof Uint8Array) return `[${value.length} bytes]`
  if (depth > MAX_DEPTH) return '[too deep]'
  if (value instanceof Error) return maskError(value, depth)
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => maskValue(item, depth + 1))
  return maskObject(value, depth + 1)
}

/** Only what every error has: drivers hang statements and their values on theirs. */
function maskError(error: Error, depth: number): object {
  return {
    name: maskText(error.name, 100),
    message: maskText(error.message, MAX_TEXT),
    ...('code' in error ? { code: maskValue(error.code, depth + 1) } : {}),
    ...(error.stack === undefined ? {} : { stack: maskText(error.stack, MAX_STACK) }),
    ...(error.cause === undefined ? {} : { cause: maskValue(error.cause, depth + 1) }),
  }
}

function maskText(text: string, maxLength: number): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text
  return (
    cut
      .toWellFormed()
      .replace(/\b([a-z][a-z\d+.-]*:\/\/)[^\s/?#@]*@/gi, '$1')
      .replace(/(\b[a-z][a-z\d+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, '$1')
      // JSON escapes C0 itself. Line breaks stay, for stacks; the rest would reach a terminal that shows the log.
      .replace(/[\u007f-\u009f\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '\u{FFFD}')
  )
}

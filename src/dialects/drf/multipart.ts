import type { BodyRules } from './body-rules.ts'
import { refuse } from './drf-error.ts'

/**
 * The parts of a multipart form. A body in which there is no part at all is an empty form, as it is to the original; one
 * that has parts and cannot be read is refused, because half of a form may mean something else than the whole.
 *
 * @throws {DrfError} 400
 */
export async function readMultipart(
  bytes: Uint8Array,
  contentType: string,
  { words: { requests }, readsUnboundedMultipart }: BodyRules,
): Promise<Iterable<readonly [string, unknown]>> {
  const boundary = boundaryIn(contentType)
  if (boundary === null && readsUnboundedMultipart) return []
  if (boundary === null) throw refuse(400, requests.multipartParseError('Invalid boundary in multipart: None'))
  if (!hasParts(bytes, boundary)) return []
  try {
    // The copy is one that cannot be shared with other threads, as a `Response` wants it.
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
    return [...form]
  } catch {
    throw refuse(400, requests.multipartParseError('Invalid multipart body'))
  }
}

/** RFC 2046 §5.1.1: at most 70 characters, quoted or not. */
function boundaryIn(contentType: string): string | null {
  const [, quoted, plain] = /;[ \t]*boundary=(?:"([^"]{1,70})"|([^\s";,]{1,70})(?=[\s;]|$))/i.exec(contentType) ?? []
  return quoted ?? plain ?? null
}

function hasParts(bytes: Uint8Array, boundary: string): boolean {
  // One character a byte, so that nothing of it can fail to decode.
  const text = new TextDecoder('latin1').decode(bytes)
  return text.includes(`--${boundary}`) && /^content-disposition:/im.test(text)
}

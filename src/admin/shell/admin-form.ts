import { AuthError } from '../../errors.ts'
import type { Exchange } from '../../http/exchange.ts'

/** More fields than any form of these pages has. */
const MAX_FIELDS = 3000

/** A form as it was sent. A field that was left out and one that is empty are the same: browsers send both. */
export interface AdminForm {
  /** The last value of the name, `''` where there is none. */
  text(name: string): string
  /** Every value of the name: of a list, or of boxes that were ticked. */
  all(name: string): readonly string[]
  /** Whether the name came at all, as that of a ticked box or of the button that was pressed. */
  has(name: string): boolean
  /** Each name once. */
  readonly names: readonly string[]
}

/**
 * Reads the body as a form. Anything else, JSON among it, is an empty one: then the value that every form must have is
 * missing, and nothing happens.
 *
 * @throws {AuthError} `malformed_request`, `payload_too_large`
 */
export async function readAdminForm(exchange: Exchange): Promise<AdminForm> {
  const bytes = await exchange.bytes()
  const type = exchange.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') return formOf(new URLSearchParams())
  return formOf(new URLSearchParams(decode(bytes)))
}

/** A form made of the parameters of an address. */
export function formOf(params: URLSearchParams): AdminForm {
  if (params.size > MAX_FIELDS) throw new AuthError('malformed_request')
  return {
    text: (name) => params.getAll(name).at(-1) ?? '',
    all: (name) => params.getAll(name),
    has: (name) => params.has(name),
    names: [...new Set(params.keys())],
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new AuthError('malformed_request')
  }
}

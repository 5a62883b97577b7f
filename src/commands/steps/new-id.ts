import type { UserId } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'

/** The id of a new user or group: a random UUID, or `null` where the store draws a number itself. */
export function newId({ config, random }: Pick<CommandContext, 'config' | 'random'>): UserId | null {
  return config.ids === 'uuid' ? uuid(random.bytes(16)) : null
}

/** RFC 9562 §5.4, version 4. */
function uuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
    return marked.toString(16).padStart(2, '0')
  }).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

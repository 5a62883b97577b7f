import type { CommandContext } from '../context.ts'

/** Random digits to tell names apart. */
export function decimalDigits({ random }: Pick<CommandContext, 'random'>, count: number): string {
  return Array.from(random.bytes(count), (byte) => String(byte % 10)).join('')
}

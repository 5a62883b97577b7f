/**
 * The first text that lies behind everything beginning with the prefix, where texts are in the order of their bytes in UTF-8.
 *
 * @throws {TypeError} for a prefix that does not end in an ASCII character other than DEL
 */
export function endOfPrefix(prefix: string): string {
  const last = prefix.charCodeAt(prefix.length - 1)
  // Only here is the next UTF-16 unit also the next character in UTF-8.
  if (!(last < 0x7f)) throw new TypeError('the prefix of keys must end in an ASCII character')
  return prefix.slice(0, -1) + String.fromCharCode(last + 1)
}

/**
 * Whether the text is one host with or without a port, as RFC 9110 §7.2 wants it. Two headers joined by a comma, an
 * address with a user in front, or a path behind are none. Nothing is ever made from the value; it only must not
 * confuse what reads it on the way.
 */
export function isHostHeader(text: string | undefined): boolean {
  if (text === undefined || text.length > MAX_LENGTH) return false
  return /^(?:[a-z\d](?:[\w.-]*)|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(text)
}

/** A name has at most 253 characters (RFC 1035 §2.3.4); a port and its colon come on top. */
const MAX_LENGTH = 260

/**
 * Reads a `redis:` or `rediss:` URL, as the driver takes it.
 *
 * @throws {TypeError} for anything else. What was given may carry a password, so it is not repeated.
 */
export function redisLocation(location: string): { readonly url: string; readonly description: string } {
  const url = URL.canParse(location) ? new URL(location) : null
  const isRedis = url !== null && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== ''
  if (!isRedis || !/^(?:\/\d{0,5})?$/.test(url.pathname) || !isDecodable(location)) {
    throw new TypeError('the location of a Redis server is a URL such as redis://user:password@host:6379/0')
  }
  const user = url.username === '' ? '' : `${url.username}@`
  return { url: location, description: `${url.protocol}//${user}${url.host}${url.pathname}` }
}

/** What the driver decodes of it must not throw something of its own later. */
function isDecodable(location: string): boolean {
  try {
    decodeURIComponent(location)
    return true
  } catch {
    return false
  }
}

/**
 * Reads a `mongodb:` or `mongodb+srv:` URL, as the driver takes it.
 *
 * @throws {TypeError} for anything else. What was given may carry a password, so it is not repeated.
 */
export function mongodbLocation(location: string): string {
  if (!/^mongodb(?:\+srv)?:\/\/[^/?]/i.test(location)) {
    throw new TypeError('the location of a MongoDB database is a URL such as mongodb://user:password@host:27017/name')
  }
  if (location.includes('\0')) throw new TypeError('the location of a MongoDB database has a NUL character')
  return location
}

/**
 * Reads a `postgres:` or `postgresql:` URL, as the driver takes it.
 *
 * @throws {TypeError} for anything else. What was given may carry a password, so it is not repeated.
 */
export function postgresLocation(location: string): string {
  if (!/^postgres(?:ql)?:\/\//i.test(location)) {
    throw new TypeError(
      'the location of a PostgreSQL database is a URL such as postgres://user:password@host:5432/name',
    )
  }
  if (location.includes('\0')) throw new TypeError('the location of a PostgreSQL database has a NUL character')
  return location
}

import type { MysqlPoolConfig } from './mysql-pool.ts'

/** Where a database is, and as whom to go there. */
export type MysqlPlace = Pick<
  MysqlPoolConfig,
  'host' | 'port' | 'user' | 'password' | 'database' | 'socketPath' | 'ssl'
>

/**
 * Reads a `mysql:` or `mariadb:` URL. Of parameters it may have `socketPath`, and `ssl`, which is `true` or the options of a
 * TLS connection as JSON.
 *
 * @throws {TypeError} for anything else. What was given may carry a password, so it is not repeated.
 */
export function mysqlLocation(location: string): MysqlPlace {
  const url = /^(?:mysql|mariadb):\/\//i.test(location) && URL.canParse(location) ? new URL(location) : null
  if (url === null || location.includes('\0')) {
    throw new TypeError('the location of a MySQL database is a URL such as mysql://user:password@host:3306/name')
  }
  const database = decoded(url.pathname.slice(1))
  if (database === '') throw new TypeError('the location of a MySQL database must end in its name: mysql://host/name')
  return {
    host: decoded(url.hostname.replace(/^\[(.*)\]$/, '$1')) || 'localhost',
    port: url.port === '' ? 3306 : Number(url.port),
    user: decoded(url.username),
    password: decoded(url.password),
    database,
    ...parametersOf(url),
  }
}

function parametersOf({ searchParams }: URL): Pick<MysqlPlace, 'socketPath' | 'ssl'> {
  const unknown = [...searchParams.keys()].find((name) => name !== 'ssl' && name !== 'socketPath')
  if (unknown !== undefined) {
    throw new TypeError('the location of a MySQL database may have the parameters ssl and socketPath, and no other')
  }
  const socketPath = searchParams.get('socketPath')
  const ssl = searchParams.get('ssl')
  return { ...(socketPath === null ? {} : { socketPath }), ...(ssl === null ? {} : { ssl: tlsOptions(ssl) }) }
}

/** Unless told otherwise, whoever answers must prove that the host's name is theirs: the driver alone would not ask for it. */
function tlsOptions(text: string): object {
  const given = text === 'true' ? {} : jsonObject(text)
  if (given !== null) return { verifyIdentity: true, ...given }
  throw new TypeError('the parameter ssl in the location of a MySQL database is true, or an object as JSON')
}

function jsonObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new TypeError('the location of a MySQL database has a % that begins no percent-encoding')
  }
}

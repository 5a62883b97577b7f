import { beforeEach, describe, expect, it } from 'vitest'
import { runSql } from '../support/mysql-server.ts'
import { useMysql } from '../support/use-mysql.ts'
import { newWorkplace, type Workplace } from './portress.ts'

const server = useMysql('the command line on MariaDB')

let place: Workplace
let database: string
let variables: Readonly<Record<string, string>>

beforeEach(async () => {
  place = newWorkplace()
  database = await server().createDatabase()
  variables = { PORTRESS_DATABASE: database, PORTRESS_SECRET: 'kR3vT9yWq2Lm7Xc5Zb8Nf1Gh4Jd6Ps0A' }
})

describe('PORTRESS_DATABASE with the URL of a MariaDB server', () => {
  it('is looked at by check without a trace, and migrated by migrate', async () => {
    const before = await place.run(['check'], variables)
    expect(before.output + before.errors).toContain('0001_initial')
    expect(await tables()).toEqual([])
    await place.json(['migrate'], variables)
    expect(await tables()).toContain('portress_users')
    expect((await place.run(['migrate'], variables)).status).toBe(0)
  })

  it('is served, and named without its password', async () => {
    await server().asRoot(
      "CREATE USER visitor@localhost IDENTIFIED BY 's3cret'; GRANT ALL ON `test\\_%`.* TO visitor@localhost",
    )
    const withPassword = database.replace('portress@', 'visitor:s3cret@').replace('mysql:', 'mariadb:')
    const served = await place.serve({ ...variables, PORTRESS_DATABASE: withPassword })
    expect(served.banner['database']).toBe(withPassword.replace(':s3cret', ''))
    expect((await fetch(`${served.url}/ready`)).status).toBe(200)
    expect((await served.stop()).status).toBe(0)
  })

  it('says what is wrong with the server in one line, and never the password', async () => {
    const elsewhere = database.replace('portress@', 'portress:s3cret@').replace(/:\d+\//, ':1/')
    const { status, errors } = await place.run(['migrate'], { ...variables, PORTRESS_DATABASE: elsewhere })
    expect(status).toBe(1)
    expect(errors).toContain('The database cannot be used: connect ECONNREFUSED')
    expect(errors).not.toContain('s3cret')
  })
})

async function tables(): Promise<readonly unknown[]> {
  const rows = await runSql(database, 'SHOW TABLES')
  return rows.flatMap((row) => Object.values(row))
}

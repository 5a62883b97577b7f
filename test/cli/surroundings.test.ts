import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { newWorkplace, type Workplace } from './portress.ts'

const SOURCE = pathToFileURL(resolve(import.meta.dirname, '../../src')).href

let place: Workplace

beforeEach(() => {
  place = newWorkplace()
})

describe('the variables of portress', () => {
  it('are refused when they are misspelt, each with the one that was meant', async () => {
    const { status, errors } = await place.run(['migrate'], {
      PORTRESS_DATABSE: 'app.db',
      PORTRESS_COLOUR: 'red',
    })
    expect(status).toBe(2)
    expect(errors).toContain('PORTRESS_DATABSE is no variable of Portress; did you mean PORTRESS_DATABASE?')
    expect(errors).toContain('PORTRESS_COLOUR is no variable of Portress; there are PORTRESS_CONFIG, ')
    expect(readdirSync(place.folder)).toEqual([])
  })

  it('may stand beside those that Kubernetes sets for a service of the same name', async () => {
    await place.json(['migrate'], {
      PORTRESS_SERVICE_HOST: '10.0.0.7',
      PORTRESS_SERVICE_PORT_HTTP: '3000',
      PORTRESS_PORT: 'tcp://10.0.0.7:3000',
      PORTRESS_PORT_3000_TCP_ADDR: '10.0.0.7',
      PORTRESS_USER_PASSWORD: 'quiet otter by the weir',
      PORTRESS_SUPERUSER_PASSWORD: 'quiet otter by the weir',
    })
  })

  it('may be the own ones of a configuration file', async () => {
    write('portress.config.ts', configuration('process.env.PORTRESS_DATABASE_FILE'))
    await place.json(['migrate'], { PORTRESS_DATABASE_FILE: place.path('own.sqlite3') })
    expect(readdirSync(place.folder)).toContain('own.sqlite3')
  })
})

describe('PORTRESS_DATABASE', () => {
  const refusal = async (database: string): Promise<string> => {
    const { status, errors } = await place.run(['migrate'], { PORTRESS_DATABASE: database })
    expect(status).toBe(2)
    expect(errors).toMatch(/^ {2}- PORTRESS_DATABASE /m)
    return errors
  }

  it('names the folder that does not exist', async () => {
    const errors = await refusal('data/app.db')
    expect(errors).toContain(`the folder ${place.path('data')}, which does not exist`)
    expect(readdirSync(place.folder)).toEqual([])
  })

  it('names the file that stands where a folder should be', async () => {
    write('data', '')
    expect(await refusal('data/app.db')).toContain(`${place.path('data')}, which is no folder`)
  })

  it('names the folder that may not be written to', async (context) => {
    if (process.getuid?.() === 0) context.skip('nothing is forbidden to the superuser of a Unix')
    mkdirSync(place.path('data'))
    chmodSync(place.path('data'), 0o500)
    expect(await refusal('data/app.db')).toContain(`the folder ${place.path('data')}, which this user may not write`)
  })

  it('takes a URL of a server only together with a secret', async () => {
    const { status, errors } = await place.run(['migrate'], { PORTRESS_DATABASE: 'postgres://db.example.org/app' })
    expect(status).toBe(2)
    expect(errors).toContain('PORTRESS_SECRET must be set where the database is on a server')
    expect(await refusal('postgres:db.example.org/app')).toContain('must begin with postgres://')
    expect(await refusal('mariadb:db.example.org/app')).toContain('must begin with mariadb://')
  })

  it('names the file that is not a database', async () => {
    write('notes.txt', 'These are notes and not a database.')
    expect(await refusal('notes.txt')).toContain(`${place.path('notes.txt')}, which is not a SQLite database`)
  })
})

describe('a configuration file', () => {
  it('is told the line of a mistake in its grammar', async () => {
    write('portress.config.ts', 'const a = 1\nexport default {\n  store: ,\n}\n')
    const { status, errors } = await place.run(['migrate'])
    expect(status).toBe(2)
    expect(errors).toContain(`(${place.path('portress.config.ts')}:3)`)
  })

  it('is told each thing that is missing or of a wrong kind', async () => {
    write('portress.config.js', "export default { store: 'app.db', secrets: [process.env.NOT_SET] }")
    const { status, errors } = await place.run(['migrate'])
    expect(status).toBe(2)
    expect(errors).toContain('store must be a store, such as sqlite("app.db")')
    expect(errors).toContain('site must be an object')
    expect(errors).toContain('secrets[0] is missing; set its environment variable')
  })

  it('decides whether other machines are warned of, whatever NODE_ENV says', async () => {
    write('portress.config.ts', configuration("'app.sqlite3'"))
    await place.json(['migrate'])
    const inDevelopment = await place.serve({ HOST: '0.0.0.0', NODE_ENV: 'production' })
    expect((await inDevelopment.stop()).errors).toContain('Warning: other machines can reach this server')

    const mailer = "environment: 'production', mailer: smtpMailer('smtp://127.0.0.1:9'),"
    write('portress.config.ts', configuration("'app.sqlite3'", mailer))
    const inProduction = await place.serve({ HOST: '0.0.0.0' })
    expect((await inProduction.stop()).errors).not.toContain('other machines')
  })

  it('is told which columns are kept although there is nothing to write', async () => {
    write('portress.config.ts', configuration("'app.sqlite3'", 'user: { fields: { motto: field.text() } },'))
    await place.json(['makemigrations'])
    write('portress.config.ts', configuration("'app.sqlite3'"))
    expect(await place.json(['makemigrations'])).toEqual({ file: null, kept: ['portress_users.motto'], dropped: [] })
    const { output } = await place.run(['makemigrations'])
    expect(output).toContain('Nothing to write')
    expect(output).toContain('Kept portress_users.motto, which is no longer declared; --drop drops it')
    expect(readdirSync(place.path('migrations'))).toHaveLength(1)
  })
})

describe('portress createuser', () => {
  it('promises nothing of --staff but the mark', async () => {
    const { output } = await place.run(['createuser', '--help'])
    expect(output).toMatch(/--staff\s+marked as staff, for your own code to ask/)
  })
})

const write = (name: string, text: string): void => writeFileSync(place.path(name), text)

const configuration = (database: string, more = ''): string => `
  import { field } from '${SOURCE}/index.ts'
  import { smtpMailer } from '${SOURCE}/mailers/smtp-mailer.ts'
  import { sqlite } from '${SOURCE}/stores/sqlite/index.ts'

  export default {
    store: sqlite(${database}),
    secrets: ['q7Zp0vK3xT9mB2nL5sR8wE1yU4iO6aDf'],
    site: { name: 'Acme', origin: 'https://acme.example' },
    environment: 'development',
    ${more}
  }
`

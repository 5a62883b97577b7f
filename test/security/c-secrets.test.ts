/** Section C of the attack table: how secrets are found and compared. */
import type { Expression, PrivateIdentifier } from 'oxc-parser'
import { afterEach, describe, expect, it } from 'vitest'
import { parseSource, visit } from '../../scripts/support/parse-source.ts'
import { type SourceFile, sourceFiles } from '../../scripts/support/source-files.ts'
import { equalBytes } from '../../src/util/secrets.ts'
import { type Answer, cookieFrom } from './support/answer.ts'
import { placesOf, readTables } from './support/database.ts'
import { closeSites, openSite, PASSWORD, temporaryDatabase } from './support/open-site.ts'

afterEach(closeSites)

describe('row 58: a comparison of secrets', () => {
  /** What a secret, or something that was made of one, is called here. */
  const SECRET = /secret|token|digest|signature|proof|hmac|passwordhash|encoded|password$|^code$|computed|cookie|seed$/i

  /** Comparisons by operator, of two things that are not known when the program is written. */
  function comparisonsOf(file: SourceFile): readonly string[] {
    const found: string[] = []
    const source = parseSource(file)
    visit(source, {
      BinaryExpression({ operator, left, right, start, end }) {
        if (!/^[!=]==?$/.test(operator)) return
        const names = [left, right].map(nameOf)
        if (names.includes(null) || !names.some((name) => name !== null && SECRET.test(name))) return
        found.push(`${file.path}: ${file.text.slice(start, end)}`)
      },
    })
    return found
  }

  /** `null` for what is written down: a literal, `undefined`, a kind of value, a length. */
  function nameOf(expression: Expression | PrivateIdentifier): string | null {
    switch (expression.type) {
      case 'Identifier':
        return expression.name === 'undefined' ? null : expression.name
      case 'MemberExpression':
        if (expression.property.type !== 'Identifier') return ''
        return expression.property.name === 'length' ? null : expression.property.name
      case 'CallExpression':
        return nameOf(expression.callee)
      case 'ChainExpression':
        return nameOf(expression.expression)
      case 'AwaitExpression':
        return nameOf(expression.argument)
      case 'Literal':
      case 'TemplateLiteral':
      case 'UnaryExpression':
        return null
      default:
        return ''
    }
  }

  /** Comparisons that are called like one of secrets and are none, or from which a caller learns nothing. */
  const HARMLESS: Readonly<Record<string, string>> = {
    'src/cli/support/secret-file.ts: error.code === code': 'the code of an error of the system',
    'src/commands/logout.ts: carrier === tokens': 'the names of two carriers',
    'src/commands/logout.ts: session.carrier !== tokenCarrier': 'the names of two carriers',
    'src/client/kept-session.ts: held.accessToken === used?.accessToken': 'both are the tokens of the caller',
    'src/client/token-renewal.ts: renewing?.refreshToken !== used.refreshToken': 'both are the tokens of the caller',
    'src/client/token-renewal.ts: held.accessToken !== used.accessToken': 'both are the tokens of the caller',
    'src/commands/steps/known-device.ts: other !== proof': 'the caller has logged in and is given this proof anyway',
    'src/commands/steps/backend-tools.ts: password === typed': 'both were typed by the caller',
    'src/dialects/drf/link-before-password.ts: error.code === code': 'the code of a refusal',
    'src/dialects/pages/read.ts: newPassword === again': 'both were typed by the same person',
    'src/dialects/portress-api/complaints.ts: code === message': 'the code of a complaint',
    'src/dialects/rest-auth/check-options.ts: jwtAuthCookie === jwtAuthRefreshCookie': 'the names of two cookies',
    'src/providers/refusal-of.ts: error.code === JWT_CLAIM_COMPARISON': 'why a token was refused',
    'src/stores/mongodb/identity-claims.ts: (await findClaim(users, digest))?.token === token':
      'marks of whose turn it is',
    'src/stores/mongodb/identity-claims.ts: one.claim === claim.token': 'marks of whose turn it is',
    'src/stores/mongodb/identity-claims.ts: one.digest === claim.digest':
      'what a provider calls its user, hashed to fit',
    'src/stores/mongodb/mongo-codes.ts: code !== taken': 'two rows that were read',
    'src/stores/mongodb/mongo-identities.ts: claim !== token': 'marks of whose turn it is',
    "src/stores/mongodb/throttle-holds.ts: document(leader[names.pending])['token'] === token":
      'marks of whose turn it is',
    'src/stores/mongodb/throttle-holds.ts: leader[names.owner] !== token': 'marks of whose turn it is',
    'src/stores/mongodb/users.ts: user.passwordHash === when.passwordHash': 'both were read from the database',
    'src/stores/sql/migrate-in-pieces.ts: digest === digestOf(statements.slice(0, done))': 'the text of a migration',
    'src/stores/sql/update-user.ts: state.passwordHash === passwordHash': 'both were read from the database',
    'src/util/case-fold.ts: code === DOTLESS_I': 'a code point',
    'src/util/case-fold.ts: code === CAPITAL_SHARP_S': 'a code point',
  }

  it('row 58: is never left to an operator that stops at the first difference', () => {
    const found = sourceFiles(process.cwd(), ['src'])
      .filter(({ path }) => !/\.test\.tsx?$|^src\/testing\//.test(path))
      .flatMap(comparisonsOf)
    // Also the other way round: what is no longer there must not be excused.
    expect(new Set(found)).toEqual(new Set(Object.keys(HARMLESS)))
  })

  it.each([
    'if (token === expected) open()',
    'if (given !== row.digest) refuse()',
    'const ok = hmacSha256(key, text) == proof',
    'const found = codes.find((one) => one.secret === secret)',
    'if ((await read()).signature === sent) open()',
    'if (user?.passwordHash === computed) open()',
  ])('row 58: control: the rule finds `%s`', (text) => {
    expect(comparisonsOf({ path: 'probe.ts', text })).toHaveLength(1)
  })

  it.each([
    "if (typeof token !== 'string') refuse()",
    'if (token === null || token === undefined || token.length !== 43) refuse()',
    "if (error.code === 'unavailable') wait()",
    'if (session.id === current.id) keep()',
  ])('row 58: control: the rule leaves `%s` alone', (text) => {
    expect(comparisonsOf({ path: 'probe.ts', text })).toEqual([])
  })

  it('row 58: of other lengths is unequal, and no fault', () => {
    expect(equalBytes(new Uint8Array(32), new Uint8Array(31))).toBe(false)
    expect(equalBytes(new Uint8Array(0), new Uint8Array(1))).toBe(false)
    expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 3]))).toBe(false)
    expect(equalBytes(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true)
  })
})

describe('row 58: a secret that was given out', () => {
  /** Everything that opens something: of sessions of each carrier, of a device, and from a mail. */
  async function secretsOf(location: string): Promise<readonly string[]> {
    const site = await openSite({ location })
    const ann = await site.addUser('ann')
    const login = (carrier: string): Promise<Answer> =>
      site.send('POST /login', { body: { identifier: 'ann', password: PASSWORD, carrier } })
    const [inCookie, inToken, inJwt] = [await login('cookie'), await login('token'), await login('jwt')]
    await site.send('POST /password/reset', { body: { email: ann.email } })
    const code = await site.codeFor(ann.email)
    const { refreshToken, accessToken } = inJwt.json
    await site.auth.flush()
    const cookies = ['portress-session', 'portress-device'].map((name) => cookieFrom(inCookie, name))
    return [
      ...cookies.map((cookie) => cookie.replace(/^[^=]*=/, '')),
      String(inToken.json['token']),
      String(refreshToken),
      // All generations share the seed in front.
      String(refreshToken).slice(0, 42),
      String(accessToken),
      code,
      PASSWORD,
    ]
  }

  const leaksOf = (secrets: readonly string[], location: string): readonly string[] => {
    const tables = readTables(location)
    return secrets.flatMap((secret) => placesOf(secret, tables))
  }

  it('row 58: stands nowhere in the database, in clear or encoded', async () => {
    const location = temporaryDatabase()
    expect(leaksOf(await secretsOf(location), location)).toEqual([])
  })

  it('row 58: control: one that somebody kept is found, in clear, in hex and in bytes', async () => {
    const location = temporaryDatabase()
    const [cookie = '', , token = '', , , , code = ''] = await secretsOf(location)
    const { DatabaseSync } = await import('node:sqlite')
    const db = new DatabaseSync(location)
    db.exec('CREATE TABLE careless (text TEXT, hex TEXT, bytes BLOB)')
    const insert = db.prepare('INSERT INTO careless VALUES (?, ?, ?)')
    insert.run(cookie, Buffer.from(token).toString('hex'), Buffer.from(code, 'base64url'))
    db.close()
    const found = leaksOf([cookie, token, code], location)
    expect(found).toEqual(expect.arrayContaining(['careless.text', 'careless.hex', 'careless.bytes']))
  })
})

import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { DESCRIPTIONS } from '../../src/dialects/portress-api/descriptions.ts'
import { openApiDocument, portressApi } from '../../src/dialects/portress-api/index.ts'
import { field } from '../../src/model/declare-field.ts'
import { apiWorlds } from '../support/api-world.ts'
import { TEST_ORIGIN } from '../support/test-auth.ts'

const newWorld = apiWorlds()

describe('the OpenAPI document', () => {
  it('is served, and is the one that the function gives', async () => {
    const { auth, call } = await newWorld()
    const { text } = await call('GET /openapi.json')
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(await openApiDocument(auth.config))))
  })

  it('describes every row, and nothing that is not a row', async () => {
    const { auth } = await newWorld()
    const document = await openApiDocument(auth.config)
    const described = Object.entries(document.paths).flatMap(([path, methods]) => {
      return Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    })
    const rows = portressApi().routes(auth.config)
    expect(new Set(described)).toEqual(new Set(rows.map(({ method, path }) => `${method} ${path}`)))
    expect(new Set(described)).toEqual(new Set(Object.keys(DESCRIPTIONS)))
  })

  it('names the address and the version it speaks', async () => {
    const { auth } = await newWorld()
    const document = await openApiDocument(auth.config, { path: '/v1/accounts' })
    expect(document).toMatchObject({ openapi: '3.1.1', servers: [{ url: `${TEST_ORIGIN}/v1/accounts` }] })
  })

  it('has no reference that leads nowhere, and schemas that compile', async () => {
    const { auth } = await newWorld()
    const document = await openApiDocument(auth.config)
    const { schemas } = document.components
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(references.length).toBeGreaterThan(20)
    for (const [, name = ''] of references) expect(Object.keys(schemas)).toContain(name)
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false })
    ajv.addVocabulary(['components'])
    ajv.addSchema({ $id: 'api', components: document.components }, 'api')
    for (const name of Object.keys(schemas)) ajv.compile({ $ref: `api#/components/schemas/${name}` })
  })

  it('says which rows want a session, and how one is shown', async () => {
    const { auth } = await newWorld()
    const { paths, components } = await openApiDocument(auth.config)
    expect(paths['/me']).toMatchObject({ get: { security: [{ bearer: [] }, { cookie: [] }] } })
    expect(JSON.stringify(paths['/login'])).not.toContain('security')
    expect(components.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
      cookie: { type: 'apiKey', in: 'cookie', name: '__Host-portress-session' },
    })
  })

  it('follows the model: declared fields with their limits, and none that is not the client’s', async () => {
    const { auth } = await newWorld({
      user: {
        username: 'none',
        fields: {
          motto: field.text({ maxLength: 50, required: true }),
          age: field.number({ min: 18, max: 120, integer: true }),
          colour: field.enum({ choices: ['red', 'blue'], default: 'red' }),
          score: field.number({ writable: false, default: 0 }),
          remark: field.text({ writable: false, public: false }),
        },
        profiles: { address: { street: field.text({ required: true }) } },
      },
    })
    const { schemas } = (await openApiDocument(auth.config)).components
    const age = { anyOf: [{ type: 'integer', minimum: 18, maximum: 120 }, { type: 'null' }] }
    const address = { type: 'object', required: ['street'], additionalProperties: false }
    expect(schemas['RegisterBody']).toMatchObject({
      properties: { motto: { maxLength: 50 }, age, colour: { enum: ['red', 'blue'] }, address },
      required: ['email', 'password', 'motto'],
    })
    expect(schemas['ProfileBody']).toMatchObject({ properties: { motto: { maxLength: 50 }, age } })
    expect(schemas['ProfileBody']).not.toHaveProperty('required')
    expect(JSON.stringify([schemas['RegisterBody'], schemas['ProfileBody']])).not.toMatch(/score|remark|username/)
    expect(schemas['User']).toMatchObject({ properties: { score: { type: 'number' } } })
    expect(JSON.stringify(schemas['User'])).not.toContain('remark')
  })
})

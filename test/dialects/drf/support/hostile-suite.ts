import { expect, it } from 'vitest'
import { HOSTILE_VALUES } from '../../../support/members.ts'
import type { Answer } from './answer.ts'
import type { DrfWorld } from './drf-world.ts'
import {
  faultsOf,
  HOSTILE_JSON,
  IMPOSSIBLE,
  STRANGE_HEADERS,
  TYPES_OF_HUGE_BODIES,
  UNREADABLE_TYPES,
} from './hostile-bodies.ts'
import type { CallOptions } from './request.ts'

/** An endpoint with a body that is right as far as its shape goes, so that a test can spoil one field at a time. */
export interface Endpoint {
  readonly row: string
  readonly body: Readonly<Record<string, string>>
  readonly guard: 'public' | 'session'
}

/** What is the same for all endpoints of a world; the world itself is made before the first test. */
export interface HostileWorld {
  readonly world: () => DrfWorld
  /** Goes along where somebody must have logged in. */
  readonly credential: () => CallOptions
  /** Endpoints that ask for nothing, so that an empty body is as good as any. */
  readonly mayBeEmpty: (row: string) => boolean
  /** Endpoints that take what cannot be read for empty. @default none */
  readonly mayBeUnreadable?: (row: string) => boolean
}

/** Every field of an endpoint with what does not belong there, and bodies that are none. */
export function hostileSuite(
  endpoint: Endpoint,
  { world, credential, mayBeEmpty, mayBeUnreadable = () => false }: HostileWorld,
): void {
  const { row, guard } = endpoint
  const send = (sent: CallOptions): Promise<Answer> =>
    world().call(row, guard === 'session' ? { ...credential(), ...sent } : sent)
  fieldsSuite(endpoint, send)

  it.each(HOSTILE_JSON)('refuses a JSON body that is %s, or takes it for an empty one', async (_what, body) => {
    const answer = await send({ body, headers: { 'content-type': 'application/json' } })
    expect(answer.status).toBeLessThan(500)
    if (!mayBeEmpty(row)) expect(faultsOf(answer)).toEqual([])
  })

  it.each(TYPES_OF_HUGE_BODIES)('refuses 10 MB of %j', async (type) => {
    const [field] = Object.keys(endpoint.body)
    const body = new TextEncoder().encode(`{"${field}":"${'x'.repeat(10_000_000)}"}`)
    expect(faultsOf(await send({ body, headers: { 'content-type': type } }))).toEqual([])
  })

  it.each(UNREADABLE_TYPES)('is not at a loss with a body said to be %s', async (type) => {
    const answer = await send({ body: '--x\r\n\r\n', headers: { 'content-type': type } })
    expect(answer.status).toBeLessThan(500)
    if (!mayBeUnreadable(row)) expect(faultsOf(answer)).toEqual([])
  })
}

function fieldsSuite({ body }: Endpoint, send: (sent: CallOptions) => Promise<Answer>): void {
  const fields = Object.keys(body)
  const without = (field: string): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(body).filter(([name]) => name !== field))

  it.each(Object.entries(IMPOSSIBLE))('refuses %s in every field, in JSON', async (_what, value) => {
    for (const field of fields) {
      const answer = await send({ json: { ...body, [field]: value } })
      expect([field, faultsOf(answer)]).toEqual([field, []])
    }
  })

  it('refuses a missing field, or does without it, and is never at a loss', async () => {
    for (const field of fields) {
      const { status } = await send({ json: without(field) })
      expect([field, status < 500]).toEqual([field, true])
    }
  })

  it('is never at a loss, whatever stands in a field', async () => {
    for (const field of fields) {
      for (const value of HOSTILE_VALUES) {
        const { status } = await send({ json: { ...body, [field]: value } })
        expect([field, value, status < 500]).toEqual([field, value, true])
      }
    }
  })

  it('refuses NUL in a form, and is not at a loss with broken UTF-8', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    for (const field of fields) {
      for (const value of ['a%00b', '%ED%A0%80', '%FF']) {
        const { status } = await send({ body: `${new URLSearchParams(without(field))}&${field}=${value}`, headers })
        expect([field, value, status < 500]).toEqual([field, value, true])
        if (value === 'a%00b') expect([field, status >= 400]).toEqual([field, true])
      }
    }
  })

  it('refuses a file in every field, and takes the last of two fields of one name', async () => {
    for (const field of fields) {
      const form = new FormData()
      for (const [name, value] of Object.entries(body)) form.append(name, value)
      form.append(field, new Blob(['x']))
      expect([field, faultsOf(await send({ body: form }))]).toEqual([field, []])
    }
  })
}

export interface StrangeHeaders {
  readonly world: () => DrfWorld
  /** Rows that must answer something, whoever asks. */
  readonly rows: readonly string[]
  /** What only whoever has logged in may see. */
  readonly ownRow: string
  /** What else somebody may send to this door. */
  readonly more?: readonly (readonly [name: string, value: string])[]
}

/** Headers that somebody may send beside anything. */
export function strangeHeadersSuite({ world, rows, ownRow, more = [] }: StrangeHeaders): void {
  it.each([...STRANGE_HEADERS, ...more])('answers somebody whose %s is strange', async (name, value) => {
    for (const row of [ownRow, ...rows]) {
      const { status } = await world().call(row, { headers: { [name]: value } })
      expect([row, status < 500]).toEqual([row, true])
    }
    expect((await world().call(ownRow, { headers: { [name]: value } })).status).toBeGreaterThanOrEqual(400)
  })
}

/** Counts the faults that an engine logs. */
export function faultLogger() {
  const faults: unknown[] = []
  const logger = { debug() {}, info() {}, warn() {}, error: (...fault: unknown[]) => void faults.push(fault) }
  return { faults, logger }
}

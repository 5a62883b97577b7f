/** What the compiler knows of the client. */
import { describe, expect, expectTypeOf, it } from 'vitest'
import { createClient, type InvalidInput, type Refusal, type UnexpectedAnswer } from '../../src/client/index.ts'
import type { Answers, WireUser } from '../../src/dialects/portress-api/answers.ts'
import type { EndpointName } from '../../src/dialects/portress-api/descriptions.ts'
import type { ErrorCode } from '../../src/errors.ts'

interface Own {
  readonly plan: 'free' | 'pro'
  readonly birthday: string | null
  readonly billing: { readonly vatNumber: string | null; readonly city: string | null } | null
}

const baseUrl = '/api'
const plain = createClient({ baseUrl })
const typed = createClient<Own>({ baseUrl })

type Value<P> = Extract<Awaited<P>, { readonly ok: true }> extends { readonly value: infer V } ? V : never

describe('the types of the client', () => {
  it('know a user, and the fields that the site declares', () => {
    expectTypeOf<Value<ReturnType<typeof plain.currentUser>>>().toEqualTypeOf<{ readonly user: WireUser }>()
    type User = Value<ReturnType<typeof typed.currentUser>>['user']
    expectTypeOf<User['plan']>().toEqualTypeOf<'free' | 'pro'>()
    expectTypeOf<User['birthday']>().toEqualTypeOf<string | null>()
    expectTypeOf<User['email']>().toEqualTypeOf<string | null>()
    expectTypeOf<Value<ReturnType<typeof typed.login>>['user']['plan']>().toEqualTypeOf<'free' | 'pro'>()
    expectTypeOf<Value<ReturnType<typeof typed.exportUser>>['user']['plan']>().toEqualTypeOf<'free' | 'pro'>()
  })

  it('take declared fields in part, and no others', () => {
    const input = { email: 'ann@example.org', password: 'x' }
    expectTypeOf(typed.register).toBeCallableWith({ ...input, plan: 'pro', billing: { city: 'Bern' } })
    const wrong = [
      // @ts-expect-error: not one of the choices
      () => typed.register({ ...input, plan: 'gold' }),
      // @ts-expect-error: there is no such field
      () => typed.updateProfile({ colour: 'red' }),
      // @ts-expect-error: no field is declared
      () => plain.updateProfile({ plan: 'pro' }),
      // @ts-expect-error: a password there must be
      () => plain.register({ email: 'ann@example.org' }),
      // @ts-expect-error: the carrier is the client’s
      () => plain.login({ identifier: 'ann', password: 'x', carrier: 'jwt' }),
    ]
    expect(wrong).toHaveLength(5)
  })

  it('tell failures apart by their code', async () => {
    const client = createClient({ baseUrl, fetch: () => Promise.reject(new TypeError('no network')) })
    const result = await client.login({ identifier: 'ann', password: 'x' })
    if (result.ok) throw new Error('it was let in')
    const { error } = result
    expectTypeOf(error.code).toEqualTypeOf<ErrorCode | 'network' | 'unexpected_answer'>()
    switch (error.code) {
      case 'validation_failed':
        expectTypeOf(error).toEqualTypeOf<InvalidInput>()
        break
      case 'network':
        expectTypeOf(error.cause).toEqualTypeOf<unknown>()
        break
      case 'unexpected_answer':
        expectTypeOf(error).toEqualTypeOf<UnexpectedAnswer>()
        break
      default:
        expectTypeOf(error).toEqualTypeOf<Refusal>()
    }
    expect(error.code).toBe('network')
    // @ts-expect-error: a result has to be looked at first
    expect(result.value).toBeUndefined()
  })

  it('have the answers that the server’s schemas are held to', () => {
    expectTypeOf<Value<ReturnType<typeof plain.listSessions>>>().toEqualTypeOf<Answers['SessionList']>()
    expectTypeOf<Value<ReturnType<typeof plain.listAttempts>>>().toEqualTypeOf<Answers['AttemptList']>()
    expectTypeOf<Value<ReturnType<typeof plain.logout>>>().toEqualTypeOf<void>()
    expectTypeOf<EndpointName>().toExtend<`${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`>()
  })
})

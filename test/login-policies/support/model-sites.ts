import { afterEach } from 'vitest'
import type { AuthOptions } from '../../../src/create-auth.ts'
import { AuthError } from '../../../src/errors.ts'
import { field } from '../../../src/index.ts'
import type { FieldDefinitions } from '../../../src/model/field.ts'
import { type TestAuth, testAuth } from '../../support/test-auth.ts'

/** A1: the user of S1, whose table has no address. */
export const DESCRIPTIVE = {
  email: 'optional',
  usernameMaxLength: 15,
  fields: { description: field.text({ maxLength: 50, default: 'None', required: true }) },
  displayName: ({ username }: { readonly username: string | null }) => username ?? '',
} as const

type NewSite = <const F extends FieldDefinitions = Record<never, never>>(
  options: Partial<AuthOptions<F>>,
) => TestAuth<F>

/** Makes sites for the tests of a file, and closes them after each test. */
export function modelSites(): NewSite {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  return (options) => {
    const site = testAuth(options)
    closing.push(() => site.auth.close())
    return site
  }
}

/** The complaints by field. */
export async function complaints(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    if (error instanceof AuthError) return error.details.fields
    throw error
  }
  return 'none'
}

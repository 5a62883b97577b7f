import { describe, expect, it } from 'vitest'
import type { PasswordContext, PasswordValidator } from '../contracts/validator.ts'
import type { FieldErrorCode } from '../errors.ts'

export interface ValidatorExample {
  readonly password: string
  /** What is known of the user; nothing where it is left out. */
  readonly context?: Partial<PasswordContext>
}

export interface ValidatorConformanceOptions {
  /** Makes a fresh validator for each test. */
  readonly newValidator: () => PasswordValidator
  /** Passwords that must be refused, each with the first code of the complaint. */
  readonly refuses: readonly (ValidatorExample & { readonly code: FieldErrorCode })[]
  /** Passwords that must pass. */
  readonly accepts: readonly ValidatorExample[]
  /** Tests that do not apply, each with the reason that the report shows. */
  readonly skip?: readonly { readonly test: ValidatorTest; readonly reason: string }[]
}

/** The names of the tests. */
export type ValidatorTest =
  | 'has a name for logs and lists'
  | 'refuses what it must, with the right code first'
  | 'accepts what it must'
  | 'judges a password alike every time'
  | 'never repeats the password in a complaint'
  | 'answers with complaints, not with an error, whatever the password'
  | 'judges the longest password beside the longest names within 50 ms'

/**
 * Checks that a validator keeps the promises of `PasswordValidator`. Call it inside a `describe` of Vitest.
 *
 * @example
 * describe('noColours', () => {
 *   validatorConformance({
 *     newValidator: () => noColours(),
 *     refuses: [{ password: 'aquamarine', code: 'custom' }],
 *     accepts: [{ password: 'correct horse' }],
 *   })
 * })
 */
export function validatorConformance(options: ValidatorConformanceOptions): void {
  describe('keeps the contract of a password validator', () => {
    for (const [name, check] of Object.entries(TESTS)) {
      const skipped = options.skip?.find(({ test }) => test === name)
      it(name, async (context) => {
        if (skipped) context.skip(skipped.reason)
        await check(options)
      })
    }
  })
}

type Check = (options: ValidatorConformanceOptions) => Promise<void>

const TESTS: Readonly<Record<ValidatorTest, Check>> = {
  'has a name for logs and lists': async ({ newValidator }) => {
    expect(newValidator().name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  },
  'refuses what it must, with the right code first': async ({ newValidator, refuses }) => {
    for (const example of refuses) {
      const [complaint] = await judge(newValidator(), example)
      expect(complaint?.code, example.password).toBe(example.code)
    }
  },
  'accepts what it must': async ({ newValidator, accepts }) => {
    for (const example of accepts) expect(await judge(newValidator(), example), example.password).toEqual([])
  },
  'judges a password alike every time': async ({ newValidator, refuses, accepts }) => {
    const validator = newValidator()
    for (const example of [...refuses, ...accepts]) {
      expect(await judge(validator, example)).toEqual(await judge(validator, example))
    }
  },
  'never repeats the password in a complaint': async ({ newValidator, refuses }) => {
    for (const example of refuses.filter(({ password }) => password !== '')) {
      const params = (await judge(newValidator(), example)).flatMap((complaint) =>
        Object.values(complaint.params ?? {}),
      )
      expect(params.filter((value) => String(value).includes(example.password))).toEqual([])
    }
  },
  'answers with complaints, not with an error, whatever the password': async ({ newValidator }) => {
    for (const password of HOSTILE) {
      for (const context of [{}, LONG_NAMES]) {
        for (const { code } of await judge(newValidator(), { password, context })) expect(code).toMatch(/^[a-z_]+$/)
      }
    }
  },
  'judges the longest password beside the longest names within 50 ms': async ({ newValidator }) => {
    const validator = newValidator()
    // The first call may read a list.
    await judge(validator, { password: 'x' })
    for (const password of HOSTILE) {
      const started = performance.now()
      await judge(validator, { password, context: LONG_NAMES })
      expect(performance.now() - started, password.slice(0, 20)).toBeLessThan(50)
    }
  },
}

async function judge(validator: PasswordValidator, { password, context }: ValidatorExample) {
  return validator.validate(password, { ...NOBODY, ...context })
}

const NOBODY: PasswordContext = { username: null, email: null, firstName: '', lastName: '', siteWords: [] }

const LONG_NAMES: PasswordContext = {
  username: 'a.'.repeat(75),
  email: `${'a+'.repeat(100)}a@${'b.'.repeat(20)}example`,
  firstName: 'a b'.repeat(50),
  lastName: 'ﷺ'.repeat(150),
  siteWords: ['aaa', 'a-a', '(a+)+$', ''],
}

// A password may have 4,096 bytes and, unlike other text, any character.
const HOSTILE: readonly string[] = [
  '',
  'abc\0def',
  'abc\ud800def',
  'a'.repeat(4096),
  'a.'.repeat(2048),
  '1'.repeat(4096),
  ' '.repeat(4096),
  'ﷺ'.repeat(1365),
  '\u0301\u0323'.repeat(1024),
]

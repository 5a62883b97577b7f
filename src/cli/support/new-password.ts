import { AuthError } from '../../errors.ts'
import { fieldSentences } from './explain-error.ts'
import type { Questions } from './questions.ts'

export interface TypedPassword {
  readonly password: string
  readonly passwordCheck: 'enforced' | 'bypassed'
}

/** How a password comes into use. */
export interface PasswordUse<T> {
  use(typed: TypedPassword): Promise<T>
  /** Asked where only the validators complain. */
  readonly insist: string
}

/**
 * Asks for a password until it is taken. Where only the validators complain, the operator may insist.
 *
 * @throws whatever `use` throws that another password would not change
 */
export async function askUntilTaken<T>(questions: Questions, { use, insist }: PasswordUse<T>): Promise<T> {
  for (;;) {
    const password = await questions.newPassword()
    const tried = await tryPassword(use, password)
    if (tried.outcome === 'taken') return tried.result
    questions.tell(tried.complaints.join('\n'))
    if (!tried.isBypassable) continue
    if ((await questions.yesOrNo(insist)) === 'yes') return await use({ password, passwordCheck: 'bypassed' })
  }
}

type Tried<T> =
  | { readonly outcome: 'taken'; readonly result: T }
  | { readonly outcome: 'refused'; readonly complaints: readonly string[]; readonly isBypassable: boolean }

async function tryPassword<T>(use: PasswordUse<T>['use'], password: string): Promise<Tried<T>> {
  try {
    return { outcome: 'taken', result: await use({ password, passwordCheck: 'enforced' }) }
  } catch (error) {
    const fields = error instanceof AuthError ? (error.details.fields ?? {}) : {}
    const { password: errors, ...others } = fields
    if (errors === undefined || Object.keys(others).length > 0) throw error
    const complaints = Object.values(fieldSentences({ password: errors })).flat()
    return { outcome: 'refused', complaints, isBypassable: errors.every(({ code }) => !UNFIT.has(code)) }
  }
}

/** What cannot be hashed at all, whoever insists. */
const UNFIT: ReadonlySet<string> = new Set(['required', 'password_too_long', 'null_characters', 'surrogate_characters'])

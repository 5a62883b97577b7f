import type { AuthenticationBackend, BackendVerdict, Credentials } from '../../contracts/authentication-backend.ts'
import { AuthError } from '../../errors.ts'
import type { User } from '../../model/user.ts'
import type { CommandContext } from '../context.ts'
import { assertVerdict } from './backend-answer.ts'
import { backendTools, type Evaluations } from './backend-tools.ts'

/** Each backend with the users it could prove for what was typed. */
export interface Asked {
  /** `null` where the user of a session confirms something. */
  readonly identifier: string | null
  readonly candidates: readonly BackendCandidates[]
}

export interface BackendCandidates {
  readonly backend: AuthenticationBackend
  readonly users: readonly User[]
}

export interface AskBackendsInput {
  readonly asked: Asked
  readonly password: string
  readonly kinds: readonly ('username' | 'email')[] | null
  readonly fairnessKey: string
  /** Whether the backends may prove only whom they had named before. */
  readonly provesCandidatesOnly: boolean
  readonly evaluations: Evaluations
}

export type BackendsVerdict =
  | {
      readonly outcome: 'proven'
      readonly user: User
      readonly backend: string
      /** The password that was typed is the one of which the hash is stored. */
      readonly isStoredPassword: boolean
      /** Others of whom it was tried as well: for them it was a wrong guess. */
      readonly alsoTried: readonly User[]
    }
  | { readonly outcome: 'unproven' | 'refused' }
  /** What a backend threw, and whether any password had been judged by then. */
  | { readonly outcome: 'failed'; readonly error: unknown; readonly wasJudged: boolean }

/** Asks the backends in order until one knows. */
export async function askBackends(ctx: CommandContext, input: AskBackendsInput): Promise<BackendsVerdict> {
  const tried: User[] = []
  for (const [index, { backend, users }] of input.asked.candidates.entries()) {
    let verdict: BackendVerdict
    try {
      verdict = await askBackend(ctx, input, { backend, users })
    } catch (error) {
      return { outcome: 'failed', error, wasJudged: index > 0 || input.evaluations.count > 0 }
    }
    tried.push(...users)
    if (verdict.outcome === 'proven') return whoIsProven(input, { verdict, backend, tried })
    if (verdict.outcome === 'refused') return { outcome: 'refused' }
  }
  return { outcome: 'unproven' }
}

async function askBackend(
  ctx: CommandContext,
  input: AskBackendsInput,
  { backend, users }: BackendCandidates,
): Promise<BackendVerdict> {
  const { asked, password, provesCandidatesOnly } = input
  const credentials: Credentials = { identifier: asked.identifier ?? '', password, request: ctx.request }
  const answer: unknown = await backend.authenticate(credentials, users, backendTools(ctx, input))
  assertVerdict(backend, answer, provesCandidatesOnly ? users : null)
  return answer
}

interface Found {
  readonly verdict: Extract<BackendVerdict, { readonly outcome: 'proven' }>
  readonly backend: AuthenticationBackend
  readonly tried: readonly User[]
}

function whoIsProven(
  { evaluations, provesCandidatesOnly }: AskBackendsInput,
  { verdict, backend, tried }: Found,
): BackendsVerdict {
  const { user } = verdict
  return {
    outcome: 'proven',
    user,
    backend: verdict.backend ?? backend.name,
    isStoredPassword: user.passwordHash !== null && evaluations.fitted.has(user.passwordHash),
    alsoTried: provesCandidatesOnly ? tried.filter(({ id }) => id !== user.id) : [],
  }
}

export const isOverload = (error: unknown): boolean => error instanceof AuthError && error.code === 'overloaded'

/** How many passwords a failed attempt costs, whatever the backends found. */
export function dueEvaluations({ candidates }: Asked): number {
  return candidates.reduce((sum, { backend }) => sum + (backend.evaluations ?? 1), 0)
}

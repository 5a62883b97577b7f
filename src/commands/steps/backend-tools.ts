import type { BackendTools } from '../../contracts/authentication-backend.ts'
import { canonicalIdentifier } from '../../model/identifier.ts'
import type { CommandContext } from '../context.ts'

type IdentifierKind = 'username' | 'email'

/** What the passwords were that backends had evaluated for one attempt. */
export interface Evaluations {
  /** How many there were. */
  count: number
  /** Each hash that the typed password fits. What a backend takes for a proof may be another site's password, or a PIN. */
  readonly fitted: Set<string>
}

interface ToolsFor {
  readonly fairnessKey: string
  /** As typed. */
  readonly password: string
  /** As what the caller lets the identifier be looked up; `null` for whatever the backends know. */
  readonly kinds: readonly IdentifierKind[] | null
  readonly evaluations: Evaluations
}

export const noEvaluations = (): Evaluations => ({ count: 0, fitted: new Set() })

/** What a backend may use for one attempt. */
export function backendTools(
  ctx: CommandContext,
  { fairnessKey, password: typed, kinds, evaluations }: ToolsFor,
): BackendTools {
  return {
    users: kinds === null ? ctx.store.users : usersByKinds(ctx, kinds),
    verifyPassword: async (password, encoded) => {
      const isRight = await ctx.hasher.verify({ password, fairnessKey }, encoded)
      evaluations.count += 1
      if (isRight && encoded !== null && password === typed) evaluations.fitted.add(encoded)
      return isRight
    },
    canonical: canonicalIdentifier,
  }
}

/**
 * What the caller does not ask for is found by no backend, however many it looks in. A form that asks for one kind does not mean
 * a declared field; one that takes whatever logs in does.
 */
function usersByKinds(
  { store: { users }, config }: CommandContext,
  kinds: readonly IdentifierKind[],
): BackendTools['users'] {
  const takesAll = config.login.identifiers.every((kind) => kinds.includes(kind))
  return {
    findById: (id) => users.findById(id),
    async findByIdentifier(key, fields, limit) {
      const allowed = fields.filter((field) => kinds.includes(field))
      return allowed.length === 0 ? [] : users.findByIdentifier(key, allowed, limit)
    },
    findByField: async (field, value, limit) => (takesAll ? users.findByField(field, value, limit) : []),
  }
}

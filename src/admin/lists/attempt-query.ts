import type { AdminListAttemptsInput } from '../../commands/admin-list-attempts.ts'
import type { AttemptOutcome } from '../../model/attempt.ts'
import type { UserId } from '../../model/user.ts'
import { readUserId } from '../../model/user-id.ts'
import { parseIsoDate } from '../../util/iso-date.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

export const OUTCOMES: readonly AttemptOutcome[] = [
  'success',
  'wrong_password',
  'unknown_user',
  'not_active',
  'not_verified',
  'locked',
  'refused',
]

/** Stands for every outcome but success. */
export const FAILED = 'failed'

const NAMES = ['user', 'identifier', 'address', 'outcome', 'door', 'since', 'until', 'cursor'] as const

export type AttemptQuery = { readonly [K in (typeof NAMES)[number]]: string }

/** Longer than anything in the log. */
const MAX_LENGTH = 254

type Filter = NonNullable<AdminListAttemptsInput['filter']>

export interface AskedAttempts extends Pick<AdminListAttemptsInput, 'user'> {
  readonly asked: AttemptQuery
  readonly filter: Filter
}

/** What the address asks for, or `null` where it asks for what there is not. */
export function readAttemptQuery({ exchange, ctx }: AdminCall): AskedAttempts | null {
  const params = exchange.query()
  const known: ReadonlySet<string> = new Set(NAMES)
  const isUnfit = ([name, value]: [string, string]): boolean =>
    !known.has(name) || params.getAll(name).length > 1 || !isStorable(value, name)
  if ([...params].some(isUnfit)) return null
  const asked = Object.fromEntries(NAMES.map((name) => [name, params.get(name)?.trim() ?? ''])) as AttemptQuery
  const userId = readUserId(asked.user, ctx.config.ids)
  const filter = filterOf(asked, userId)
  if (filter === null) return null
  return { asked, filter, ...(asked.user === '' || userId !== null ? {} : { user: asked.user }) }
}

const isStorable = (value: string, name: string): boolean =>
  (name === 'cursor' || value.length <= MAX_LENGTH) && value.isWellFormed() && !value.includes('\0')

function filterOf(asked: AttemptQuery, userId: UserId | null): Filter | null {
  const outcome = outcomeOf(asked.outcome)
  const [since, until] = [momentOf(asked.since), momentOf(asked.until)]
  if (outcome === null || since === null || until === null) return null
  const texts = (['identifier', 'address', 'door'] as const).filter((name) => asked[name] !== '')
  return {
    ...Object.fromEntries(texts.map((name) => [name, asked[name]])),
    ...(userId === null ? {} : { userId }),
    ...outcome,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}

function outcomeOf(text: string): Pick<Filter, 'outcome' | 'succeeded'> | null {
  if (text === '') return {}
  if (text === FAILED) return { succeeded: false }
  const outcome = OUTCOMES.find((one) => one === text)
  return outcome === undefined ? null : { outcome }
}

/** `undefined` where nothing was given, `null` where it is no moment. */
function momentOf(text: string): Date | undefined | null {
  return text === '' ? undefined : parseIsoDate(text)
}

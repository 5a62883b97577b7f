import { type Answer, textIn } from '../../drf/support/answer.ts'
import { PASSWORD } from '../../drf/support/passwords.ts'
import type { DjoserSite } from './djoser-site.ts'

export interface Pair {
  readonly access: string
  readonly refresh: string
}

/** Both tokens of a log-in. */
export async function pairOf(
  site: Pick<DjoserSite, 'call'>,
  { username = 'ann', password = PASSWORD }: { readonly username?: string; readonly password?: string } = {},
): Promise<Pair> {
  const answer = await site.call('POST jwt/create/', { json: { username, password } })
  return { access: textIn(answer, 'access'), refresh: textIn(answer, 'refresh') }
}

export const refresh = (site: Pick<DjoserSite, 'call'>, token: unknown): Promise<Answer> =>
  site.call('POST jwt/refresh/', { json: { refresh: token } })

export const verify = (site: Pick<DjoserSite, 'call'>, token: unknown): Promise<Answer> =>
  site.call('POST jwt/verify/', { json: { token } })

/** The refusal of a token as `told` gives it. */
export const invalid = (detail: string): readonly unknown[] => [401, { detail, code: 'token_not_valid' }]

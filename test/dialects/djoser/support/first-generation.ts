import { textIn } from '../../drf/support/answer.ts'
import { PASSWORD } from '../../drf/support/passwords.ts'
import type { DjoserSite } from './djoser-site.ts'
import { type MailedLink, mailedLink } from './mailed-link.ts'

/** The key of a user's token, as clients of 0.x get it. */
export async function logIn(
  { call }: Pick<DjoserSite, 'call'>,
  json: object = { username: 'ann', password: PASSWORD },
): Promise<string> {
  return textIn(await call('POST login', { json }), 'auth_token')
}

/** Makes the active user ann, and gives the key of her token. */
export async function member(site: Pick<DjoserSite, 'call' | 'addUser'>): Promise<string> {
  await site.addUser('ann')
  return logIn(site)
}

/** Asks for a reset mail and gives what its link holds. */
export async function resetLink(site: Pick<DjoserSite, 'call' | 'mails'>, email: string): Promise<MailedLink> {
  const { status } = await site.call('POST password/reset', { json: { email } })
  if (status !== 200) throw new Error(`a reset is answered ${status}`)
  return mailedLink(site, email)
}

import type { Mail } from '../../../../src/model/mail.ts'
import type { DjoserSite } from './djoser-site.ts'

/** What the link of a mail holds, as a front end reads it. */
export interface MailedLink {
  readonly uid: string
  readonly token: string
}

/** The link in the newest mail to the address. */
export async function mailedLink(site: Pick<DjoserSite, 'mails'>, to: string): Promise<MailedLink> {
  return linkIn((await site.mails()).findLast((mail) => mail.to === to))
}

export function linkIn(mail: Mail | undefined): MailedLink {
  const [, uid, token] = /^https?:\/\/\S+\/([\w-]+)\/([\w-]+)$/m.exec(mail?.text ?? '') ?? []
  if (uid === undefined || token === undefined) throw new Error(`there is no link in the mail ${mail?.subject}`)
  return { uid, token }
}

/** Registers somebody at a site that mails activation links, and gives what the link holds. */
export async function registerPending(
  site: Pick<DjoserSite, 'call' | 'mails'>,
  username: string,
  password: string,
): Promise<MailedLink> {
  const email = `${username}@example.org`
  const { status } = await site.call('POST users/', { json: { username, email, password } })
  if (status !== 201) throw new Error(`${username} could not register: ${status}`)
  return mailedLink(site, email)
}

/** Asks for a mail and gives what its link holds. */
export async function requestLink(
  site: Pick<DjoserSite, 'call' | 'mails'>,
  path: 'reset_password' | 'reset_username' | 'resend_activation',
  email: string,
): Promise<MailedLink> {
  const { status } = await site.call(`POST users/${path}/`, { json: { email } })
  if (status !== 204) throw new Error(`${path} is answered ${status}`)
  return mailedLink(site, email)
}

/** `uid` of a user: the decimal key in base64url without padding (contract §6). */
export const uidOf = (id: number | string): string => Buffer.from(String(id)).toString('base64url')

/** A token of the right form that nobody was mailed. */
export const FORGED_TOKEN: string = 'A'.repeat(43)

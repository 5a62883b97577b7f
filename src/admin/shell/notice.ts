import { clearCookie, writeCookie } from '../../http/cookies.ts'
import type { Exchange } from '../../http/exchange.ts'
import { openSignedText, signText } from './signed-text.ts'

/** What the page after a redirect says once. */
export interface Notice {
  readonly tone: 'done' | 'problem'
  readonly text: string
}

/** Long enough to follow a redirect, and too short to be met again by chance. */
const LIFETIME_SECONDS = 60

const MAX_TEXT_LENGTH = 600

/** Keeps the notice for the page that a redirect leads to. */
export function noticeCookie(exchange: Exchange, { tone, text }: Notice): string {
  const short = Array.from(text).slice(0, MAX_TEXT_LENGTH).join('').toWellFormed()
  const value = signText(exchange.engine, 'notice', JSON.stringify([tone, short]))
  return writeCookie(exchange.engine.config, { name: nameFor(exchange), value, maxAgeSeconds: LIFETIME_SECONDS })
}

/** The notice that the browser brought along. It is signed: no other page can have this one say something. */
export function noticeOf(exchange: Exchange): Notice | null {
  const cookie = exchange.cookie(nameFor(exchange))
  const text = cookie === null ? null : openSignedText(exchange.engine, 'notice', cookie)
  if (text === null) return null
  const [tone, sentence] = JSON.parse(text) as [Notice['tone'], string]
  return { tone, text: sentence }
}

export const forgetNotice = (exchange: Exchange): string => clearCookie(exchange.engine.config, nameFor(exchange))

function nameFor({ engine }: Exchange): string {
  return engine.config.cookies.isSecure ? '__Host-portress-admin-notice' : 'portress-admin-notice'
}

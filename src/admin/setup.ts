import type { Exchange } from '../http/exchange.ts'
import type { AdminMessages } from '../messages/admin/admin-messages.ts'
import type { AdminOptions, AdminPage, AdminUserOptions } from './options.ts'
import { textIn } from './parts/text-in.ts'
import { ADMIN_SCRIPT } from './script/admin-script.ts'
import { accentFrom } from './shell/accent.ts'
import { type Asset, assetOf } from './shell/asset.ts'
import { adminStyle } from './style/admin-style.ts'

/** The options with their defaults, and what is made of them once. */
export interface AdminSetup {
  readonly style: Asset
  readonly script: Asset
  readonly proofSeconds: number
  readonly users: AdminUserOptions
  readonly pages: readonly AdminPage[]
  readonly titleFor: (exchange: Exchange, words: AdminMessages) => string
}

const DEFAULT_ACCENT = '#1d4ed8'
const DEFAULT_PROOF_SECONDS = 600

export function setupFrom(options: AdminOptions): AdminSetup {
  const { title, accent = DEFAULT_ACCENT, proofSeconds = DEFAULT_PROOF_SECONDS, users = {}, pages = [] } = options
  return {
    style: assetOf('css', adminStyle(accentFrom(accent))),
    script: assetOf('js', ADMIN_SCRIPT),
    proofSeconds,
    users,
    pages,
    titleFor: ({ engine }, words) =>
      title === undefined ? words.frame.title(engine.config.site.name) : textIn(title, words.language),
  }
}

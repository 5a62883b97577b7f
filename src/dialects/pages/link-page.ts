import type { LinkPageWords, PageWords } from '../../messages/messages.ts'

/** One page with one button, for one kind of mailed link. */
export interface LinkPage {
  /** Below the mount; one of the defaults of `mail.links`. */
  readonly path: string
  readonly words: (words: PageWords) => LinkPageWords
  readonly asksPassword: boolean
}

type LinkPageName = 'verifyEmail' | 'resetPassword' | 'changeEmail' | 'cancelEmailChange' | 'unlock'

/** The pages by what they do. */
export const LINK_PAGES: Readonly<Record<LinkPageName, LinkPage>> = {
  verifyEmail: { path: '/account/verify-email', words: (words) => words.verifyEmail, asksPassword: false },
  resetPassword: { path: '/account/reset-password', words: (words) => words.resetPassword, asksPassword: true },
  changeEmail: { path: '/account/change-email', words: (words) => words.confirmEmailChange, asksPassword: false },
  cancelEmailChange: {
    path: '/account/cancel-email-change',
    words: (words) => words.cancelEmailChange,
    asksPassword: false,
  },
  unlock: { path: '/account/unlock', words: (words) => words.unlock, asksPassword: false },
}

/** The page at a path below the mount. */
export function findLinkPage(path: string): LinkPage | null {
  return Object.values(LINK_PAGES).find((page) => page.path === path) ?? null
}

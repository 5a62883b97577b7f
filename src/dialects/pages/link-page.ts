import type { LinkPageWords, PageWords } from '../../messages/messages.ts'

/** One page with one button, for one kind of mailed link. */
export interface LinkPage {
  /** Below the mount; one of the defaults of `mail.links`. */
  readonly path: string
  readonly words: (words: PageWords) => LinkPageWords
  /** What the form asks for besides its button. */
  readonly asks: 'nothing' | 'password' | 'username'
}

type LinkPageName = 'verifyEmail' | 'resetPassword' | 'resetUsername' | 'changeEmail' | 'cancelEmailChange' | 'unlock'

/** The pages by what they do. */
export const LINK_PAGES: Readonly<Record<LinkPageName, LinkPage>> = {
  verifyEmail: { path: '/account/verify-email', words: (words) => words.verifyEmail, asks: 'nothing' },
  resetPassword: { path: '/account/reset-password', words: (words) => words.resetPassword, asks: 'password' },
  resetUsername: { path: '/account/reset-username', words: (words) => words.resetUsername, asks: 'username' },
  changeEmail: { path: '/account/change-email', words: (words) => words.confirmEmailChange, asks: 'nothing' },
  cancelEmailChange: {
    path: '/account/cancel-email-change',
    words: (words) => words.cancelEmailChange,
    asks: 'nothing',
  },
  unlock: { path: '/account/unlock', words: (words) => words.unlock, asks: 'nothing' },
}

/** The page at a path below the mount. */
export function findLinkPage(path: string): LinkPage | null {
  return Object.values(LINK_PAGES).find((page) => page.path === path) ?? null
}

import { activate } from '../../commands/activate.ts'
import { cancelEmailChange } from '../../commands/cancel-email-change.ts'
import { confirmEmailChange } from '../../commands/confirm-email-change.ts'
import { confirmPasswordReset } from '../../commands/confirm-password-reset.ts'
import { confirmUsernameReset } from '../../commands/confirm-username-reset.ts'
import type { CommandContext, Engine } from '../../commands/context.ts'
import { unlock } from '../../commands/unlock.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { PageLink } from '../../http/page-link.ts'
import { writePageStyle } from '../../http/page-style.ts'
import { type Route, route } from '../../http/route.ts'
import { LINK_PAGES, type LinkPage } from './link-page.ts'
import { readCode, readPasswordReset, readUsernameReset } from './read.ts'
import { socialRoutes } from './social-routes.ts'
import { STYLE_PATH, writeDone, writeIndex, writeOpened } from './write.ts'

/** Without `links` there is no index page. */
export function routes(config: Engine['config'], links: readonly PageLink[] | null): readonly Route[] {
  return [
    ...(links === null ? [] : [indexPage(links)]),
    { method: 'GET', path: STYLE_PATH, guard: 'public', run: writePageStyle },
    ...linkPage(LINK_PAGES.verifyEmail, activate, readCode),
    ...linkPage(LINK_PAGES.resetPassword, confirmPasswordReset, readPasswordReset),
    ...linkPage(LINK_PAGES.resetUsername, confirmUsernameReset, readUsernameReset),
    ...linkPage(LINK_PAGES.changeEmail, confirmEmailChange, readCode),
    ...linkPage(LINK_PAGES.cancelEmailChange, cancelEmailChange, readCode),
    ...linkPage(LINK_PAGES.unlock, unlock, readCode),
    ...socialRoutes(config.social),
  ]
}

const indexPage = (links: readonly PageLink[]): Route => ({
  method: 'GET',
  path: '/',
  guard: 'public',
  run: (exchange) => writeIndex(exchange, links),
})

/** Opening shows the form and asks the store nothing; sending it runs the command. */
function linkPage<I, O>(
  page: LinkPage,
  command: (ctx: CommandContext, input: I) => Promise<O>,
  read: (exchange: Exchange) => Promise<I>,
): readonly Route[] {
  const { path } = page
  return [
    { method: 'GET', path, guard: 'public', run: (exchange) => writeOpened(exchange, page) },
    route({ method: 'POST', path, command, read, write: (_result, exchange) => writeDone(exchange, page) }),
  ]
}

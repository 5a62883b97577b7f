import { hasPermission } from '../../commands/has-permission.ts'
import { AuthError } from '../../errors.ts'
import { toAccount } from '../../model/account.ts'
import type { AdminPage } from '../options.ts'
import { textIn } from '../parts/text-in.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { ShownPage } from '../shell/admin-row.ts'

/** A page of the developer's own, for whoever has its permission. */
export function ownPage({ path, title, permission, content }: AdminPage): ShownPage {
  return {
    path: `/${path}/`,
    async show(call) {
      const { ctx, words, exchange, operator } = call
      const { user } = operator.actor
      if (!(await hasPermission(ctx, { user, permission }))) throw new AuthError('forbidden')
      const input = { actor: toAccount(user), language: words.language, query: exchange.query() }
      const section = `page:${path}` as const
      return writeAdminPage(call, { title: textIn(title, words.language), content: await content(input), section })
    },
  }
}

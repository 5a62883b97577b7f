import { html } from 'hono/html'
import { logout } from '../../commands/logout.ts'
import { clearCookie } from '../../http/cookies.ts'
import { writeAdminPage } from '../shell/admin-page.ts'
import type { SubmittedForm } from '../shell/admin-row.ts'

/** The log-out. It is a form: no link and no picture can log anybody out. */
export const logoutForm: SubmittedForm = {
  path: '/logout/',
  async submit(call) {
    const { exchange, words, ctx } = call
    await logout(ctx)
    const { config } = exchange.engine
    const content = html`<p>${words.loggedOut.sentence}</p>
<p><a href="${exchange.mountPath}/">${words.loggedOut.again}</a></p>`
    return writeAdminPage(
      { ...call, operator: null },
      { title: words.loggedOut.title, content, cookies: [clearCookie(config, config.cookies.sessionName)] },
    )
  },
}

import { activate } from '../../src/commands/activate.ts'
import type { CommandContext } from '../../src/commands/context.ts'
import { register } from '../../src/commands/register.ts'
import { requestPasswordReset } from '../../src/commands/request-password-reset.ts'
import { requestUsernameReset } from '../../src/commands/request-username-reset.ts'
import type { MailStyle, StyledMailInput } from '../../src/contracts/mail-style.ts'
import type { RenderedMail } from '../../src/contracts/mail-template.ts'
import type { AuthError } from '../../src/errors.ts'
import type { Dialect } from '../../src/http/dialect.ts'
import { type Route, route } from '../../src/http/route.ts'
import { TEST_ORIGIN, type TestAuth } from './test-auth.ts'

/** A door of the plainest kind, for what doors have in common: JSON in, status and result out. */
export function styledDoor(...mailStyles: readonly MailStyle[]): Dialect {
  return {
    name: 'styled',
    mailStyles: () => mailStyles,
    routes: () => [
      row('/register', register),
      row('/activate', activate),
      row('/reset-password', requestPasswordReset),
      row('/reset-username', requestUsernameReset),
    ],
    findCredential: () => null,
    writeError: ({ code, details }: AuthError) => Response.json({ code, details }, { status: 400 }),
    writeFault: () => new Response(null, { status: 500 }),
  }
}

function row<I>(path: string, command: (ctx: CommandContext, input: I) => Promise<unknown>): Route {
  const read = async (exchange: { body(): Promise<unknown> }): Promise<I> => (await exchange.body()) as I
  return route({ method: 'POST', path, command, read, write: () => new Response(null, { status: 204 }) })
}

/** Asks the door at `/styled` and tells the status. */
export async function knock({ auth }: Pick<TestAuth, 'auth'>, path: string, body: object): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const request = new Request(`${TEST_ORIGIN}/styled${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await auth.fetch(request)).status
}

/** A style that says of each of these mails what it was given. */
export function plainStyle(style: Partial<MailStyle> = {}): MailStyle {
  return { name: 'plain', mails: {}, link: () => null, ...style }
}

/** Words that tell everything there is to tell. */
export function tellAll({ siteName, recipient, code, link }: StyledMailInput): RenderedMail {
  const text = JSON.stringify({ siteName, recipient, code, link })
  return { subject: `Styled on ${siteName}`, text, html: `<p>${siteName}</p>` }
}

import type { MemoryMailer } from './memory-mailer.ts'

/**
 * The code in the newest mail to an address. Mails are written outside of the request that asks for them, so call
 * `auth.flush()` first.
 *
 * @throws {TypeError} where no mail to the address carries one; it says what was sent
 *
 * @example
 * await auth.flush()
 * await auth.activate({ code: mailedCode(mailer, 'ann@example.org') })
 */
export function mailedCode(mailer: MemoryMailer, to: string): string {
  const mails = mailer.sent.filter((mail) => mail.to === to)
  const code = CODE.exec(mails.at(-1)?.text ?? '')?.[1]
  if (code !== undefined) return code
  const subjects =
    mails.map(({ subject }) => JSON.stringify(subject)).join(', ') || 'nothing; was auth.flush() awaited?'
  throw new TypeError(`the newest mail to ${to} carries no code; what was sent to it: ${subjects}`)
}

/** As it stands in a link, behind a question mark, or as a part of the path. */
const CODE = /[?&/]code=([\w-]+)/

import type { Answer } from './answer.ts'
import type { SendOptions } from './open-site.ts'

/** What a test needs of an account system, so that the real one and a faulty one are judged by the same lines. */
export interface Door {
  send(row: string, options?: SendOptions): Promise<Pick<Answer, 'status' | 'json'>>
  mails(): Promise<readonly { readonly to: string }[]>
  /** How many rows of users were made. */
  inserted(): number
}

export interface NaiveOptions {
  /** What counts as the same name. @default the text itself */
  readonly canonical?: (text: string) => string
  /** Which addresses somebody who asks for a reset gets a mail at. @default the one that was typed */
  readonly recipients?: (email: unknown) => readonly string[]
}

interface NaiveUser {
  readonly [name: string]: unknown
}

/**
 * The account system of the control: it believes what it is sent, mails to what was typed, and checks before it acts.
 * Each assertion about the real one must find fault with this one.
 */
export function naiveAccounts({
  canonical = (text) => text,
  recipients = (email) => [String(email)],
}: NaiveOptions = {}): Door {
  const users: NaiveUser[] = []
  const sent: { readonly to: string }[] = []
  const has = (user: NaiveUser, field: string, typed: unknown): boolean =>
    canonical(String(user[field])) === canonical(String(typed))
  const rows: Readonly<Record<string, (body: NaiveUser) => number>> = {
    'POST /register'(body) {
      if (users.some((user) => has(user, 'username', body['username']))) return 409
      users.push({ isStaff: false, ...body })
      return 201
    },
    'POST /login'({ identifier, password }) {
      const user = users.find((one) => has(one, 'username', identifier) || has(one, 'email', identifier))
      return user?.['password'] === password ? 200 : 401
    },
    'POST /password/reset'({ email }) {
      for (const to of recipients(email)) {
        if (users.some((user) => has(user, 'email', to))) sent.push({ to })
      }
      return 202
    },
  }
  return {
    async send(row, { body } = {}) {
      // Other requests come in between, as they do while a real one waits for its database.
      await Promise.resolve()
      return { status: rows[row]?.(toRecord(body)) ?? 404, json: { user: users.at(-1) } }
    },
    mails: () => Promise.resolve(sent),
    inserted: () => users.length,
  }
}

function toRecord(body: unknown): NaiveUser {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

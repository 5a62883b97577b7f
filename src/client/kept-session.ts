import type { TokenStorage, Tokens } from './tokens.ts'

/** What a client knows of its session, and where the tokens are. */
export interface KeptSession {
  /** Which session it is: counts log-ins and their ends. A call of another number says nothing about today's session. */
  epoch(): number
  /** `null` where there are none, or the browser holds a cookie instead. */
  held(): Promise<Tokens | null>
  /** A call of that number has shown that there is a session. */
  learn(began: number): void
  /** The caller has logged in, or has ended the session. */
  change(next: 'logged-in' | 'logged-out', tokens: Tokens | null): Promise<void>
  /** The same session goes on with other tokens, unless it is another one by now, here or where the storage is shared. */
  renew(began: number, tokens: { readonly used: Tokens; readonly next: Tokens | null }): Promise<void>
  /** The session of that number and these tokens is over, and its caller did not end it. */
  lose(began: number, used: Tokens | null): Promise<void>
}

export interface KeptSessionInput {
  /** `null`: the browser holds a cookie. */
  readonly tokens: TokenStorage | null
  readonly onSignedOut: () => void
}

export function keptSession({ tokens, onSignedOut }: KeptSessionInput): KeptSession {
  let epoch = 0
  let isLoggedIn = false
  const change: KeptSession['change'] = async (next, issued) => {
    epoch += 1
    isLoggedIn = next === 'logged-in'
    await tokens?.write(issued)
  }
  /** Whoever shares the storage may have logged in anew. */
  const isStill = async (used: Tokens | null): Promise<boolean> => {
    const held = (await tokens?.read()) ?? null
    return held === null || held.accessToken === used?.accessToken
  }
  return {
    epoch: () => epoch,
    held: async () => (await tokens?.read()) ?? null,
    learn(began) {
      if (began === epoch) isLoggedIn = true
    },
    change,
    async renew(began, { used, next }) {
      if (began === epoch && (await isStill(used))) await tokens?.write(next)
    },
    async lose(began, used) {
      if (began !== epoch || !isLoggedIn || !(await isStill(used)) || began !== epoch) return
      await change('logged-out', null)
      onSignedOut()
    },
  }
}

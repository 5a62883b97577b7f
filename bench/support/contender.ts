import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Account, account } from './accounts.ts'
import { type Bench, startServer } from './bench.ts'
import { type Child, startChild } from './child.ts'
import { logInOnce, signInOnce } from './log-in-once.ts'
import {
  currentUserRequest,
  logInRequest,
  registrationRequest,
  sessionRequest,
  signInRequest,
  signUpRequest,
} from './requests.ts'
import type { ServerAnswers } from './server.ts'

/** A server that is measured, and how its clients speak to it. */
export interface Contender {
  /** What rows begin with; nothing for Portress itself. */
  readonly prefix: string
  readonly whose: 'ours' | 'theirs'
  /** Whether the aims of Portress are held against it. */
  readonly hasTargets: boolean
  /** With the users of the bench in its database. */
  start(core: string | null): Promise<Child<ServerAnswers>>
  readonly logIn: (account: Account) => string
  readonly register: (account: Account) => string
  readonly registeredStatus: number
  /** Logs the first user in, and gives the request for the current user. */
  currentUser(port: number): Promise<string>
}

/** Portress with a bearer token. */
export function portress(bench: Bench): Contender {
  return {
    prefix: '',
    whose: 'ours',
    hasTargets: true,
    start: (core) => startServer(bench, core),
    logIn: logInRequest,
    register: registrationRequest,
    registeredStatus: 201,
    currentUser: async (port) => currentUserRequest(await logInOnce(port, account(0))),
  }
}

const PEERS = resolve(import.meta.dirname, '../peers')

/** better-auth with its cookie, or `null` where it is not installed in `bench/peers`. */
export function betterAuth(bench: Bench): Contender | null {
  if (!existsSync(join(PEERS, 'node_modules/better-auth'))) return null
  return {
    prefix: 'better-auth, ',
    whose: 'theirs',
    hasTargets: false,
    async start(core) {
      const server = await startChild<ServerAnswers>({
        script: join(PEERS, 'better-auth-server.ts'),
        args: [bench.emptyFile()],
        core,
      })
      await server.ask('createUsers', bench.users)
      return server
    },
    logIn: signInRequest,
    register: signUpRequest,
    registeredStatus: 200,
    currentUser: async (port) => sessionRequest(await signInOnce(port, account(0))),
  }
}

import type { Logger } from '../contracts/logger.ts'
import type { Account } from '../model/account.ts'
import type { NameUser } from './display-name.ts'

/** The application's way to name people. One that fails is logged and keeps no mail from being written. */
export function guardedNameUser(displayName: (account: Account) => unknown, logger: Logger): NameUser {
  const complain = ({ id }: Account, err: unknown): null => {
    logger.error({ err, option: 'user.displayName', userId: id }, 'a user could not be named')
    return null
  }
  return (account) => {
    try {
      const name = displayName(account)
      if (typeof name === 'string') return name
      // A promise that nobody looks at would end the process if it failed.
      if (name instanceof Promise) name.catch((error: unknown) => complain(account, error))
      return complain(account, new TypeError('user.displayName must return a text'))
    } catch (error) {
      return complain(account, error)
    }
  }
}

/** Where the server believes to be. */
export const ORIGIN = 'http://127.0.0.1:3000'

/** What is needed to register. */
export interface Account {
  readonly username: string
  readonly email: string
  readonly password: string
}

export function account(number: number): Account {
  return accountNamed(`person-${number}`)
}

export function accountNamed(username: string): Account {
  return { username, email: `${username}@people.test`, password: 'sixty copper lanterns at noon' }
}

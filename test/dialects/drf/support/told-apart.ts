import type { Store } from '../../../../src/contracts/store.ts'
import { type Answer, differences } from '../../../security/support/answer.ts'

/** What tells the others from the first. */
export function tells(answers: ReadonlyMap<string, Answer>): readonly string[] {
  const [[reference, first] = ['', undefined], ...others] = answers
  if (first === undefined) return ['nothing was asked']
  return others.flatMap(([name, answer]) =>
    differences(first, answer).map((found) => `${reference}, ${name}: ${found}`),
  )
}

/** Notes who is looked up, which is the work that would differ. */
export function listening(store: Store, asked: string[]): Store {
  return {
    ...store,
    users: {
      ...store.users,
      findByIdentifier(key, fields, limit) {
        asked.push(`${fields}`)
        return store.users.findByIdentifier(key, fields, limit)
      },
      findById(id) {
        asked.push('id')
        return store.users.findById(id)
      },
    },
  }
}

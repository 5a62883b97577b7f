import type { NewUser, UserId } from '../../model/user.ts'
import type { UserModel } from './user-model.ts'

/** Nobody has an id of the other kind. */
export function idCheck({ ids }: Pick<UserModel, 'ids'>): (id: UserId) => boolean {
  return ids === 'uuid' ? (id) => typeof id === 'string' : (id) => Number.isSafeInteger(id)
}

/** @throws {TypeError} where the store must draw the id and was given one, or the other way round */
export function assertNewId({ ids }: Pick<UserModel, 'ids'>, { id }: Pick<NewUser, 'id'>): void {
  if (ids === 'uuid' && id === null) throw new TypeError("a new user needs an id where `ids` is 'uuid'")
  if (ids === 'integer' && id !== null) throw new TypeError('the store draws integer ids itself')
}

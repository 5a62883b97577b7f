import { type UserModel, uniquePath } from './user-model.ts'

/** A value that no two users may share, and where it is kept. */
export interface UniqueRule {
  /** As a conflict names it: `username`, `email`, a declared field, or `profile.field`. */
  readonly field: string
  /** Has a unique index. */
  readonly path: string
  /**
   * What becomes of a holder who need not keep the value, and who that is: one who is unconfirmed and joined long ago
   * (`old-unconfirmed`) or at any time (`unconfirmed`) is deleted, one who has not proven it (`unproven`) only claims it then.
   */
  readonly yields: 'old-unconfirmed' | 'unconfirmed' | 'unproven'
}

/** In the order in which conflicts are told. */
export function uniqueRules({ naming, emailUnique, fields, profiles }: UserModel): readonly UniqueRule[] {
  const { usernameKey, emailKey } = naming.fields.users
  const plain = (field: string, path: string): UniqueRule => ({ field, path, yields: 'old-unconfirmed' })
  return [
    plain('username', usernameKey),
    // Nobody has proven a pending address, so whoever wants it now has the same right to it.
    { field: 'email', path: emailKey, yields: emailUnique === 'always' ? 'unconfirmed' : 'unproven' },
    ...fields.filter(({ definition }) => definition.unique).map((one) => plain(one.field, uniquePath(one))),
    ...profiles.flatMap((profile) =>
      profile.fields
        .filter(({ definition }) => definition.unique)
        .map((one) => plain(`${profile.name}.${one.field}`, uniquePath(one))),
    ),
  ]
}

import type { Engine } from '../../commands/context.ts'
import { columnName } from '../../model/field-names.ts'

/** Fields of profiles that would have the name of another one at `user/`, where all of them stand side by side. */
export function clashingFields({ fields, profiles }: Engine['config']['user']): readonly string[] {
  const taken = new Set(Object.keys(fields).map(columnName))
  return Object.entries(profiles).flatMap(([profile, own]) =>
    Object.keys(own).flatMap((name) => {
      const column = columnName(name)
      if (taken.has(column)) return [`${profile}.${name}`]
      taken.add(column)
      return []
    }),
  )
}

import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { MailStyle } from '../contracts/mail-style.ts'
import type { Mount } from './route-map.ts'

/**
 * The styles of all doors, by the names that waiting mails know them by.
 *
 * @throws {TypeError} where a name means two styles
 */
export function mailStylesOf(mounts: readonly Mount[], config: ResolvedConfig): ReadonlyMap<string, MailStyle> {
  const styles = new Map<string, MailStyle>()
  // One door may answer at several places.
  const dialects = [...new Set(mounts.map(({ dialect }) => dialect))]
  for (const style of dialects.flatMap((dialect) => dialect.mailStyles?.(config) ?? [])) {
    if ((styles.get(style.name) ?? style) !== style) {
      throw new TypeError(`mounts: two styles of mails are called "${style.name}"; give each its own name`)
    }
    styles.set(style.name, style)
  }
  return styles
}

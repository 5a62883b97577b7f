/** Timers that wait for longer, and for a little more than is asked here, do not wait at all. */
const MOST = 2_000_000_000

/**
 * The options that are numbers and times of a driver, each a whole number from 1 on, or what stands in `defaults`.
 *
 * @throws {TypeError} for a limit that is none
 */
export function readLimits<K extends string>(
  options: { readonly [key in NoInfer<K>]?: number | undefined },
  defaults: Readonly<Record<K, number>>,
): Readonly<Record<K, number>> {
  const limits: Record<K, number> = { ...defaults }
  for (const name of Object.keys(defaults) as K[]) {
    const value = options[name] ?? defaults[name]
    if (!Number.isSafeInteger(value) || value < 1 || value > MOST) {
      throw new TypeError(`${name} must be a whole number from 1 to ${MOST}`)
    }
    limits[name] = value
  }
  return limits
}

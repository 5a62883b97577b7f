/**
 * What `toISOString` gives, in a third of its time, and flat: put together from parts, `JSON.stringify` would have to
 * flatten it first. Moments are in every answer about a user.
 *
 * @throws {RangeError} for an invalid date
 */
export function isoText(date: Date): string {
  const year = date.getUTCFullYear()
  // Other years are written with a sign and six digits, and what is no moment is refused.
  if (!(year >= 0 && year <= 9999)) return date.toISOString()
  const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()]
  const [hours, minutes, seconds] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
  const milliseconds = date.getUTCMilliseconds()
  // biome-ignore format: laid out like the text
  return String.fromCharCode(
    digit(year, 1000), digit(year, 100), digit(year, 10), digit(year, 1), DASH,
    digit(month, 10), digit(month, 1), DASH, digit(day, 10), digit(day, 1), T,
    digit(hours, 10), digit(hours, 1), COLON, digit(minutes, 10), digit(minutes, 1), COLON,
    digit(seconds, 10), digit(seconds, 1), DOT,
    digit(milliseconds, 100), digit(milliseconds, 10), digit(milliseconds, 1), Z,
  )
}

const [DASH, COLON, DOT, T, Z, ZERO] = [0x2d, 0x3a, 0x2e, 0x54, 0x5a, 0x30]

const digit = (number: number, place: number): number => ZERO + (Math.trunc(number / place) % 10)

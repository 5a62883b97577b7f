/**
 * Reads ISO 8601 as JSON and HTML carry it: a day, which means its first moment in UTC, or a moment with its zone.
 * Anything else is `null`: a moment without a zone, a day that the calendar does not have, a year beyond 1 to 9999.
 */
export function parseIsoDate(text: string): Date | null {
  const [, day, time] = ISO_DATE.exec(text) ?? []
  if (day === undefined || !isCalendarDay(day)) return null
  return inRange(new Date(time === undefined ? `${day}T00:00:00Z` : text))
}

/** The date itself if every database can hold it, else `null`. */
export function inRange(date: Date): Date | null {
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date : null
}

const ISO_DATE =
  /^(\d{4}-\d\d-\d\d)(T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/

// `new Date` moves 30 February into March instead of refusing it.
function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

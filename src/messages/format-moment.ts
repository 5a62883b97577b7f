/** Making one costs as much as a whole authenticated request, and there are only as many languages as catalogues. */
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * A moment as a person reads it, to the minute: `21 November 2026 at 23:33 UTC`.
 *
 * Always in UTC and saying so: nobody knows the reader's time zone, and a mail may be read in another one.
 */
export function formatMoment(moment: Date, language: string): string {
  const format = formats.get(language) ?? formatFor(language)
  formats.set(language, format)
  return format.format(moment)
}

function formatFor(language: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
    timeZoneName: 'short',
  })
}

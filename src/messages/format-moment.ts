/**
 * A moment as a person reads it, to the minute: `21 November 2026 at 23:33 UTC`.
 *
 * Always in UTC and saying so: nobody knows the reader's time zone, and a mail may be read in another one.
 */
export function formatMoment(moment: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(moment)
}

import { InvalidArgumentError } from 'commander'

const UNIT_MILLISECONDS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Reads a moment from an option: a date, a moment of ISO 8601, or how long ago it was. */
export function readMoment(text: string): Date {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  const milliseconds = UNIT_MILLISECONDS[unit]
  if (milliseconds !== undefined) return new Date(Date.now() - Number(count) * milliseconds)
  const moment = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? new Date(text) : null
  if (moment === null || Number.isNaN(moment.getTime())) {
    throw new InvalidArgumentError('Write 2026-01-31, 2026-01-31T08:00Z, or 30m, 2h or 7d for so long ago.')
  }
  return moment
}

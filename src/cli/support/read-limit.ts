import { InvalidArgumentError } from 'commander'

/** Reads how many rows are wanted at most from an option. */
export function readLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (limit < 1) throw new InvalidArgumentError('It must be a whole number from 1 to 999999.')
  return limit
}

/** A moment as Django REST framework writes it: in UTC, with microseconds or without a fraction at all. */
export function writeMoment(moment: Date): string {
  const [seconds = '', fraction = '000Z'] = moment.toISOString().split('.')
  return fraction === '000Z' ? `${seconds}Z` : `${seconds}.${fraction.slice(0, 3)}000Z`
}

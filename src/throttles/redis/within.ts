/** Tells that the server may not even have seen what it was asked. */
export class OverdueAnswer extends Error {
  override readonly name = 'OverdueAnswer'
}

/** Waits for the work for so long and no longer. @throws {OverdueAnswer} */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const overdue = Promise.withResolvers<never>()
  const giveUp = (): void => overdue.reject(new OverdueAnswer(`Redis gave no answer for ${milliseconds} ms`))
  const timer = setTimeout(giveUp, milliseconds)
  try {
    return await Promise.race([work, overdue.promise])
  } finally {
    clearTimeout(timer)
  }
}

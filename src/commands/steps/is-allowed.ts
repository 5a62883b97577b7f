import { AuthError } from '../../errors.ts'

/** Turns a check that refuses with `forbidden` into an answer; whatever else it throws is thrown. */
export async function isAllowed(check: () => Promise<void>): Promise<boolean> {
  try {
    await check()
    return true
  } catch (error) {
    if (error instanceof AuthError && error.code === 'forbidden') return false
    throw error
  }
}

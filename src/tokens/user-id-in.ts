import type { UserId } from '../model/user.ts'

/** The user's id as a claim has it: as text. A UUID is never all digits. */
export function userIdIn(claim: string): UserId {
  return /^\d+$/.test(claim) ? Number(claim) : claim
}

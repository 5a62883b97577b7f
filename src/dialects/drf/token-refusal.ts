import type { ErrorDetails } from '../../errors.ts'
import type { DrfMessages } from '../../messages/drf/drf-messages.ts'

/** Why a token of simplejwt is refused, in the words of its library. */
export function tokenRefusal(words: DrfMessages['jwt'], { reason, claim }: ErrorDetails): string {
  switch (reason) {
    case 'expired':
      return words.expired
    case 'wrong_type':
      return words.wrongType
    case 'ended':
      return words.blacklisted
    case 'missing_claim':
      return missingClaim(words, claim)
    default:
      return words.invalid
  }
}

function missingClaim(words: DrfMessages['jwt'], claim: string | undefined): string {
  switch (claim) {
    case 'jti':
      return words.noId
    case 'exp':
      return words.missingClaim(claim)
    case 'token_type':
      return words.noType
    default:
      // The one that the site chose for the user's id.
      return words.noUserIdentification
  }
}

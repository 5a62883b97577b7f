import type { Answer } from './answers.ts'
import { type ProfileFacts, pick, splitName } from './profile.ts'

/** The standard claims of OpenID Connect Core §5.1. The address counts as proven where the issuer says `true`. */
export function readStandardClaims(claims: Answer): ProfileFacts {
  const { given_name: firstName, family_name: lastName } = claims
  const names = firstName === undefined && lastName === undefined ? splitName(claims['name']) : { firstName, lastName }
  return {
    ...names,
    subject: claims['sub'],
    email: claims['email'],
    emailVerified: claims['email_verified'],
    usernameHint: claims['preferred_username'] ?? claims['nickname'],
    extra: pick(claims, KEPT_CLAIMS),
  }
}

const KEPT_CLAIMS = ['iss', 'name', 'given_name', 'family_name', 'preferred_username', 'nickname', 'picture', 'locale']

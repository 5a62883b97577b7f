/** What a site's own functions throw where there is nobody. */
export class UserNotFoundError extends Error {
  override readonly name = 'UserNotFoundError'
}

/**
 * For `loginAuthenticator` and `sendResetPasswordLinkUserFinder`: nobody is meant, or nobody is proven. Clients are told
 * no more than of a wrong password.
 */
export const userNotFound = (): Error => new UserNotFoundError('there is no such user')

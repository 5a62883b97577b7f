import type { Engine } from '../../commands/context.ts'
import { collectProblems } from '../../util/option-problems.ts'
import { refusedOptions } from '../drf/option-kinds.ts'
import { clashingFields } from './clashing-fields.ts'
import type { RestAuthOptions } from './options.ts'

/**
 * Checks that the options fit what the application is configured to do.
 *
 * @throws {TypeError} naming every option that does not and what to write instead
 */
export function checkFit(options: RestAuthOptions, { login, user, social }: Engine['config']): void {
  const { emailVerification = 'mandatory', loginMethods = [], signupFields = {}, socialLogin = {} } = options
  const problems = collectProblems()
  if (login.emailMustBeVerified && emailVerification !== 'mandatory') {
    problems.add('emailVerification', 'must be "mandatory" where login.emailMustBeVerified is on: nobody could log in')
  }
  for (const method of loginMethods.filter((name) => !login.identifiers.includes(name))) {
    problems.add('loginMethods', `must not name ${JSON.stringify(method)}, which is none of login.identifiers`)
  }
  if (user.username === 'none' && signupFields.username !== undefined) {
    problems.add('signupFields.username', 'must be left out where user.username is "none"')
  }
  if (user.email === 'required' && signupFields.email === 'optional') {
    problems.add('signupFields.email', 'must not be "optional" where user.email is "required"')
  }
  for (const [path, to] of Object.entries(socialLogin)) {
    const provider = typeof to === 'string' ? to : to.provider
    problems.oneOf(`socialLogin[${JSON.stringify(path)}]`, provider, social.providers)
  }
  for (const path of clashingFields(user)) {
    problems.add(`user.profiles.${path}`, 'must have a name that no other field has: user/ shows them side by side')
  }
  problems.throwIfAny(refusedOptions('restAuth()'))
}

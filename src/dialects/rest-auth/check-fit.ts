import type { Engine } from '../../commands/context.ts'
import { collectProblems } from '../../util/option-problems.ts'
import { DJANGO_COOKIES, LANGUAGE_COOKIE } from '../drf/cookies.ts'
import { refusedOptions } from '../drf/option-kinds.ts'
import { clashingFields } from './clashing-fields.ts'
import type { RestAuthOptions } from './options.ts'

/**
 * Checks that the options fit what the application is configured to do.
 *
 * @throws {TypeError} naming every option that does not and what to write instead
 */
export function checkFit(options: RestAuthOptions, config: Engine['config']): void {
  const { login, user, social } = config
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
  checkCookies(options, config.cookies, problems)
  checkLinks(options, config.site, problems)
  for (const path of clashingFields(user)) {
    problems.add(`user.profiles.${path}`, 'must have a name that no other field has: user/ shows them side by side')
  }
  problems.throwIfAny(refusedOptions('restAuth()'))
}

type Problems = ReturnType<typeof collectProblems>

/** A mailed link holds a secret, which the line must protect as well as it protects the site. */
function checkLinks(
  { defaultHttpProtocol }: RestAuthOptions,
  { isHttps }: Engine['config']['site'],
  problems: Problems,
): void {
  if (!isHttps || defaultHttpProtocol !== 'http') return
  problems.add('defaultHttpProtocol', 'must not be "http" where site.origin is https')
}

/** Two cookies of one name would take each other's value for their own, and overwrite it. */
function checkCookies(
  { jwtAuthCookie, jwtAuthRefreshCookie }: RestAuthOptions,
  { sessionName, deviceName, socialName }: Engine['config']['cookies'],
  problems: Problems,
): void {
  const { sessionName: ofDjango, csrfName } = DJANGO_COOKIES
  const names = [sessionName, deviceName, socialName, ofDjango, csrfName, LANGUAGE_COOKIE]
  const taken = new Set(names.map((name) => name.toLowerCase()))
  for (const [option, name] of Object.entries({ jwtAuthCookie, jwtAuthRefreshCookie })) {
    if (typeof name !== 'string' || !taken.has(name.toLowerCase())) continue
    problems.add(option, `must not be ${JSON.stringify(name)}: another cookie is called so`)
  }
}

import type { Problems } from '../util/option-problems.ts'
import type { LinkTemplates } from './options.ts'
import type { ResolvedConfig } from './resolved-config.ts'

/** The pages that the built-in mount serves. The code travels in the query: a page without script must read it. */
const DEFAULT_LINKS: LinkTemplates = {
  verifyEmail: '/account/verify-email?code={code}',
  resetPassword: '/account/reset-password?code={code}',
  resetUsername: '/account/reset-username?code={code}',
  changeEmail: '/account/change-email?code={code}',
  cancelEmailChange: '/account/cancel-email-change?code={code}',
  unlock: '/account/unlock?code={code}',
}

/** Makes absolute addresses of the templates. A mail never leads anywhere but to the site and those it trusts. */
export function resolveLinks(
  links: Partial<LinkTemplates>,
  site: ResolvedConfig['site'],
  problems: Problems,
): LinkTemplates {
  const resolve = (name: keyof LinkTemplates): string => {
    const template = links[name] ?? DEFAULT_LINKS[name]
    const path = `mail.links.${name}`
    if (template.split('{code}').length !== 2) problems.add(path, 'must hold the placeholder {code} once')
    const marker = 'CODE-GOES-HERE'
    const text = template.replace('{code}', marker)
    if (site.origin === '' || !URL.canParse(text, site.origin)) return template
    const url = new URL(text, site.origin)
    if (!site.trustedOrigins.has(url.origin))
      problems.add(path, 'must lead to site.origin or to one of site.trustedOrigins')
    return url.href.replace(marker, '{code}')
  }
  return {
    verifyEmail: resolve('verifyEmail'),
    resetPassword: resolve('resetPassword'),
    resetUsername: resolve('resetUsername'),
    changeEmail: resolve('changeEmail'),
    cancelEmailChange: resolve('cancelEmailChange'),
    unlock: resolve('unlock'),
  }
}

import { OTHER_PASSWORD, openSite, type Site, type SiteOptions } from '../../security/support/open-site.ts'

/** A site with one user, at whom tests guess. */
export async function siteWithAnn(options: SiteOptions = {}): Promise<Site> {
  const site = await openSite(options)
  await site.addUser('ann')
  return site
}

/** Gives the user `OTHER_PASSWORD` by a mailed link. */
export async function resetPassword(site: Site): Promise<void> {
  await site.send('POST /password/reset', { body: { email: 'ann@example.org' } })
  const code = await site.codeFor('ann@example.org')
  await site.send('POST /password/reset/confirm', { body: { code, newPassword: OTHER_PASSWORD } })
}

/** Of which kinds the locks are that hold now. */
export async function locksOf(site: Site): Promise<readonly string[]> {
  return (await site.auth.listLocks({ limit: 100 })).map(({ kind }) => kind).toSorted()
}

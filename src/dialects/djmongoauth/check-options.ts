import { boolean, checkKinds, domain, type Kind, type KindsOf, text } from '../drf/option-kinds.ts'
import type { DjmongoauthOptions } from './options.ts'

/** @throws {TypeError} naming every option that is wrong and what to write instead */
export function checkOptions(options: object): void {
  checkKinds({ door: 'djmongoauth()', options, kinds: KINDS })
}

/** Hours of 400 days, which is as long as any session may last. */
const MAX_HOURS = 9600

const hours: Kind = (path, value, problems) => {
  problems.wholeNumber(path, value, { min: 1, max: MAX_HOURS })
}

const lockedStatus: Kind = (path, value, problems) => {
  if (value !== 400 && value !== 429) problems.add(path, 'must be 400 or 429')
}

const KINDS: KindsOf<DjmongoauthOptions> = {
  name: text,
  siteUrl: domain,
  isHttps: boolean,
  sessionExpireInHour: hours,
  tokenPerLogin: boolean,
  lockedStatus,
  dangerouslyTellUnknownUsers: boolean,
  dangerouslyTellTakenAddresses: boolean,
}

import type { UserId } from '../../model/user.ts'
import { decodeAllauthUid, encodeAllauthUid } from '../drf/allauth-uid.ts'
import { decodeUid, encodeUid } from '../drf/uid.ts'
import type { RestAuthSettings } from './settings.ts'

/** What the links of a door call a user. */
export interface UidCodec {
  readonly encode: (id: UserId) => string
  /** The text of the id, or `null` for what no link has. */
  readonly decode: (uid: unknown) => string | null
}

/** The newer generation leaves its links to allauth. */
export const uidCodec = ({ generation }: Pick<RestAuthSettings, 'generation'>): UidCodec =>
  generation === '7' ? { encode: encodeAllauthUid, decode: decodeAllauthUid } : { encode: encodeUid, decode: decodeUid }

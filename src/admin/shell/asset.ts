import type { Exchange } from '../../http/exchange.ts'
import { toBase64Url } from '../../util/base64url.ts'
import { sha256 } from '../../util/secrets.ts'

/** A file that pages name, the same for everybody. */
export interface Asset {
  /** With a digest of what is in it, so that caches may keep it for good. */
  readonly name: string
  readonly type: string
  readonly text: string
}

export function assetOf(kind: 'css' | 'js', text: string): Asset {
  const digest = toBase64Url(sha256(text).subarray(0, 9))
  const type = kind === 'css' ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
  return { name: `admin-${digest}.${kind}`, type, text }
}

/** Below the mount. */
export const ASSET_FOLDER = '/assets/'

export const assetPath = ({ mountPath }: Pick<Exchange, 'mountPath'>, { name }: Asset): string =>
  mountPath + ASSET_FOLDER + name

export function writeAsset({ baseHeaders }: Exchange, asset: Asset): Response {
  return new Response(asset.text, {
    headers: {
      ...baseHeaders,
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Origin',
    },
  })
}

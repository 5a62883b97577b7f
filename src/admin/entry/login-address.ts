import type { Exchange } from '../../http/exchange.ts'

/** The log-in page, with the way back to what was asked for. */
export function loginAddress({ request, mountPath, path }: Exchange): string {
  const { search } = new URL(request.url)
  return `${mountPath}/login/?next=${encodeNext(path + search)}`
}

/** As Django writes it: slashes stay readable. */
const encodeNext = (path: string): string => encodeURIComponent(path).replaceAll('%2F', '/')

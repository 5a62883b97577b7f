// next.config.ts
import type { NextConfig } from 'next'

const config: NextConfig = {
  // Threads and drivers are found beside the files of the package, so it must not be bundled.
  serverExternalPackages: ['portress'],
  // A path with a slash at its end is another one than that without.
  skipTrailingSlashRedirect: true,
  skipProxyUrlNormalize: true,
}

export default config

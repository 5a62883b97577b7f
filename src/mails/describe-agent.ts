/**
 * Says in a few words which program a `User-Agent` header stands for, such as `Firefox, Windows`, or `null`.
 *
 * The header is a stranger's text that would go into a mail to a user: all that ever comes out are words of the tables
 * below and, for a program that is in none, the one word in front of its version.
 */
export function describeAgent(userAgent: string): string | null {
  const header = userAgent.slice(0, MAX_HEADER_LENGTH)
  const program = firstMatch(PROGRAMS, header) ?? /^[A-Za-z][A-Za-z0-9_-]{0,29}(?=\/)/.exec(header)?.[0]
  const system = firstMatch(SYSTEMS, header)
  return [program, system].filter((word) => word !== undefined).join(', ') || null
}

function firstMatch(table: readonly (readonly [pattern: RegExp, name: string])[], text: string): string | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1]
}

const MAX_HEADER_LENGTH = 512

// The order matters: nearly every browser also claims to be Chrome and Safari.
const PROGRAMS = [
  [/\bEdgA?(?:iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/\S+ .*\bSafari\//, 'Safari'],
] as const

const SYSTEMS = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bMac(?:intosh| OS X)\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
] as const

import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type LockedPackage, type Lockfile, type UnlockedPackage, unlockedPackages } from './support/lockfile.ts'

/**
 * Adds the entries that npm has left out of `package-lock.json`; see `unlockedPackages`. Run it as `npm run lockfile`
 * after `npm install`, when `npm run check` asks for it. The entries have no integrity: only a registry that has the
 * package could tell it.
 */

const path = join(resolve(import.meta.dirname, '..'), 'package-lock.json')
const lockfile = JSON.parse(readFileSync(path, 'utf8')) as Lockfile
const unlocked = unlockedPackages(lockfile)
const added = unlocked.map((missing): Entry => [`node_modules/${missing.name}`, entryFor(missing)])
const packages = [...Object.entries(lockfile.packages), ...added].toSorted(byPath)
writeFileSync(path, `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(packages) }, null, 2)}\n`)
console.log(`Added ${unlocked.length} entries.`)

type Entry = readonly [path: string, locked: LockedPackage]

function byPath([a]: Entry, [b]: Entry): number {
  return a.localeCompare(b, 'en')
}

/** The platform is read from the name, as in `@biomejs/cli-linux-arm64-musl`, so that other platforms skip it. */
function entryFor({ name, version, dependent }: UnlockedPackage): LockedPackage {
  const os = /aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32/.exec(name)?.[0]
  const cpu = /arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64/.exec(name)?.[0]
  const libc = /musl/.test(name) ? 'musl' : /gnu/.test(name) ? 'glibc' : undefined
  if (!os || !cpu) throw new TypeError(`The name of ${name} does not tell its platform`)
  return {
    version,
    cpu: [cpu],
    ...(dependent.dev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    os: [os],
  }
}

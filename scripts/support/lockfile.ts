/** The parts of `package-lock.json` that our scripts read and write. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

export interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly cpu?: readonly string[]
  readonly dev?: boolean
  readonly libc?: readonly string[]
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** An optional dependency that is declared and not locked. */
export interface UnlockedPackage {
  readonly name: string
  readonly version: string
  readonly dependent: LockedPackage
}

/**
 * Lists optional dependencies without an entry. npm leaves those out that it could not look up, such as the binaries
 * of other platforms in a young release, and then `npm ci` refuses the file.
 */
export function unlockedPackages({ packages }: Lockfile): readonly UnlockedPackage[] {
  return Object.entries(packages).flatMap(([path, dependent]) =>
    Object.entries(dependent.optionalDependencies ?? {})
      .filter(([name]) => !lookUpPaths(path, name).some((candidate) => candidate in packages))
      .map(([name, version]) => ({ name, version, dependent })),
  )
}

/** Where Node would look for a package, from the inside out. */
function lookUpPaths(from: string, name: string): readonly string[] {
  const parents = from === '' ? [] : from.split('/node_modules/').map((_, index, all) => all.slice(0, index + 1))
  const folders = parents.map((parts) => `${parts.join('/node_modules/')}/`).toReversed()
  return [...folders, ''].map((folder) => `${folder}node_modules/${name}`)
}

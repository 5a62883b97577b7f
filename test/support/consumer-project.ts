import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type StagedPackage, stagePackage } from '../../scripts/support/stage-package.ts'

const root = resolve(import.meta.dirname, '../..')

/**
 * A project that has installed the packed package. Only what the manifest declares can be imported beside it, so that an
 * import of an undeclared package fails here as it would for a user.
 */
export interface ConsumerProject {
  readonly folder: string
  /** Where the package lies in it. */
  readonly installed: string
  readonly packed: StagedPackage
  remove(): void
}

export function consumerProject(): ConsumerProject {
  const folder = mkdtempSync(join(tmpdir(), 'portress-consumer-'))
  const installed = join(folder, 'node_modules/portress')
  const stage = join(folder, 'stage')
  mkdirSync(stage)
  const packed = stagePackage(stage)
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', packed.tarball, '--strip-components=1', '-C', installed])
  rmSync(stage, { recursive: true })
  for (const name of declaredPackages()) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  return { folder, installed, packed, remove: () => rmSync(folder, { recursive: true }) }
}

function declaredPackages(): readonly string[] {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
  return [...Object.keys({ ...dependencies, ...peerDependencies }), '@types/node']
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
}

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, report } from './support/finding.ts'
import { type Lockfile, unlockedPackages } from './support/lockfile.ts'

interface ForbiddenText {
  readonly rule: string
  readonly pattern: RegExp
  readonly message: string
}

/** Absolute folders in which checkouts and scratch files lie; nothing that is shared depends on one. */
const machineFolders = ['farm', 'home', 'root', 'tmp', 'Users', 'work']

const forbidden: readonly ForbiddenText[] = [
  { rule: 'line-ends', pattern: /\r/, message: 'has a carriage return' },
  {
    rule: 'machine-paths',
    pattern: new RegExp(`(?<![\\w.~:*/})\\]-])/(${machineFolders.join('|')})/[\\w.-]`),
    message: 'names a path of one machine',
  },
  {
    rule: 'registry-addresses',
    pattern: /https?:\/\/[^\s"'/]*(registry|verdaccio|artifactory|nexus)|:[4]873\b|^\s*(@\w+:)?registry\s*=/im,
    message: 'names a package registry',
  },
]

/** Looks through every file that git has or would add for what belongs to one machine only. */
export function repositoryFindings(root: string): readonly Finding[] {
  return [...trackedFiles(root).flatMap((file) => textFindings(root, file)), ...lockfileFindings(root)]
}

function trackedFiles(root: string): readonly string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const deleted = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\0')
  return listed.split('\0').filter((file) => file !== '' && !deleted.includes(file))
}

function textFindings(root: string, file: string): readonly Finding[] {
  const text = readFileSync(join(root, file), 'utf8')
  // Pictures, databases and other binary files have no lines to look at.
  if (text.includes('\0')) return []
  return forbidden.flatMap(({ rule, pattern, message }) => {
    const match = pattern.exec(text)
    return match ? [{ rule, file, line: text.slice(0, match.index).split('\n').length, message }] : []
  })
}

function lockfileFindings(root: string): readonly Finding[] {
  const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile
  // `resolved` carries the address of the registry that happened to be used; the integrity alone is enough.
  const resolved = Object.entries(lockfile.packages)
    .filter(([, entry]) => entry.resolved !== undefined)
    .map(([name]) => `"resolved" is set for ${name}`)
  const unlocked = unlockedPackages(lockfile).map(
    ({ name }) => `misses ${name}, so that npm ci fails; run npm run lockfile`,
  )
  return [...resolved, ...unlocked].map((message) => ({ rule: 'lockfile', file: 'package-lock.json', message }))
}

if (import.meta.main) report('what the repository carries', repositoryFindings(process.cwd()))

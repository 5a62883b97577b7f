import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { type Finding, report } from './support/finding.ts'
import { stagePackage } from './support/stage-package.ts'

/** Builds and packs the package and lets publint judge its shape. */
async function packageFindings(): Promise<readonly Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'portress-package-'))
  try {
    const { tarball, files } = stagePackage(folder)
    const { messages, pkg } = await publint({
      pack: { tarball: Uint8Array.from(readFileSync(tarball)).buffer },
      strict: true,
    })
    const complaints = messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code)
    return [...complaints.map((message) => ({ rule: 'publint', file: 'package.json', message })), ...strays(files)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function strays(files: readonly string[]): readonly Finding[] {
  return files
    .filter((file) => /\.test\.|tsbuildinfo/.test(file))
    .map((file) => ({ rule: 'package-files', file, message: 'must not be published' }))
}

report('the shape of the package', await packageFindings())

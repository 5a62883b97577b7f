import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIGURATION_DOCUMENT, configurationDocument } from '../make-configuration-doc.ts'
import { codeSpans, type Document, sectionOf, tableRows } from '../support/documents.ts'
import type { Finding } from '../support/finding.ts'
import { sourceFiles } from '../support/source-files.ts'

/** Finds out whether the page of options is what the doc comments say, and its variables those that the code reads. */
export function configurationFindings(root: string): readonly Finding[] {
  const page: Document = {
    path: CONFIGURATION_DOCUMENT,
    text: readFileSync(join(root, CONFIGURATION_DOCUMENT), 'utf8'),
  }
  const variables = environmentFindings(page, variablesIn(root))
  if (page.text === configurationDocument(root)) return variables
  const message = 'is not what the doc comments say; run node scripts/make-configuration-doc.ts'
  return [...variables, { rule: 'options', file: page.path, message }]
}

/** Holds the table below `Environment` against the variables that the command line reads. */
export function environmentFindings(page: Document, known: readonly string[]): readonly Finding[] {
  const told = tableRows(sectionOf(page, 'Environment')).flatMap(([name = '']) => codeSpans(name))
  const missing = known.filter((name) => !told.includes(name)).map((name) => `misses the variable ${name}`)
  const stale = told.filter((name) => !known.includes(name)).map((name) => `tells of ${name}, which nothing reads`)
  return [...missing, ...stale].map((message) => ({ rule: 'environment', file: page.path, message }))
}

/** Every variable has its own name in quotes somewhere, because all of them are read by name. */
function variablesIn(root: string): readonly string[] {
  const texts = sourceFiles(root, ['src/cli']).filter(({ path }) => !path.includes('.test.'))
  const names = texts.flatMap(({ text }) => [...text.matchAll(/'(HOST|PORT|NODE_ENV|PORTRESS_[A-Z_]+)'/g)])
  return [...new Set(names.map(([, name = '']) => name))]
}

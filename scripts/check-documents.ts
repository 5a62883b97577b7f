import { ERRORS } from '../src/errors.ts'
import { DEFAULT_STATUS } from '../src/http/default-status.ts'
import { en } from '../src/messages/en.ts'
import { commandPageFindings } from './documents/command-page-findings.ts'
import { configurationFindings } from './documents/configuration-findings.ts'
import { differenceFindings } from './documents/difference-findings.ts'
import { errorTableFindings } from './documents/error-table-findings.ts'
import { eventFindings, readEventFacts } from './documents/event-findings.ts'
import { exampleFindings } from './documents/example-findings.ts'
import { linkFindings } from './documents/link-findings.ts'
import { performanceFindings } from './documents/performance-findings.ts'
import { placeFindings } from './documents/place-findings.ts'
import { readmeFindings } from './documents/readme-findings.ts'
import { optionNames } from './make-configuration-doc.ts'
import { readCommandFacts } from './support/command-facts.ts'
import { type Document, readDocuments } from './support/documents.ts'
import { type Finding, report } from './support/finding.ts'
import { sourceFiles } from './support/source-files.ts'

/** Holds every document against the code it tells of. What only running can show is in `test/packaging/documents.test.ts`. */
export function documentFindings(root: string): readonly Finding[] {
  const documents = readDocuments(root)
  const facts = { meanings: ERRORS, statuses: DEFAULT_STATUS, fieldCodes: Object.keys(en.fieldErrors) }
  return [
    ...linkFindings(root, documents),
    ...placeFindings(root, documents),
    ...readmeFindings(requirePage(documents, 'README.md')),
    ...errorTableFindings(requirePage(documents, 'docs/errors.md'), facts),
    ...performanceFindings(requirePage(documents, 'docs/performance.md'), requirePage(documents, 'bench/README.md')),
    ...eventFindings(requirePage(documents, 'docs/events.md'), readEventFacts(root)),
    ...commandPageFindings(documents, readCommandFacts(root), optionNames(root)),
    ...configurationFindings(root),
    ...differenceFindings(requirePage(documents, 'examples/README.md'), sourceFiles(root, ['examples'])),
    ...exampleFindings(root, documents),
  ]
}

function requirePage(documents: readonly Document[], path: string): Document {
  const page = documents.find((document) => document.path === path)
  if (page === undefined) throw new TypeError(`${path} is missing`)
  return page
}

if (import.meta.main) report('the documents', documentFindings(process.cwd()))

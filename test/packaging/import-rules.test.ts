import { describe, expect, it } from 'vitest'
import { importFindings } from '../../scripts/check-imports.ts'
import { folderRules, rimRules } from '../../scripts/import-rules.ts'
import { sketchTree } from './sketch-tree.ts'

/** One request from the host to the store, with the imports that its seven stops need. */
const walk = {
  'src/errors.ts': '',
  'src/model/user.ts': '',
  'src/model/session.ts': "import type { User } from './user.ts'",
  'src/util/secrets.ts': "import { createHash } from 'node:crypto'",
  'src/contracts/store.ts': "import type { User } from '../model/user.ts'",
  'src/contracts/token-manager.ts': "import type { Session } from '../model/session.ts'",
  'src/config/options.ts': "import type { Store } from '../contracts/store.ts'",
  'src/hosts/node.ts': "import { createServer } from 'node:http'",
  'src/dialects/portress-api/answers.ts': "import type { Session } from '../../model/session.ts'",
  'src/client/result.ts': "import type { ErrorCode } from '../errors.ts'",
  'src/dialects/demo/served-client.ts': `
    import { readFile } from 'node:fs/promises'
    new URL('../../client/', import.meta.url)`,
  'src/client/create-client.ts': `
    import type { Answers } from '../dialects/portress-api/answers.ts'
    import { Result } from './result.ts'`,
  'src/http/handle-request.ts': `
    import { Hono } from 'hono'
    import { authenticate } from '../commands/authenticate.ts'
    import { AuthError } from '../errors.ts'`,
  'src/commands/context.ts': "import type { EngineOptions } from '../config/options.ts'",
  'src/commands/authenticate.ts': "import type { CommandContext } from './context.ts'",
  'src/commands/login.ts': `
    import type { CommandContext } from './context.ts'
    import { proveUser } from './steps/prove-user.ts'`,
  'src/commands/steps/prove-user.ts': `
    import type { Store } from '../../contracts/store.ts'
    import type { CommandContext } from '../context.ts'`,
  'src/dialects/drf/errors.ts': "import { AuthError } from '../../errors.ts'",
  'src/dialects/classic/routes.ts': `
    import { login } from '../../commands/login.ts'
    import { handleRequest } from '../../http/handle-request.ts'
    import { fieldErrors } from '../drf/errors.ts'
    import { readLogin } from './read.ts'`,
  'src/dialects/classic/read.ts': "import { z } from 'zod'\nimport { en } from '../../messages/en.ts'",
  'src/messages/en.ts': "import type { ErrorCode } from '../errors.ts'",
  'src/mails/render-mail.ts': "import { en } from '../messages/en.ts'",
  'src/backends/password-backend.ts': "import type { Store } from '../contracts/store.ts'",
  'src/hashers/hash-lane.ts':
    "new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)",
  'src/hashers/worker.ts': "import { hashSync } from '@node-rs/argon2'",
  'src/tokens/opaque-tokens.ts': "import { toDigest } from '../util/secrets.ts'",
  'src/stores/sql/users.ts': "import type { Store } from '../../contracts/store.ts'",
  'src/stores/sqlite/index.ts': "import { DatabaseSync } from 'node:sqlite'\nimport { users } from '../sql/users.ts'",
  'src/testing/fake-clock.ts': "import { expect } from 'vitest'\nimport type { Store } from '../contracts/store.ts'",
  'src/cli/main.ts': "import { createAuth } from '../create-auth.ts'\nawait import(process.argv[2])",
  'src/create-auth.ts': `
    import { login } from './commands/login.ts'
    import { sqlite } from './stores/sqlite/index.ts'`,
  'src/index.ts': "export { createAuth } from './create-auth.ts'",
}

/** Files beside those of the walk, for the probes to reach for. */
const targets = { 'src/commands/register.ts': '', 'src/stores/postgres/index.ts': '', 'src/dialects/other/read.ts': '' }

interface Probe {
  readonly rule: string
  readonly file: string
  readonly forbidden: string
}

const probes: readonly Probe[] = [
  { rule: 'errors', file: 'src/errors.ts', forbidden: "import type { User } from './model/user.ts'" },
  { rule: 'util', file: 'src/util/probe.ts', forbidden: "import { AuthError } from '../errors.ts'" },
  { rule: 'model', file: 'src/model/probe.ts', forbidden: "import type { Store } from '../contracts/store.ts'" },
  { rule: 'contracts', file: 'src/contracts/probe.ts', forbidden: "import { x } from '../util/secrets.ts'" },
  { rule: 'config', file: 'src/config/probe.ts', forbidden: "import { x } from '../hashers/hash-lane.ts'" },
  {
    rule: 'implementations',
    file: 'src/backends/probe.ts',
    forbidden: "import { x } from '../tokens/opaque-tokens.ts'",
  },
  { rule: 'implementations', file: 'src/tokens/probe.ts', forbidden: "import { x } from '../stores/sqlite/index.ts'" },
  { rule: 'implementations', file: 'src/hashers/probe.ts', forbidden: "import { x } from '../config/options.ts'" },
  { rule: 'implementations', file: 'src/mailers/probe.ts', forbidden: "import { x } from '../mails/render-mail.ts'" },
  { rule: 'implementations', file: 'src/throttles/probe.ts', forbidden: "import { x } from '../commands/login.ts'" },
  {
    rule: 'implementations',
    file: 'src/providers/probe.ts',
    forbidden: "import { x } from '../http/handle-request.ts'",
  },
  { rule: 'implementations', file: 'src/validators/probe.ts', forbidden: "import { x } from '../messages/en.ts'" },
  { rule: 'implementations', file: 'src/listeners/probe.ts', forbidden: "import { x } from '../commands/login.ts'" },
  { rule: 'node-at-the-rim', file: 'src/listeners/probe.ts', forbidden: "import { x } from 'node:http'" },
  { rule: 'stores', file: 'src/stores/sqlite/probe.ts', forbidden: "import { x } from '../postgres/index.ts'" },
  { rule: 'stores', file: 'src/stores/sql/probe.ts', forbidden: "import { x } from '../sqlite/index.ts'" },
  { rule: 'stores', file: 'src/stores/sqlite/probe.ts', forbidden: "import { x } from '../../config/options.ts'" },
  { rule: 'commands', file: 'src/commands/probe.ts', forbidden: "import { x } from './login.ts'" },
  { rule: 'commands', file: 'src/commands/steps/probe.ts', forbidden: "import { x } from '../register.ts'" },
  { rule: 'commands', file: 'src/commands/probe.ts', forbidden: "import { x } from '../stores/sqlite/index.ts'" },
  { rule: 'http', file: 'src/http/probe.ts', forbidden: "import { x } from '../messages/en.ts'" },
  { rule: 'demo', file: 'src/dialects/demo/probe.ts', forbidden: "import { x } from '../other/read.ts'" },
  { rule: 'demo', file: 'src/dialects/demo/probe.ts', forbidden: "import type { x } from '../../contracts/store.ts'" },
  { rule: 'node-at-the-rim', file: 'src/dialects/demo/probe.ts', forbidden: "import { x } from 'node:fs'" },
  { rule: 'dialects', file: 'src/dialects/classic/probe.ts', forbidden: "import { x } from '../other/read.ts'" },
  { rule: 'dialects', file: 'src/dialects/drf/probe.ts', forbidden: "import { x } from '../classic/read.ts'" },
  {
    rule: 'dialects',
    file: 'src/dialects/classic/probe.ts',
    forbidden: "import type { x } from '../../contracts/store.ts'",
  },
  { rule: 'dialects', file: 'src/admin/probe.tsx', forbidden: "import { x } from '../stores/sqlite/index.ts'" },
  { rule: 'messages', file: 'src/messages/probe.ts', forbidden: "import { x } from '../contracts/store.ts'" },
  { rule: 'mails', file: 'src/mails/probe.ts', forbidden: "import { x } from '../commands/login.ts'" },
  { rule: 'hosts', file: 'src/hosts/probe.ts', forbidden: "import { AuthError } from '../errors.ts'" },
  { rule: 'client', file: 'src/client/probe.ts', forbidden: "import { AuthError } from '../errors.ts'" },
  { rule: 'client', file: 'src/client/probe.ts', forbidden: "import { type AuthError } from '../errors.ts'" },
  { rule: 'client', file: 'src/client/probe.ts', forbidden: "import type { x } from '../util/secrets.ts'" },
  {
    rule: 'client',
    file: 'src/client/probe.ts',
    forbidden: "export { x } from '../dialects/portress-api/answers.ts'",
  },
  { rule: 'packages-at-the-rim', file: 'src/client/probe.ts', forbidden: "import type { z } from 'zod'" },
  { rule: 'assembly', file: 'src/cli/probe.ts', forbidden: "import { x } from '../testing/fake-clock.ts'" },
  { rule: 'assembly', file: 'src/create-auth.ts', forbidden: "import { x } from './testing/fake-clock.ts'" },
  { rule: 'assembly', file: 'src/index.ts', forbidden: "export { x } from './testing/fake-clock.ts'" },
  { rule: 'user-manager', file: 'src/user-manager.ts', forbidden: "import { login } from './commands/login.ts'" },
  { rule: 'testing', file: 'src/testing/probe.ts', forbidden: "import { x } from '../../test/support/x.ts'" },
  { rule: 'node-crypto-at-the-rim', file: 'src/commands/probe.ts', forbidden: "import { x } from 'node:crypto'" },
  { rule: 'node-at-the-rim', file: 'src/util/probe.ts', forbidden: "import { x } from 'node:fs'" },
  { rule: 'node-at-the-rim', file: 'src/http/probe.ts', forbidden: "import { x } from 'fs/promises'" },
  { rule: 'packages-at-the-rim', file: 'src/commands/probe.ts', forbidden: "import { z } from 'zod'" },
  { rule: 'packages-at-the-rim', file: 'src/model/probe.ts', forbidden: "import type { Hono } from 'hono/tiny'" },
  { rule: 'unlisted', file: 'src/helpers/probe.ts', forbidden: '' },
  { rule: 'computed', file: 'src/stores/sqlite/probe.ts', forbidden: 'await import(name)' },
  { rule: 'no-cycles', file: 'src/model/user.ts', forbidden: "import type { Session } from './session.ts'" },
  { rule: 'no-cycles', file: 'src/hashers/worker.ts', forbidden: "import { x } from './hash-lane.ts'" },
]

/** Ways to write one and the same import. */
const forms = [
  "import { x } from '../http/handle-request.ts'",
  "import '../http/handle-request.ts'",
  "import type { x } from '../http/handle-request.ts'",
  "import * as x from '../http/handle-request.ts'",
  "export { x } from '../http/handle-request.ts'",
  "export type { x } from '../http/handle-request.ts'",
  "export * from '../http/handle-request.ts'",
  "await import('../http/handle-request.ts')",
  'await import(`../http/handle-request.ts`)',
  "type X = import('../http/handle-request.ts').X",
  "new URL('../http/handle-request.ts', import.meta.url)",
  "new URL(built ? '../http/handle-request.js' : './fine.ts', import.meta.url)",
  `new URL(\`../http/handle-request\${extension}\`, import.meta.url)`,
  "import.meta.resolve('../http/handle-request.ts')",
]

function rulesFired(files: Readonly<Record<string, string>>): readonly string[] {
  return importFindings(sketchTree(files)).map(({ rule }) => rule)
}

describe('the import rules', () => {
  it('accept the walk of one request through the house', () => {
    expect(importFindings(sketchTree(walk))).toEqual([])
  })

  it.each(probes)('refuse by "$rule" that $file says: $forbidden', ({ rule, file, forbidden }) => {
    expect(rulesFired({ ...walk, ...targets, [file]: forbidden })).toEqual([rule])
  })

  it('have a probe for each row', () => {
    const rows = [...folderRules, ...rimRules].map(({ name }) => name)
    expect(rows.filter((name) => !probes.some(({ rule }) => rule === name))).toEqual([])
  })

  it.each(forms)('see the import in: %s', (form) => {
    expect(rulesFired({ ...walk, 'src/model/probe.ts': form })).toEqual(['model'])
  })

  it('say where and why', () => {
    const root = sketchTree({ ...walk, 'src/model/probe.ts': "\nimport { login } from '../commands/login.ts'" })
    expect(importFindings(root)).toEqual([
      {
        rule: 'model',
        file: 'src/model/probe.ts',
        line: 2,
        message: 'must not import ../commands/login.ts, so that data stays data',
      },
    ])
  })

  it('do not take an import in a comment or a text for one', () => {
    const text = "// import { x } from '../http/handle-request.ts'\nexport const x = \"import '../http/x.ts'\""
    expect(rulesFired({ ...walk, 'src/model/probe.ts': text })).toEqual([])
  })

  it('leave tests free', () => {
    expect(rulesFired({ ...walk, 'src/model/user.test.ts': "import '../commands/login.ts'" })).toEqual([])
  })

  it('refuse to judge a file that does not parse', () => {
    expect(() => rulesFired({ ...walk, 'src/model/probe.ts': 'import from from' })).toThrow('src/model/probe.ts')
  })
})

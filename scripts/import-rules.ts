/** What the files of one part of the house may import from `src/`. */
export interface FolderRule {
  readonly name: string
  /** The importing file. A group in it stands for `$1` in `mayImport`. */
  readonly from: string
  /** Patterns for the imported file; what matches none of them is refused. */
  readonly mayImport: readonly string[]
  /** The same for what is imported as a type alone. @default none besides */
  readonly mayImportTypes?: readonly string[]
  /** What the rule is good for, shown where it is broken. */
  readonly soThat: string
}

/** Where modules from outside of `src/` may be imported. */
export interface RimRule {
  readonly name: string
  /** The imported specifier. */
  readonly specifier: RegExp
  readonly onlyIn: RegExp
  readonly soThat: string
}

const leaf = ['^src/(model|util)/', '^src/errors\\.ts$']

/**
 * Who may import whom inside `src/`. Exactly one rule speaks for each file; imports of types count, tests are free.
 * A file that no rule speaks for is refused as well, so that a new folder needs a line here.
 */
export const folderRules: readonly FolderRule[] = [
  { name: 'errors', from: '^src/errors\\.ts$', mayImport: [], soThat: 'the codes can be read alone' },
  { name: 'util', from: '^src/util/', mayImport: ['^src/util/'], soThat: 'helpers know no domain words' },
  { name: 'model', from: '^src/model/', mayImport: ['^src/model/', ...leaf], soThat: 'data stays data' },
  {
    name: 'contracts',
    from: '^src/contracts/',
    mayImport: ['^src/contracts/', '^src/model/', '^src/errors\\.ts$'],
    soThat: 'the author of a plug-in reads one folder',
  },
  {
    name: 'config',
    from: '^src/config/',
    mayImport: ['^src/config/', '^src/contracts/', ...leaf],
    soThat: 'options name contracts, never implementations',
  },
  {
    name: 'implementations',
    from: '^src/(backends|tokens|hashers|mailers|throttles|providers|validators|listeners)/',
    mayImport: ['^src/$1/', '^src/contracts/', ...leaf],
    soThat: 'any one can be deleted or replaced',
  },
  {
    name: 'stores',
    from: '^src/stores/([^/]+)/',
    mayImport: ['^src/stores/(sql|$1)/', '^src/contracts/', ...leaf],
    soThat: 'any one can be deleted or replaced',
  },
  {
    name: 'commands',
    from: '^src/commands/',
    mayImport: ['^src/commands/(steps/|context\\.ts$)', '^src/(config|contracts)/', ...leaf],
    soThat: 'the product runs without HTTP or a database, and no command hides in another',
  },
  {
    name: 'http',
    from: '^src/http/',
    mayImport: ['^src/http/', '^src/(commands|config|contracts)/', ...leaf],
    soThat: 'every dialect shares one parser and one set of guards',
  },
  {
    name: 'demo',
    from: '^src/dialects/demo/',
    mayImport: ['^src/(dialects/demo|client)/', '^src/(http|commands|messages)/', ...leaf],
    soThat: 'the page can do nothing that a client of the API cannot',
  },
  {
    name: 'dialects',
    from: '^src/(dialects/[^/]+|admin)/',
    mayImport: ['^src/$1/', '^src/dialects/drf/', '^src/(http|commands|messages)/', ...leaf],
    soThat: 'a dialect cannot hold behaviour',
  },
  {
    name: 'messages',
    from: '^src/messages/',
    mayImport: ['^src/messages/', ...leaf],
    soThat: 'words are found in one place',
  },
  {
    name: 'mails',
    from: '^src/mails/',
    mayImport: ['^src/mails/', '^src/(messages|contracts)/', ...leaf],
    soThat: 'words are found in one place',
  },
  { name: 'hosts', from: '^src/hosts/', mayImport: ['^src/hosts/'], soThat: 'a host only translates' },
  {
    name: 'client',
    from: '^src/client/',
    mayImport: ['^src/client/'],
    mayImportTypes: [
      '^src/dialects/portress-api/(answers|bodies|descriptions)\\.ts$',
      '^src/model/',
      '^src/errors\\.ts$',
    ],
    soThat: 'browsers load the few files of this folder and nothing of the server',
  },
  {
    name: 'assembly',
    from: '^src/(cli/|auth\\.ts$|auth-(?:admin|permissions|values)\\.ts$|create-auth\\.ts$|create-engine\\.ts$|default-mounts\\.ts$|index\\.ts$)',
    mayImport: ['^src/(?!testing/)'],
    soThat: 'assembly happens in three known places, and no fake is shipped in it',
  },
  {
    name: 'user-manager',
    from: '^src/user-manager\\.ts$',
    mayImport: ['^src/auth\\.ts$', ...leaf],
    soThat: 'another vocabulary for the functions can do nothing that they cannot',
  },
  { name: 'testing', from: '^src/testing/', mayImport: ['^src/'], soThat: 'conformance suites see what they judge' },
]

/** Where Node's own modules and npm packages may be imported. The first rule that knows a specifier decides. */
export const rimRules: readonly RimRule[] = [
  {
    name: 'node-crypto-at-the-rim',
    specifier: /^(node:)?crypto$/,
    onlyIn: /^src\/(hosts|cli|stores|throttles|hashers|mailers|tokens|testing|util)\//,
    soThat: 'the engine runs wherever its rim does',
  },
  {
    name: 'node-at-the-rim',
    specifier: /^node:/,
    // One file reads another part of the package, to hand it to browsers.
    onlyIn: /^src\/((hosts|cli|stores|throttles|hashers|mailers|tokens|testing)\/|dialects\/demo\/served-client\.ts$)/,
    soThat: 'the engine runs wherever its rim does',
  },
  {
    name: 'packages-at-the-rim',
    specifier: /^[^./]/,
    onlyIn: /^src\/(hosts|cli|stores|throttles|hashers|mailers|providers|tokens|http|dialects|admin|testing)\//,
    soThat: 'the engine depends on nobody',
  },
]

/** Where a specifier may be computed at run time: the command line loads the application's own files. */
export const computedImportsIn: RegExp = /^src\/cli\//

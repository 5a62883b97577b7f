import { prepareApplication } from './support/prepare-application.ts'
import { stderrLogger } from './support/stderr-logger.ts'
import { type ExitCode, Stop } from './support/stop.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'

/** `portress openapi`. */
export const openapi: SubCommand = (command, run) => {
  describeCommand(command, ['openapi > openapi.json', 'openapi --json'])
    .description('Print the OpenAPI document of the Portress API, made from the configuration.')
    .action((options: CommonOptions) => run(options, (terminal) => printDocument(options, terminal)))
}

async function printDocument(options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const preparation = await prepareApplication(options)
  const { port, logLevel } = preparation.environment
  const logger = stderrLogger(logLevel ?? 'silent')
  const { auth } = preparation.open({ logger, port, purpose: 'inspect' })
  try {
    const mount = auth.mounts.find(({ dialect }) => dialect === 'portress-api')
    if (mount === undefined) throw new Stop(1, 'The Portress API is not mounted, so there is no document of it.')
    // Asked of the API itself, so that what is printed is what its clients get.
    const address = new URL(`${mount.path.replace(/\/$/, '')}/openapi.json`, auth.config.site.origin)
    const response = await auth.fetch(new Request(address))
    const document: unknown = await response.json()
    terminal.printJson(document)
    terminal.print(JSON.stringify(document, null, 2))
    return response.ok ? 0 : 1
  } finally {
    await auth.close()
  }
}

import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../contracts/logger.ts'
import { type Application, assertMigrated } from './support/application.ts'
import { bannerOf, formatBanner } from './support/banner.ts'
import { type HttpServer, openHttpServer } from './support/http-server.ts'
import { isLoopback } from './support/is-loopback.ts'
import { logRequests } from './support/log-requests.ts'
import { type Preparation, prepareApplication } from './support/prepare-application.ts'
import { releaseStartMemory } from './support/release-start-memory.ts'
import { stderrLogger } from './support/stderr-logger.ts'
import type { ExitCode } from './support/stop.ts'
import { stopSignal } from './support/stop-signal.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'

/** How long accepted requests may take after a signal; most supervisors kill after 30 s. */
const DRAIN_MILLISECONDS = 25_000

/** How long mails under way may take after that; what is not sent by then stays in the outbox. */
const FLUSH_MILLISECONDS = 4_000

/** `portress serve`. */
export const serve: SubCommand = (command, run) => {
  describeCommand(command, ['serve', 'serve --config auth/portress.config.ts', 'serve --json'])
    .description('Answer requests until SIGTERM or SIGINT; then finish what has arrived, and end.')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((options: CommonOptions) => run(options, (terminal) => serveUntilStopped(options, terminal)))
}

const ENVIRONMENT_HELP = `
Environment: HOST (127.0.0.1) and PORT (3000); PORTRESS_CONFIG, a configuration file.
Where there is no configuration file, also:
  PORTRESS_DATABASE         path, sqlite: or postgres: URL (portress.sqlite3)
  PORTRESS_SECRET           secrets, comma-separated: the first signs, all verify (kept beside the database)
  PORTRESS_ORIGIN           address that people open (http://127.0.0.1:PORT)
  PORTRESS_SMTP_URL         smtp:// or smtps:// (mails are kept and shown at /outbox)
  PORTRESS_TRUSTED_PROXIES  addresses and ranges whose X-Forwarded-For is believed, comma-separated
  PORTRESS_LOG_LEVEL        debug, info, warn, error or silent (info); JSON lines on the standard error output
  NODE_ENV                  "production" refuses what is only fit for development`

async function serveUntilStopped(options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const stopped = stopSignal()
  const preparation = await prepareApplication(options)
  preparation.assertStartable()
  const { environment } = preparation
  const logger = stderrLogger(environment.logLevel ?? 'info')
  endLoudly(logger)
  const server = await openHttpServer(environment)
  const application = await openApplication(preparation, { server, logger })
  const { auth } = application
  server.answerWith(environment.logLevel === 'debug' ? logRequests(auth.fetch, logger) : auth.fetch)
  auth.start()
  announce(application, server, terminal)
  releaseStartMemory()
  logger.info({ signal: await stopped }, 'finishing what has arrived')
  return await shutDown({ application, server, logger })
}

/** A fault outside of every request: written down in the form of all other lines, then the end. */
function endLoudly(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.error({ err: error }, 'the process ends because of a fault')
    process.exit(1)
  })
}

async function openApplication(
  preparation: Preparation,
  { server, logger }: { readonly server: HttpServer; readonly logger: Logger },
): Promise<Application> {
  let application: Application | undefined
  try {
    application = preparation.open({ logger, port: server.port })
    await assertMigrated(application)
    return application
  } catch (error) {
    await server.drain(0)
    await application?.auth.close()
    throw error
  }
}

function announce(application: Application, server: HttpServer, terminal: Terminal): void {
  const banner = bannerOf(application, server.url)
  terminal.print(formatBanner(banner, { isTerminal: process.stdout.isTTY }))
  terminal.printJson({ event: 'listening', ...banner })
  // Asked of what runs: with a configuration file, the file decides, whatever NODE_ENV says.
  const isDevelopment = application.auth.config.environment === 'development'
  if (isDevelopment && !isLoopback(application.environment.host)) {
    terminal.complain(
      'Warning: other machines can reach this server, and it runs with what is only fit for development.',
    )
  }
}

interface Running {
  readonly application: Application
  readonly server: HttpServer
  readonly logger: Logger
}

async function shutDown({ application, server, logger }: Running): Promise<ExitCode> {
  const isDrained = await server.drain(DRAIN_MILLISECONDS)
  if (!isDrained) logger.warn({ seconds: DRAIN_MILLISECONDS / 1000 }, 'some requests took too long and were cut off')
  const closed = application.auth.close().then(() => true)
  const isClosed = await Promise.race([closed, delay(FLUSH_MILLISECONDS, false, { ref: false })])
  if (!isClosed) logger.warn({}, 'some mails could not be handed over; they stay in the outbox for the next start')
  // Where the application's own file left something open, the process would never end by itself.
  setTimeout(() => process.exit(), 500).unref()
  return isDrained ? 0 : 1
}

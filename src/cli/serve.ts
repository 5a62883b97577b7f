import process from 'node:process'
import type { Logger } from '../contracts/logger.ts'
import { type Application, assertLocksKept, assertMigrated } from './support/application.ts'
import { type Banner, bannerOf, formatBanner } from './support/banner.ts'
import { type HttpServer, handedHttpServer, openHttpServer } from './support/http-server.ts'
import { isLoopback } from './support/is-loopback.ts'
import { logRequests } from './support/log-requests.ts'
import { type OpenOptions, type Preparation, prepareApplication } from './support/prepare-application.ts'
import { hashThreadsPerWorker, readWorkerCount } from './support/read-worker-count.ts'
import { releaseStartMemory } from './support/release-start-memory.ts'
import { shutDown } from './support/shut-down.ts'
import { stderrLogger } from './support/stderr-logger.ts'
import type { ExitCode } from './support/stop.ts'
import { stopSignal } from './support/stop-signal.ts'
import { type CommonOptions, describeCommand, type SubCommand } from './support/sub-command.ts'
import type { Terminal } from './support/terminal.ts'
import { type WorkerSide, workerSide } from './support/worker-side.ts'

interface ServeOptions extends CommonOptions {
  readonly workers?: string
}

/** `portress serve`. */
export const serve: SubCommand = (command, run) => {
  describeCommand(command, ['serve', 'serve --config auth/portress.config.ts', 'serve --workers auto', 'serve --json'])
    .description('Answer requests until SIGTERM or SIGINT; then finish what has arrived, and end.')
    .option('--workers <count>', 'processes that answer together, or "auto" for one a core (default: 1)')
    .addHelpText('after', ENVIRONMENT_HELP)
    .action((options: ServeOptions) => run(options, (terminal) => serveUntilStopped(options, terminal)))
}

const ENVIRONMENT_HELP = `
Environment: HOST (127.0.0.1) and PORT (3000); PORTRESS_CONFIG, a configuration file.
Where there is no configuration file, also:
  PORTRESS_DATABASE         path, sqlite:, postgres:, mysql: or mongodb: URL (portress.sqlite3)
  PORTRESS_THROTTLES        redis: or rediss: URL of the server that keeps locks and rate limits (the database)
  PORTRESS_SECRET           secrets, comma-separated: the first signs, all verify (kept beside the database)
  PORTRESS_ORIGIN           address that people open (http://127.0.0.1:PORT)
  PORTRESS_SMTP_URL         smtp:// or smtps:// (mails are kept and shown at /outbox)
  PORTRESS_TRUSTED_PROXIES  addresses and ranges whose X-Forwarded-For is believed, comma-separated
  PORTRESS_LOG_LEVEL        debug, info, warn, error or silent (info); JSON lines on the standard error output
  NODE_ENV                  "production" refuses what is only fit for development`

async function serveUntilStopped(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const count = readWorkerCount(options.workers)
  const side = workerSide()
  if (side !== null) return await serveAsWorker(options, side, hashThreadsPerWorker(count))
  if (count === 1) return await serveAlone(options, terminal)
  const { serveWithWorkers } = await import('./support/serve-with-workers.ts')
  return await serveWithWorkers(await prepareApplication(options), { count, terminal, announce })
}

async function serveAlone(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const stopped = stopSignal()
  const preparation = await prepareApplication(options)
  preparation.assertStartable()
  const logger = stderrLogger(preparation.environment.logLevel ?? 'info')
  endLoudly(logger)
  const server = await openHttpServer(preparation.environment)
  const application = await openAndAnswer(preparation, server, { logger })
  announce(bannerOf(application, server.url), terminal)
  releaseStartMemory()
  logger.info({ signal: await stopped }, 'finishing what has arrived')
  return await shutDown({ application, server, logger })
}

/** The process that has started this one listens, and speaks for it. */
async function serveAsWorker(options: ServeOptions, side: WorkerSide, hashThreads: number): Promise<ExitCode> {
  const preparation = await prepareApplication(options)
  preparation.assertStartable()
  const { environment } = preparation
  const logger = side.named(stderrLogger(environment.logLevel ?? 'info'))
  endLoudly(logger)
  const server = handedHttpServer(environment)
  const application = await openAndAnswer(preparation, server, { logger, hashThreads })
  const { workers } = application.auth.config.passwords
  if (workers > hashThreads)
    logger.warn({ workers, hashThreads }, 'passwords.workers is more than the share of a worker')
  side.begin({ kind: 'ready', banner: bannerOf(application, server.url) }, server.take)
  releaseStartMemory()
  logger.info({ signal: await side.stopped }, 'finishing what has arrived')
  const status = await shutDown({ application, server, logger })
  side.leave()
  return status
}

async function openAndAnswer(
  preparation: Preparation,
  server: HttpServer,
  options: Omit<OpenOptions, 'port'>,
): Promise<Application> {
  const application = await openApplication(preparation, server, { ...options, port: server.port })
  const { auth } = application
  const isTold = preparation.environment.logLevel === 'debug'
  server.answerWith(isTold ? logRequests(auth.fetch, options.logger) : auth.fetch)
  auth.start()
  return application
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
  server: HttpServer,
  options: OpenOptions,
): Promise<Application> {
  let application: Application | undefined
  try {
    application = preparation.open(options)
    await assertMigrated(application)
    await assertLocksKept(application)
    return application
  } catch (error) {
    await server.drain(0)
    await application?.auth.close()
    throw error
  }
}

function announce(banner: Banner, terminal: Terminal): void {
  terminal.print(formatBanner(banner, { isTerminal: process.stdout.isTTY }))
  terminal.printJson({ event: 'listening', ...banner })
  // Asked of what runs: with a configuration file, the file decides, whatever NODE_ENV says.
  if (banner.environment === 'development' && !isLoopback(new URL(banner.url).hostname)) {
    terminal.complain(
      'Warning: other machines can reach this server, and it runs with what is only fit for development.',
    )
  }
}

import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { ReadStream, WriteStream } from 'node:tty'
import { printableLines } from './printable.ts'
import { Stop } from './stop.ts'

/** Reads lines from a person at a terminal, one prompt after the other. */
export interface LineReader {
  /**
   * Writes the prompt and waits for a line. What is typed is `hidden` or `shown`.
   *
   * @throws {Stop} 1 when the person gives up with Ctrl-C or Ctrl-D, or the terminal goes away
   */
  ask(prompt: string, echo: 'hidden' | 'shown'): Promise<string>
  tell(message: string): void
  /** Gives the terminal back as it was. */
  close(): void
}

interface Waiting {
  readonly resolve: (line: string) => void
  readonly reject: (reason: Stop) => void
}

/**
 * One reader lasts for all questions: between two of them the terminal does not echo either, so that a password typed
 * too early stays unseen. Lines that come before they are asked for are kept.
 */
export function openLineReader(input: ReadStream, output: WriteStream): LineReader {
  const screen = curtain(output)
  const reader = createInterface({ input, output: screen.stream, terminal: true, historySize: 0 })
  const early: string[] = []
  let waiting: Waiting | null = null
  let isCancelled = false
  reader.on('line', (line) => {
    if (waiting === null) return void early.push(line)
    waiting.resolve(line)
    // At once: what was pasted behind this line may be the password.
    waiting = null
    screen.show(false)
  })
  const cancel = (): void => {
    isCancelled = true
    waiting?.reject(new Stop(1, 'Operation cancelled.'))
  }
  reader.on('SIGINT', cancel)
  reader.on('close', cancel)
  reader.on('error', cancel)
  return {
    async ask(prompt, echo) {
      const line = early.shift()
      if (line === undefined) return await typed(prompt, echo)
      output.write(`${printableLines(prompt)}\n`)
      return line
    },
    tell: (message) => void output.write(`${printableLines(message)}\n`),
    close: () => reader.close(),
  }

  async function typed(prompt: string, echo: 'hidden' | 'shown'): Promise<string> {
    reader.setPrompt(echo === 'shown' ? printableLines(prompt) : '')
    if (echo === 'hidden') output.write(printableLines(prompt))
    screen.show(echo === 'shown')
    try {
      return await new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        if (isCancelled) cancel()
        else reader.prompt(true)
      })
    } finally {
      waiting = null
      // The line end that was typed was hidden with the rest, and who gives up types none.
      if (echo === 'hidden' || isCancelled) output.write('\n')
      screen.show(false)
    }
  }
}

/** What is written behind the curtain reaches the terminal only while it is open. */
function curtain(output: WriteStream): { readonly stream: Writable; show(isShown: boolean): void } {
  let isOpen = false
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (isOpen) output.write(chunk)
      done()
    },
  })
  // By its width the reader knows where a long line goes on.
  Object.defineProperty(stream, 'columns', { get: () => output.columns })
  return {
    stream,
    show(isShown) {
      isOpen = isShown
    },
  }
}

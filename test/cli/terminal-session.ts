import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { stripVTControlCharacters } from 'node:util'
import { environmentOf, programLine, type Variables, type Workplace } from './portress.ts'

/** Whether `script` of util-linux is there, which gives a program a real pseudo-terminal. */
export const hasPseudoTerminals: boolean = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false

/** Longer than any step takes, and short enough that a test tells what was on the screen instead. */
const PATIENCE_MILLISECONDS = 15_000

/** The program at a terminal, and somebody who answers it. */
export interface TerminalSession {
  /** Waits until this stands on the screen after what was waited for before. */
  see(text: string): Promise<void>
  type(keys: string): void
  /** What was written at last, line by line, without what moves the cursor or sets colours. */
  end(): Promise<{ readonly status: number | null; readonly screen: string }>
}

export function openTerminal(place: Workplace, args: readonly string[], variables: Variables = {}): TerminalSession {
  // A fresh pseudo-terminal is 0 columns wide.
  const command = `stty cols 100 rows 40 && ${programLine(args)}`
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: place.folder,
    env: { ...environmentOf(place.folder, variables), TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  let raw = ''
  let seen = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text
  })
  // A terminal turns a line end into one with a carriage return, and some programs write that themselves.
  const screen = (): string => stripVTControlCharacters(raw).replace(/\r+\n/g, '\n')
  return {
    async see(text) {
      const deadline = performance.now() + PATIENCE_MILLISECONDS
      while (screen().indexOf(text, seen) < 0) {
        if (child.exitCode !== null || performance.now() > deadline) {
          throw new Error(`"${text}" never came:\n${screen().slice(seen)}`)
        }
        await new Promise((settle) => setTimeout(settle, 10))
      }
      seen = screen().indexOf(text, seen) + text.length
    },
    type: (keys) => void child.stdin.write(keys),
    async end() {
      const [status] = await closed
      return { status, screen: screen() }
    },
  }
}

/** Collects what is wrong with the options, so that a developer sees all of it at once. */
export interface Problems {
  /** `path` as written in the options, then what to write instead. */
  add(path: string, advice: string): void
  /** Notes a problem unless the number is a whole one within the bounds. */
  wholeNumber(path: string, value: number, bounds: { readonly min: number; readonly max?: number }): void
  /** @throws {TypeError} with one line a problem */
  throwIfAny(): void
}

export function collectProblems(): Problems {
  const lines: string[] = []
  const add = (path: string, advice: string): void => {
    lines.push(`${path} ${advice}`)
  }
  return {
    add,
    wholeNumber(path, value, { min, max = Number.MAX_SAFE_INTEGER }) {
      if (Number.isSafeInteger(value) && value >= min && value <= max) return
      const range = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `from ${min} to ${max}`
      add(path, `must be a whole number, ${range}; it is ${String(value)}`)
    },
    throwIfAny() {
      if (lines.length === 0) return
      throw new TypeError(`Portress cannot start with these options:\n${lines.map((line) => `  - ${line}`).join('\n')}`)
    },
  }
}

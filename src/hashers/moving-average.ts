export interface RunningFigure {
  add(value: number): void
  /** `null` before the first value. */
  current(): number | null
}

/** An average that follows change: each new value counts a fifth, so that one outlier moves it little. */
export function movingAverage(): RunningFigure {
  let average: number | null = null
  return {
    add(value) {
      average = average === null ? value : average + (value - average) / 5
    },
    current: () => average,
  }
}

import type { RunningFigure } from './moving-average.ts'

const KEPT = 15

/** The median of the last values: a few that were held up, even by much, do not move it. */
export function movingMedian(): RunningFigure {
  const values: number[] = []
  return {
    add(value) {
      values.push(value)
      if (values.length > KEPT) values.shift()
    },
    current: () => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null,
  }
}

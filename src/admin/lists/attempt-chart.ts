import { html } from 'hono/html'
import type { AttemptsOfHour } from '../../commands/admin-count-attempts.ts'
import type { Html } from '../../http/html-page.ts'
import type { AdminCall } from '../shell/admin-visit.ts'

const WIDTH = 720
const HEIGHT = 120
const FLOOR = 96

/**
 * Successes and failures by the hour, as a picture without any style of its own. Hours are those of UTC. What it shows is
 * also said in a sentence.
 */
export function attemptChart({ words }: AdminCall, hours: readonly AttemptsOfHour[]): Html {
  const { attempts } = words.lists
  const highest = Math.max(1, ...hours.map(({ successes, failures }) => successes + failures))
  const step = WIDTH / Math.max(1, hours.length)
  const bars = hours.map((hour, index) => bar(hour, { x: index * step, width: step - 4, highest }))
  const sum = (kind: 'successes' | 'failures'): number => hours.reduce((total, hour) => total + hour[kind], 0)
  return html`<figure class="panel">
<figcaption><b>${attempts.chart}</b> – ${attempts.chartSummary(sum('successes'), sum('failures'))}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${attempts.chart}" preserveAspectRatio="none">
<line class="axis" x1="0" y1="${FLOOR}" x2="${WIDTH}" y2="${FLOOR}"></line>
${bars}</svg>
<span class="key">${attempts.successes}</span><span class="key bad">${attempts.failures}</span>
</figure>`
}

interface Place {
  readonly x: number
  readonly width: number
  readonly highest: number
}

function bar({ from, successes, failures }: AttemptsOfHour, { x, width, highest }: Place): Html {
  const [good, bad] = [(successes / highest) * FLOOR, (failures / highest) * FLOOR]
  const hour = String(from.getUTCHours()).padStart(2, '0')
  const label = from.getUTCHours() % 3 === 0 ? html`<text x="${round(x)}" y="${HEIGHT - 8}">${hour}</text>` : ''
  return html`<g><title>${hour}:00 UTC: ${successes} / ${failures}</title>
<rect class="ok" x="${round(x)}" y="${round(FLOOR - good)}" width="${round(width)}" height="${round(good)}"></rect>
<rect class="bad" x="${round(x)}" y="${round(FLOOR - good - bad)}" width="${round(width)}" height="${round(bad)}"></rect>${label}</g>\n`
}

const round = (value: number): string => value.toFixed(1)

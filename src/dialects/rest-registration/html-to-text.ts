/**
 * The text of a mail out of its HTML, for templates that have no text of their own: what is inside `body`, with a line for
 * each paragraph, and the addresses of links in brackets behind their words.
 *
 * It reads what a site's own templates write. It is no parser for pages of strangers.
 */
export function htmlToText(html: string): string {
  const state: State = { text: '', link: null, hidden: null }
  for (const [token = '', slash = '', name, attributes = ''] of bodyOf(html).matchAll(TOKENS)) {
    if (name === undefined) addText(state, token)
    else if (slash === '') openTag(state, name.toLowerCase(), attributes)
    else closeTag(state, name.toLowerCase())
  }
  const lines = state.text.split('\n').map((line) => line.trim())
  return lines.join('\n').trim().toWellFormed()
}

interface State {
  text: string
  /** The link that is open: its address, and where its words begin. */
  link: { readonly address: string; readonly start: number } | null
  /** The element that is open whose content nobody sees. */
  hidden: string | null
}

/** Comments and declarations, tags, and whatever lies between them. */
const TOKENS = /<!--[\s\S]*?-->|<![^>]*>|<(\/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>|[^<]+|</gi

/** A template may be a part of a page, without a body. */
function bodyOf(html: string): string {
  const start = /<body\b[^>]*>/i.exec(html)
  if (start === null) return html
  const inside = html.slice(start.index + start[0].length)
  const end = inside.search(/<\/body\s*>/i)
  return end < 0 ? inside : inside.slice(0, end)
}

const HIDDEN: ReadonlySet<string> = new Set(['head', 'title', 'script', 'style'])

function addText(state: State, token: string): void {
  if (state.hidden !== null || token.startsWith('<!')) return
  const text = decodeEntities(token.replace(/\s+/g, ' '))
  // At the start of a line, and behind another space, white space is none.
  state.text += /(?:^|\s)$/.test(state.text) ? text.replace(/^ /, '') : text
}

function openTag(state: State, name: string, attributes: string): void {
  if (state.hidden === null && HIDDEN.has(name)) state.hidden = name
  if (name === 'br') state.text += '\n'
  if (name === 'a') state.link = { address: addressIn(attributes), start: state.text.length }
}

function closeTag(state: State, name: string): void {
  if (state.hidden === name) state.hidden = null
  if (name === 'p') state.text += '\n'
  if (name === 'a' && state.link !== null) closeLink(state, state.link)
}

function closeLink(state: State, { address, start }: NonNullable<State['link']>): void {
  state.link = null
  const words = state.text.slice(start).trim()
  if (address === '' || words === address) return
  state.text += words === '' ? address : ` (${address})`
}

function addressIn(attributes: string): string {
  const [, double, single, bare] = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/i.exec(attributes) ?? []
  return decodeEntities(double ?? single ?? bare ?? '').trim()
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

/** Those that are not known stay as they are written. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]+);/gi, (entity) => characterOf(entity.slice(1, -1)) ?? entity)
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES[name]
  const codePoint = Number(name.slice(1).replace(/^x/i, '0x'))
  return codePoint > 0x10ffff ? undefined : String.fromCodePoint(codePoint)
}

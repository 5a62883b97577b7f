import type { Exchange } from './exchange.ts'

/** Writes the one style sheet of the package's own pages. It is the same for everybody, so caches may keep it. */
export async function writePageStyle(exchange: Exchange): Promise<Response> {
  return new Response(PAGE_STYLE, {
    headers: {
      ...exchange.baseHeaders,
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=3600',
    },
  })
}

/** The colours of all pages outside of the admin. */
export const PALETTE = `:root {
  color-scheme: light dark;
  --page: #f3f5f2;
  --surface: #ffffff;
  --line: #d8ded6;
  --border: #6c7a70;
  --text: #18201c;
  --quiet: #526058;
  --accent: #0d5f57;
  --on-accent: #ffffff;
  --tint: #e3f1ee;
  --good: #14683c;
  --bad: #a3261d;
  --on-bad: #ffffff;
  --bad-surface: #fcefed;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121614;
    --surface: #1a201d;
    --line: #36403a;
    --border: #8d9c93;
    --text: #e6ece8;
    --quiet: #a7b4ac;
    --accent: #7fd6c6;
    --on-accent: #07211d;
    --tint: #173430;
    --good: #7bd6a1;
    --bad: #ffb3a9;
    --on-bad: #2a0805;
    --bad-surface: #351d1b;
  }
}
`

/** For pages that add rules of their own. */
export const PAGE_STYLE: string = `${PALETTE}*, *::before, *::after { box-sizing: border-box; }
html { background: var(--page); color: var(--text); font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
body { max-width: 30rem; margin: 0 auto; padding: clamp(1.25rem, 6vh, 5rem) 1rem 3rem; }
body:has(.wide) { max-width: 52rem; }
header { margin: 0 0 1rem; padding: 0 .25rem; color: var(--quiet); font-weight: 600; overflow-wrap: anywhere; }
main { padding: clamp(1.25rem, 5vw, 2.25rem); border: 1px solid var(--line); border-radius: .75rem; background: var(--surface); }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
main > :last-child, form > :last-child { margin-bottom: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
form { margin: 1.5rem 0 0; }
label { display: block; margin: 0 0 .35rem; font-weight: 600; }
input { display: block; width: 100%; padding: .65rem .75rem; border: 1px solid var(--quiet); border-radius: .5rem; background: var(--surface); color: inherit; font: inherit; }
input[aria-invalid] { border-color: var(--bad); }
button { display: block; width: 100%; margin: 1.5rem 0 0; padding: .75rem 1.25rem; border: 1px solid transparent; border-radius: .5rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.field { margin: 0 0 1.1rem; }
.hint, .problem { margin: .35rem 0 0; font-size: .9rem; }
.hint, .quiet { color: var(--quiet); }
.problem { color: var(--bad); }
.alert { padding: .75rem 1rem; border-left: 4px solid var(--bad); border-radius: .25rem; background: var(--bad-surface); }
.done { padding-left: 1rem; border-left: 4px solid var(--good); }
.links, .mails { margin: 0; padding: 0; list-style: none; }
.links li, .mails li { border-top: 1px solid var(--line); }
.links a { display: block; padding: .6rem 0; }
.mails a { display: block; padding: .85rem 0; color: inherit; text-decoration: none; }
.mails a:hover .subject { text-decoration: underline; }
.mails .subject { display: block; color: var(--accent); font-weight: 600; overflow-wrap: anywhere; }
.mails .facts { display: flex; flex-wrap: wrap; gap: 0 1rem; color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
.failed { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1.5rem; }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
pre { margin: 0 0 1rem; padding: 1rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--page); font: .9rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (min-width: 34rem) {
  button { width: auto; }
}
`

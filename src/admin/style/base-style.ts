/** Colours, letters, and what is around the content of each page. */
export const BASE_STYLE = `:root {
  color-scheme: light dark;
  --page: #f4f6f9;
  --surface: #ffffff;
  --raised: #eef1f5;
  --line: #d5dae1;
  --border: #6b7684;
  --text: #1a1e24;
  --quiet: #545e6b;
  --good: #0f6236;
  --good-surface: #e9f6ee;
  --bad: #a8201a;
  --bad-surface: #fcefee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b;
    --surface: #1c2127;
    --raised: #2b323b;
    --line: #39414b;
    --border: #8b96a3;
    --text: #e8ebef;
    --quiet: #abb5c0;
    --good: #83d9a7;
    --good-surface: #14291d;
    --bad: #ffb4ac;
    --bad-surface: #341d1c;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { background: var(--page); color: var(--text); font: 100%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; scroll-padding-top: 5rem; }
body { margin: 0; min-width: 20rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 9; padding: .5rem 1rem; background: var(--surface); border-radius: .4rem; }
.head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .4rem 1.5rem; padding: .75rem clamp(1rem, 3vw, 2rem); border-bottom: 1px solid var(--line); background: var(--surface); }
.site { color: var(--text); font-weight: 700; text-decoration: none; overflow-wrap: anywhere; }
.site:hover { text-decoration: underline; }
.me { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; font-size: .92rem; }
.me form { margin: 0; }
.who { max-width: 14rem; overflow: hidden; color: var(--quiet); text-overflow: ellipsis; white-space: nowrap; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr); }
.sections { border-bottom: 1px solid var(--line); background: var(--surface); }
.sections ul { display: flex; gap: .25rem; margin: 0; padding: .35rem clamp(.5rem, 2vw, 1.5rem); overflow-x: auto; list-style: none; }
.sections a { display: block; padding: .4rem .7rem; border-radius: .45rem; color: var(--text); text-decoration: none; white-space: nowrap; }
.sections a:hover { background: var(--raised); }
.sections a[aria-current] { background: var(--raised); color: var(--accent); font-weight: 650; }
main { min-width: 0; padding: 1.25rem clamp(1rem, 3vw, 2rem) 4rem; }
.outside main { max-width: 27rem; margin: clamp(1.5rem, 9vh, 6rem) auto 2rem; padding: clamp(1.25rem, 5vw, 2.25rem); border: 1px solid var(--line); border-radius: .8rem; background: var(--surface); }
@media (min-width: 62rem) {
  .columns { grid-template-columns: 13.5rem minmax(0, 1fr); align-items: start; }
  .sections { position: sticky; top: 0; border: 0; background: none; }
  .sections ul { flex-direction: column; padding: 1.25rem .75rem; overflow: visible; }
  .sections a { white-space: normal; overflow-wrap: anywhere; }
}
h1 { margin: 0 0 1.1rem; font-size: 1.55rem; line-height: 1.25; letter-spacing: -.012em; overflow-wrap: anywhere; }
h2 { margin: 0 0 .75rem; font-size: 1.08rem; }
h3 { margin: 0 0 .4rem; font-size: 1rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
.quiet, .hint, .none { color: var(--quiet); }
.crumbs { margin: 0 0 .75rem; font-size: .9rem; }
.crumbs ol { display: flex; flex-wrap: wrap; gap: .15rem .4rem; margin: 0; padding: 0; list-style: none; }
.crumbs li { max-width: 22rem; overflow: hidden; color: var(--quiet); text-overflow: ellipsis; white-space: nowrap; }
.crumbs li + li::before { content: "/"; margin-right: .4rem; color: var(--quiet); }
.done, .alert { margin: 0 0 1.25rem; padding: .7rem 1rem; border-left: 4px solid var(--good); border-radius: .3rem; background: var(--good-surface); color: var(--text); overflow-wrap: anywhere; }
.alert { border-color: var(--bad); background: var(--bad-surface); }
.alert p, .alert ul { margin: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .9rem; margin: 0 0 1.75rem; padding: 0; list-style: none; }
.card, .panel { padding: 1rem 1.1rem; border: 1px solid var(--line); border-radius: .7rem; background: var(--surface); }
.panel { margin: 0 0 1.5rem; }
.card .figure { display: block; font-size: 1.7rem; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.2; }
.links { display: flex; flex-wrap: wrap; gap: .35rem 1rem; margin: 0 0 1.25rem; padding: 0; list-style: none; }
.links a[aria-current] { color: var(--text); font-weight: 650; text-decoration: none; }
dl.facts { display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); gap: .4rem 1.25rem; margin: 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
pre { max-width: 100%; margin: 0; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
.chart { display: block; width: 100%; height: auto; }
.chart .ok { fill: var(--good); }
.chart .bad { fill: var(--bad); }
.chart .axis { stroke: var(--border); }
.chart text { fill: var(--quiet); font-size: 11px; }
.key { display: inline-flex; align-items: center; gap: .4rem; margin-right: 1.25rem; font-size: .9rem; }
.key::before { content: ""; width: .8rem; height: .8rem; border-radius: .2rem; background: var(--good); }
.key.bad::before { background: var(--bad); }
@media (prefers-reduced-motion: no-preference) { a, button { transition: background-color .12s; } }
`

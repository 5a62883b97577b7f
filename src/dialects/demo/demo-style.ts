import { PALETTE } from '../../http/page-style.ts'

/** The page's own look: no pictures, no letters from elsewhere, light and dark as the reader has it. */
export const DEMO_STYLE: string = `${PALETTE}*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { background: var(--page); color: var(--text); font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
body { max-width: 68rem; min-width: 18rem; margin: 0 auto; padding: 0 clamp(.9rem, 4vw, 2.5rem) 3rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 1; padding: .5rem 1rem; border-radius: .5rem; background: var(--surface); }
header { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .4rem 1.5rem; min-height: 4rem; padding: .75rem 0; }
.site { font-weight: 700; letter-spacing: -.01em; overflow-wrap: anywhere; }
.site::before { content: ""; display: inline-block; width: .8em; height: .8em; margin-right: .5em; border-radius: 50% 50% 50% 0; background: var(--accent); }
#who { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; min-width: 0; color: var(--quiet); font-size: .95rem; overflow-wrap: anywhere; }
h1 { max-width: 22em; margin: clamp(1rem, 6vh, 3.5rem) 0 .5rem; font-size: clamp(1.7rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -.025em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { margin: 0 0 .35rem; font-size: 1.15rem; letter-spacing: -.01em; }
h2:focus { outline: none; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
.lead { max-width: 38em; margin-bottom: 2rem; color: var(--quiet); font-size: 1.08rem; }
.hint { margin-bottom: 1.1rem; color: var(--quiet); font-size: .95rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19.5rem), 1fr)); gap: 1.1rem; }
#outside { grid-template-columns: repeat(auto-fit, minmax(min(100%, 19.5rem), 1fr)); }
section { min-width: 0; padding: clamp(1.1rem, 4vw, 1.75rem); border: 1px solid var(--line); border-radius: 1rem; background: var(--surface); }
#card-sessions, #card-deletion { grid-column: 1 / -1; }
#card-deletion form { max-width: 22rem; }
h2 + form { margin-top: .9rem; }
.field { margin: 0 0 1rem; }
label { display: block; margin: 0 0 .3rem; font-weight: 600; }
input { display: block; width: 100%; min-height: 2.9rem; padding: .55rem .75rem; border: 1px solid var(--border); border-radius: .6rem; background: var(--surface); color: inherit; font: inherit; }
input[aria-invalid] { border: 2px solid var(--bad); }
button { min-height: 2.9rem; padding: .55rem 1.3rem; border: 1px solid transparent; border-radius: .6rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.08); }
button.danger { background: var(--bad); color: var(--on-bad); }
button.plain { min-height: 2.4rem; padding: .3rem .9rem; border-color: var(--border); background: var(--surface); color: var(--text); font-weight: 500; }
#end-others { margin-top: 1rem; }
button.plain:hover { background: var(--tint); filter: none; }
form[aria-busy] button { cursor: progress; opacity: .75; }
.problem { margin: .3rem 0 0; color: var(--bad); font-size: .92rem; font-weight: 550; }
.alert, .done { margin: 0; border-radius: .5rem; }
.alert:not(:empty), .done:not(:empty) { margin: 0 0 1rem; padding: .7rem .95rem; background: var(--tint); }
.alert:not(:empty) { background: var(--bad-surface); color: var(--bad); font-weight: 550; }
.wait { margin: 1rem 0 0; color: var(--bad); font-size: 1.35rem; font-weight: 650; font-variant-numeric: tabular-nums; }
details { margin: 1.4rem 0 0; padding-top: 1rem; border-top: 1px solid var(--line); }
summary { color: var(--accent); cursor: pointer; }
details form { margin-top: 1rem; }
.sessions { margin: 0; padding: 0; list-style: none; }
.sessions li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; padding: .8rem 0; border-top: 1px solid var(--line); }
.sessions div { min-width: 0; overflow-wrap: anywhere; }
.facts { display: block; color: var(--quiet); font-size: .92rem; }
.badge { padding: .1rem .55rem; border-radius: 1rem; background: var(--tint); color: var(--accent); font-size: .85rem; font-weight: 600; }
nav { margin: 2.5rem 0 0; }
nav ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19.5rem), 1fr)); gap: 0 1.1rem; margin: 0; padding: 0; list-style: none; }
nav a { display: block; padding: .55rem 0; overflow-wrap: anywhere; }
@media (prefers-reduced-motion: no-preference) { button, a { transition: background-color .12s; } }
`

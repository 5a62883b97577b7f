/** Lists: search and filters that stay in sight, a table, and the same as cards where there is no room for one. */
export const LIST_STYLE = `.tools { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem 1rem; margin: 0 0 1rem; }
.tools .end { display: flex; flex-wrap: wrap; gap: .6rem; margin-left: auto; }
.filters { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; align-items: end; gap: .6rem .8rem; margin: 0 0 1rem; padding: .8rem; border: 1px solid var(--line); border-radius: .7rem; background: var(--surface); }
.filters .field { flex: 1 1 9rem; max-width: 16rem; margin: 0; }
.filters .field.search { flex-basis: 16rem; max-width: 28rem; }
.filters label { font-size: .85rem; }
.filters input, .filters select { padding: .35rem .5rem; }
.filters button { padding: .35rem .9rem; }
.filters .more { flex: 1 1 100%; }
.filters summary { padding: .35rem 0; font-weight: 600; cursor: pointer; }
.filters .more .field { max-width: none; margin: .5rem 0 0; }
@media (min-width: 40.01rem) {
  @supports selector(::details-content) {
    .filters .more, .filters .more::details-content { display: contents; }
    .filters summary { display: none; }
    .filters .more .field { max-width: 16rem; margin: 0; }
  }
}
@media (max-width: 40rem), (max-height: 40rem) { .filters { position: static; } .filters .field { flex-basis: 7.5rem; max-width: none; } .filters .field.search { flex-basis: 100%; } }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .7rem; background: var(--surface); }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
th, td { padding: .55rem .8rem; text-align: start; vertical-align: top; }
thead th { background: var(--raised); font-size: .85rem; font-weight: 650; white-space: nowrap; }
thead a { color: inherit; }
tbody tr { border-top: 1px solid var(--line); }
tbody tr:hover { background: var(--raised); }
td, tbody th { max-width: 24rem; overflow-wrap: break-word; }
td code, td time { white-space: nowrap; }
.changes { min-width: 14rem; overflow-wrap: anywhere; }
.changes ins { text-decoration: none; font-weight: 550; }
tbody th { font-weight: 600; }
td.tick, th.tick { width: 2.4rem; }
.cut { display: -webkit-box; min-width: 8ch; max-width: 24rem; overflow: hidden; overflow-wrap: anywhere; -webkit-line-clamp: 3; -webkit-box-orient: vertical; }
.yes { color: var(--good); font-weight: 600; }
.no { color: var(--quiet); }
.badge { display: inline-block; padding: 0 .5rem; border: 1px solid var(--border); border-radius: 1rem; font-size: .85rem; white-space: nowrap; }
.badge.good { border-color: var(--good); color: var(--good); }
.badge.bad { border-color: var(--bad); color: var(--bad); }
.pages { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin: 1rem 0 0; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; margin: 0 0 .8rem; }
.actions select { width: auto; max-width: 100%; }
.actions label { margin: 0; }
progress { width: 9rem; accent-color: var(--accent); }
@media (max-width: 44rem) {
  .scroll { border: 0; background: none; overflow: visible; }
  table, tbody, tr, td, tbody th { display: block; width: 100%; max-width: none; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tbody tr { margin: 0 0 .8rem; padding: .5rem .2rem; border: 1px solid var(--line); border-radius: .7rem; background: var(--surface); }
  td, tbody th { display: grid; grid-template-columns: minmax(6.5rem, 34%) minmax(0, 1fr); gap: .75rem; padding: .3rem .8rem; }
  td::before, tbody th::before { content: attr(data-label); color: var(--quiet); font-size: .85rem; font-weight: 500; }
  td.tick, th.tick { width: auto; }
  .cut, .changes { min-width: 0; }
  td code, td time { white-space: normal; }
  dl.facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .facts dd { margin: 0 0 .7rem; }
}
`

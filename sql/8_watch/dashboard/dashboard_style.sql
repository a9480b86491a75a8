-- How the page looks: light or dark as the reader's system is, one column on a telephone, fit for paper. State
-- is never told by colour alone: a word stands beside it.
create or replace function dashboard_style()
returns text
language sql immutable set search_path from current
as $$
  select $css$
:root { --page: #f4f5f7; --card: #ffffff; --ink: #1a2230; --quiet: #5b6677; --line: #e3e7ec; --track: #eaeef3;
  --blue: #2f62d9; --green: #0a7049; --amber: #8f5a00; --red: #b3261e;
  --blue-pale: #e3ebfc; --green-pale: #def3e8; --amber-pale: #fdefd2; --red-pale: #fce4e2; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0e1218; --card: #171d26; --ink: #e8ecf2; --quiet: #98a4b5;
  --line: #28313e; --track: #232c38; --blue: #7aa5ff; --green: #4bd396; --amber: #f2bb56; --red: #ff9088;
  --blue-pale: #1d2c4c; --green-pale: #12352a; --amber-pale: #3a2d11; --red-pale: #431f1f; } }
* { box-sizing: border-box; margin: 0; padding: 0; }
body { background: var(--page); color: var(--ink); -webkit-text-size-adjust: 100%;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 28px 20px 40px; display: grid; gap: 18px;
  grid-template-columns: repeat(12, minmax(0, 1fr)); align-items: start; }
main > * { grid-column: 1 / -1; } main > .column { display: grid; gap: 18px; grid-column: span 7; }
main > .column + .column { grid-column: span 5; }
.top { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 14px; }
h1 { font-size: 25px; line-height: 1.2; letter-spacing: -0.02em; margin-right: auto; }
.top p, section header p, small, .quiet, .empty, .key { color: var(--quiet); }
.figures { list-style: none; display: grid; gap: 12px; grid-template-columns: repeat(6, minmax(0, 1fr)); }
.figures li, section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.figures li { padding: 14px 16px; display: flex; flex-direction: column; min-height: 100px; }
.figures b { font-size: 27px; line-height: 1.15; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.figures small { display: inline; font-size: 17px; font-weight: 500; letter-spacing: 0; }
.figures span { color: var(--quiet); font-size: 13px; line-height: 1.35; margin-top: 3px; }
.figures .good b { color: var(--green); } .figures .warn b { color: var(--amber); }
.figures .fail b { color: var(--red); }
.meter { display: block; height: 5px; margin-top: auto; border-radius: 3px; background: var(--track); }
.meter i { display: block; height: 100%; border-radius: 3px; background: var(--blue); }
.good .meter i { background: var(--green); } section { padding: 18px 20px 16px; overflow-x: auto; }
section header { margin-bottom: 12px; } h2 { font-size: 16px; line-height: 1.3; }
section header p { font-size: 13px; } table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { padding: 7px 10px 7px 0; border-top: 1px solid var(--line); text-align: left; font-weight: 400;
  vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
thead th, thead td { border-top: 0; padding-top: 0; color: var(--quiet); font-size: 12.5px; vertical-align: bottom; }
tbody th { overflow-wrap: anywhere; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .n { white-space: normal; } td.warn { color: var(--amber); font-weight: 600; }
td.fail { color: var(--red); font-weight: 600; }
small { display: block; font-size: 12.5px; line-height: 1.4; margin-top: 1px; }
.stages th, .stages .n { white-space: nowrap; } .stages thead .n { white-space: normal; }
.stages .bar { width: 46%; vertical-align: middle; padding-left: 8px; }
.bar i { display: block; height: 14px; min-width: 2px; border-radius: 4px; background: var(--blue); }
.tag { display: inline-block; padding: 0 8px; border-radius: 9px; font-size: 12.5px; line-height: 19px;
  font-weight: 600; }
.tag.good { color: var(--green); background: var(--green-pale); }
.tag.warn { color: var(--amber); background: var(--amber-pale); }
.tag.fail { color: var(--red); background: var(--red-pale); }
.chart { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 8px; }
.scale { height: 160px; display: flex; flex-direction: column; justify-content: space-between; text-align: right;
  color: var(--quiet); font-size: 11.5px; line-height: 11px; font-variant-numeric: tabular-nums; }
svg { display: block; overflow: visible; } svg text { fill: var(--quiet); font-size: 11.5px; }
.grid { stroke: var(--line); } .base { stroke: var(--quiet); } rect.room { fill: var(--track); }
rect.fed { fill: var(--blue); } rect.full { fill: var(--green); }
.key { font-size: 12.5px; margin-top: 6px; }
.key i { display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-left: 10px; }
.key i:first-child { margin-left: 0; } .key .full { background: var(--green); }
.key .fed { background: var(--blue); } .key .room { background: var(--track); }
details { margin-top: 10px; } summary { color: var(--quiet); font-size: 13px; cursor: pointer; }
details > * + * { margin-top: 8px; } .checks { list-style: none; }
.checks li { padding: 9px 0 9px 12px; border-left: 3px solid var(--line); font-size: 14px; }
.checks li + li { margin-top: 8px; } .checks p { overflow-wrap: anywhere; line-height: 1.4; }
.hint { color: var(--quiet); } .checks .warn { border-color: var(--amber); }
.checks .fail { border-color: var(--red); } .checks li.good { padding: 2px 0 2px 12px; }
.checks li > b { display: inline-block; } .checks li > b::first-letter { text-transform: uppercase; }
@media (max-width: 960px) {
  main > .column { display: contents; }
section { grid-column: 1 / -1; }
  #uploads { order: 2; } #health { order: 1; } #campaigns, #services { order: 3; }
  .figures { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
@media (max-width: 560px) {
  main { padding: 18px 12px 28px; gap: 12px; }
section { padding: 14px; border-radius: 10px; }
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
  .figures li { padding: 12px; min-height: 92px; } .stages .bar { width: 24%; padding-left: 2px; }
  th, td { padding-right: 7px; } table { font-size: 13.5px; } thead th { font-size: 11.5px; }
  .uploads { table-layout: fixed; } .uploads th:first-child { width: 44%; } .uploads .n { width: 13%; }
  #campaigns th, #campaigns td { padding-right: 4px; font-size: 13px; }
  #campaigns thead th { font-size: 10.5px; } }
@media print {
  body { background: none; font-size: 11px; }
main { max-width: none; padding: 0; }
  section, .figures li { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
$css$;
$$;

comment on function dashboard_style() is 'The style sheet of the dashboard.';

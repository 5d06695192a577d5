/** @file How a page looks: on paper, too, and with no font or picture from elsewhere. */
import { Markup } from './markup.ts';

export const PAGE_STYLE = new Markup(`
:root { color-scheme: light; font: 14px/1.5 Inter, system-ui, Helvetica, Arial, sans-serif; color: #1b2027; background: #f4f6f8; }
body { margin: 0; }
header, main, footer { max-width: 1200px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 28px; }
footer { padding-top: 16px; padding-bottom: 32px; color: #515b69; }
h1 { margin: 0; font-size: 24px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0; font-size: 17px; overflow-wrap: anywhere; }
h3 { margin: 16px 0 4px; font-size: 13px; color: #515b69; }
p { margin: 4px 0; overflow-wrap: anywhere; }
.doc, ul.notes li { white-space: pre-wrap; }
a { color: #14619a; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 12px 0 0; padding: 0; list-style: none; }
section { margin: 16px 0; padding: 16px 20px; background: #fff; border: 1px solid #c7cdd6; border-radius: 8px; }
section:target { border-color: #14619a; box-shadow: 0 0 0 1px #14619a; }
.picture { margin: 12px 0; overflow: auto; max-height: 80vh; border: 1px solid #dfe3e8; border-radius: 6px; }
.picture svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
.full:checked ~ .picture svg { max-width: none; }
.full-label { font-size: 13px; }
.picture a { text-decoration: none; }
.picture a:hover rect, .picture a:focus rect { stroke: #14619a; stroke-width: 2; }
.table { overflow: auto; max-height: 80vh; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { padding: 3px 14px 3px 0; text-align: left; vertical-align: top; border-bottom: 1px solid #e6e9ed; overflow-wrap: anywhere; }
th { font-weight: 600; color: #515b69; }
tbody th { color: inherit; font-weight: 500; }
.number { text-align: right; white-space: nowrap; }
code { font: 12.5px 'JetBrains Mono', ui-monospace, Menlo, Consolas, monospace; }
ul.notes { margin: 0; padding-left: 18px; }
.muted { color: #515b69; }
@media print { :root { background: #fff; } section { break-inside: avoid-page; border: 0; padding: 0; } .picture, .table { max-height: none; border: 0; overflow: visible; } .full, .full-label { display: none; } }
`);

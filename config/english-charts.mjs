/**
 * @file A mend of uPlot 1.6.32 while it is bundled: as it loads, it makes a format of numbers for `navigator.language` and throws where that is
 * no language tag, which leaves the page blank. The editor speaks English, and so do its charts.
 */
const ASKED = "new Intl.NumberFormat(domEnv ? nav.language : 'en-US')";

/** @returns {import('vite').Plugin} */
export function englishCharts() {
  return {
    name: 'english-charts',
    transform(code, id) {
      if (!/\/uplot\/dist\/uPlot\.esm\.js/.test(id)) return undefined;
      if (!code.includes(ASKED)) throw new Error(`uPlot no longer has \`${ASKED}\`: see whether this mend is still needed.`);
      return { code: code.replace(ASKED, "new Intl.NumberFormat('en-US')"), map: null };
    },
  };
}

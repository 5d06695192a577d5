/** @file Row: opening a chain, over Netron with the same chain as ONNX. */
import path from 'node:path';
import { chainDocuments, chainParameters } from '../documents.mjs';
import { openEditor, openInEditor } from '../editor.mjs';
import { openInNetron, serveNetron } from '../netron.mjs';
import { atMost, defineRow } from '../row.mjs';
import { median, milliseconds } from '../statistics.mjs';

const ROUNDS = 3;

export const row = defineRow({
  about: 'opening a chain over Netron with the same chain as ONNX',
  where: ['window'],
  async run(bench, where) {
    const chain = await chainDocuments(bench.bundle);
    for (const members of [1000, 10_000]) {
      const file = path.join(bench.out, `chain-${members}.onnx`);
      const netron = await serveNetron(members, file);
      if (!netron) {
        console.log('Skipped the comparison with Netron: Python could not fetch it.');
        return;
      }
      try {
        const times = { ours: /** @type {number[]} */ ([]), theirs: /** @type {number[]} */ ([]) };
        for (let round = 0; round < ROUNDS; round++) {
          const page = await openEditor(bench);
          times.ours.push((await openInEditor(page, chain(members), chainParameters(members))).ms);
          await page.close();
          times.theirs.push(await openInNetron(await bench.browser(), netron.url, file));
        }
        const [oursMs, theirsMs] = [median(times.ours), median(times.theirs)];
        const name = `open a chain of ${members.toLocaleString('en-US')} members over Netron with the same as ONNX`;
        bench.tell(atMost(name, where, oursMs / theirsMs, 1, `${milliseconds(oursMs)} against ${milliseconds(theirsMs)}`));
      } finally {
        netron.close();
      }
    }
  },
});

/** @file The process of one side: does what it is told, and answers with a number. */
import { pathToFileURL } from 'node:url';

const { side } = await import(pathToFileURL(process.argv[2] ?? '').href);

// What is asked for while the module still loads waits in the channel.
process.on('message', async (/** @type {[string, ...unknown[]]} */ [method, ...args]) => {
  process.send?.((await side[method](...args)) ?? 0);
});

/** @file What runs inside of measured pages: when a frame that shows something has been painted, how long frames and tasks last. */

/** Installed before the page's own scripts. Everything hangs on `globalThis.bench`. */
export function installInPage() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)));
  const afterPaint = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(undefined);
      port2.postMessage(null);
    });
  /** @type {{ start: number, duration: number }[]} */
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });

  const bench = {
    /** @type {File | undefined} what the next picker gives */
    file: undefined,
    startedMs: NaN,
    /** Until a frame in which this holds has been painted, from `startedMs`. @param {() => boolean} isShown @param {number} limitMs */
    async until(isShown, limitMs = 60_000) {
      const from = performance.now();
      do {
        await frame();
        if (performance.now() - from > limitMs) throw new Error(`Not shown in ${limitMs} ms: ${isShown}`);
      } while (!isShown());
      await afterPaint();
      return performance.now() - bench.startedMs;
    },
    /** The longest task since `startedMs`, 0 if none took 50 ms: the browser tells of no shorter ones. */
    async longestTask(settleMs = 300) {
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      return Math.max(0, ...tasks.filter(({ start }) => start >= bench.startedMs).map(({ duration }) => duration));
    },
    /** The next press of a key is the start: when it was pressed, not when the page came to it. */
    armKey() {
      addEventListener('keydown', (event) => void (bench.startedMs = event.timeStamp), { capture: true, once: true });
    },
    /** @type {number[]} */
    frames: [],
    isRecording: false,
    recordFrames() {
      bench.frames = [];
      bench.isRecording = true;
      let last = performance.now();
      const next = () => {
        if (!bench.isRecording) return;
        const now = performance.now();
        bench.frames.push(now - last);
        last = now;
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    },
    stopFrames() {
      bench.isRecording = false;
      return bench.frames;
    },
  };
  Object.assign(globalThis, {
    bench,
    /** The file is chosen at once; its reading is the start. */
    showOpenFilePicker: async () => [
      {
        kind: 'file',
        name: bench.file?.name,
        async getFile() {
          bench.startedMs = performance.now();
          return bench.file;
        },
      },
    ],
  });
}

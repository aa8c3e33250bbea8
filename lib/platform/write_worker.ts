/** The threads behind `writeImageFile`: one writes, one makes checksums. @module */
import { takeBlocks } from "./block_ring.ts";
import { takerOf, type ThreadTask } from "./block_tasks.ts";

addEventListener("message", (event) => {
  const { task, memory, index } = (event as MessageEvent<ThreadTask>).data;
  takeBlocks(memory, index, () => takerOf(task));
});

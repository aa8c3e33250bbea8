import { assert } from "@std/assert";
import { readSourceTree } from "../../lib/platform/source_tree.ts";

Deno.test({
  name: "readSourceTree() needs no permission but to read",
  permissions: { read: [import.meta.dirname!], sys: false, env: false, write: false },
  fn(): void {
    assert(readSourceTree(import.meta.dirname!).children.has("source_tree_test.ts"));
  },
});

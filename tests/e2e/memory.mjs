// What a page and its engine hold in memory, by the browser's own tools.
import assert from "node:assert/strict";

/** Those of the texts that are in a heap, cut short. */
export const within = (text, secrets) => secrets.filter((secret) => secret.length > 20 && text.includes(secret)).map((secret) => `${secret.slice(0, 12)}…`);

/** A snapshot of all that the page's scripts hold: its strings are in it as they are. */
export async function heap(page) {
  const session = await page.context().newCDPSession(page);
  const text = await snapshot((method, params) => session.send(method, params), (each) => session.on("HeapProfiler.addHeapSnapshotChunk", each));
  await session.detach();
  return text;
}

async function snapshot(send, onChunk) {
  let text = "";
  onChunk(({ chunk }) => (text += chunk));
  await send("HeapProfiler.enable");
  await send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  assert.ok(text.length > 100_000, "there is a heap to look into");
  return text;
}

/** The engine of a page: the snapshot of its scripts' heap, and how often each text is in its WebAssembly memory. */
export async function engineMemory(page, texts) {
  const engine = await attach(page);
  const text = await snapshot(engine.send, (each) => engine.on("HeapProfiler.addHeapSnapshotChunk", each));
  const { result } = await engine.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await engine.send("Runtime.queryObjects", { prototypeObjectId: result.objectId });
  const counted = await engine.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: `${countIn}`,
    arguments: [{ value: texts }],
    returnByValue: true,
  });
  await engine.detach();
  return { heap: text, copies: counted.result.value };
}

/** Runs in the engine, with all memories as `this`. The beginning of a text is enough to know it by. */
function countIn(texts) {
  const memories = [...this].map((memory) => new Uint8Array(memory.buffer));
  if (memories.reduce((sum, bytes) => sum + bytes.length, 0) < 1_000_000) throw new Error("this is not the engine's memory");
  return texts.map((text) => {
    const wanted = new TextEncoder().encode(text.slice(0, 24));
    let found = 0;
    for (const bytes of memories) {
      for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
        if (wanted.every((byte, i) => bytes[at + i] === byte)) found += 1;
      }
    }
    return found;
  });
}

/** The tools of the engine's worker, which a page's tools pass on. */
async function attach(page) {
  const session = await page.context().newCDPSession(page);
  const [waiting, listeners] = [new Map(), []];
  const worker = new Promise((resolve) => session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type === "worker" && targetInfo.url.startsWith("blob:")) resolve(sessionId);
  }));
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, method, params, result, error } = JSON.parse(message);
    if (method) for (const [name, each] of listeners) if (name === method) each(params);
    if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await worker;
  let last = 0;
  return {
    on: (method, each) => listeners.push([method, each]),
    send: (method, params = {}) => new Promise((resolve, reject) => {
      waiting.set((last += 1), { resolve, reject });
      session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: last, method, params }) }).catch(reject);
    }),
    detach: () => session.detach(),
  };
}

// Drives an agent with the package toxiproxy-node-client: node node_client.js http://127.0.0.1:8474
"use strict";

const assert = require("assert");
const net = require("net");
const { Toxiproxy } = require("toxiproxy-node-client");

// A server that answers every byte with itself.
function echoServer() {
  return new Promise((resolve) => {
    const server = net.createServer((socket) => {
      socket.on("error", () => {});
      socket.pipe(socket);
    });
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

// Milliseconds until one byte has come back, or "reset" or "closed".
function echoed(listen) {
  return new Promise((resolve) => {
    const begin = process.hrtime.bigint();
    const socket = net.connect(Number(listen.split(":").pop()), "127.0.0.1");
    const end = (outcome) => {
      resolve(outcome);
      socket.destroy();
    };
    socket.on("connect", () => socket.write("x"));
    socket.on("data", () => end(Number(process.hrtime.bigint() - begin) / 1e6));
    socket.on("error", (error) => end(error.code === "ECONNRESET" ? "reset" : error.code));
    socket.on("end", () => end("closed"));
  });
}

async function main(api) {
  const server = await echoServer();
  const upstream = `127.0.0.1:${server.address().port}`;
  const toxiproxy = new Toxiproxy(api);
  assert.deepStrictEqual(JSON.parse(await toxiproxy.getVersion()), { version: "2.12.0" });

  const proxy = await toxiproxy.createProxy({ listen: "localhost:0", name: "echo", upstream });
  assert.ok((await echoed(proxy.listen)) < 150);
  assert.deepStrictEqual(Object.keys(await toxiproxy.getAll()), ["echo"]);
  assert.strictEqual((await toxiproxy.get("echo")).listen, proxy.listen);

  const toxic = await proxy.addToxic({ attributes: { jitter: 0, latency: 200 }, type: "latency" });
  assert.strictEqual(toxic.name, "latency_downstream");
  assert.ok((await echoed(proxy.listen)) >= 200);
  const changed = await toxic.update({ attributes: { jitter: 0, latency: 300 } });
  assert.strictEqual(changed.attributes.latency, 300);
  assert.ok((await echoed(proxy.listen)) >= 300);
  assert.strictEqual((await proxy.getToxic(toxic.name)).attributes.latency, 300);
  await toxic.remove();
  assert.ok((await echoed(proxy.listen)) < 150);

  await proxy.addToxic({ attributes: { timeout: 0 }, name: "cut", stream: "upstream", type: "reset_peer" });
  assert.strictEqual(await echoed(proxy.listen), "reset");
  const off = await proxy.update({ enabled: false, listen: proxy.listen, upstream });
  assert.strictEqual(off.enabled, false);
  assert.strictEqual(await echoed(proxy.listen), "ECONNREFUSED");
  await toxiproxy.reset();
  assert.ok((await echoed(proxy.listen)) < 150);

  const populated = await toxiproxy.populate([
    { listen: proxy.listen, name: "echo", upstream },
    { listen: "127.0.0.1:0", name: "other", upstream },
  ]);
  assert.deepStrictEqual(Object.keys(populated), ["echo", "other"]);
  await assert.rejects(toxiproxy.createProxy({ listen: "", name: "echo", upstream }), /409/);
  await populated.other.remove();
  await assert.rejects(toxiproxy.get("other"), /404/);
  server.close();
  console.log("all well");
  process.exit(0);
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});

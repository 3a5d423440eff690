// Runs Azurite in this process with the given arguments.
// With --stop-with-stdin it lives no longer than whoever holds the other end of its standard input,
// so it never outlives a parent that was killed; Ctrl-C and the end of the parent's terminal are left to the parent.
"use strict";

const path = require("node:path");
const Module = require("node:module");

if (process.env.AZURITE_PROXY_SECRET) {
  demandSecret(process.env.AZURITE_PROXY_SECRET);
  delete process.env.AZURITE_PROXY_SECRET;
}
const option = process.argv.indexOf("--stop-with-stdin");
if (option > 0) {
  process.argv.splice(option, 1);
  stopWithStandardInput();
}
if (process.argv.includes("--disableTelemetry")) {
  leaveOut("applicationinsights");
}
require(path.join(__dirname, "node_modules", "azurite", "dist", "src", "azurite.js"));

// Only the proxy in front knows the secret: the published key alone opens nothing on these ports.
function demandSecret(secret) {
  const { createHash, timingSafeEqual } = require("node:crypto");
  const { Server } = require("node:http");
  const hash = (text) => createHash("sha256").update(text).digest();
  const expected = hash(secret);
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (name, request, response) {
    if (name !== "request") {
      return emit.apply(this, arguments);
    }
    if (timingSafeEqual(hash(String(request.headers["storage-proxy-secret"])), expected)) {
      delete request.headers["storage-proxy-secret"];
      return emit.apply(this, arguments);
    }
    response.writeHead(403, { "content-type": "text/plain", connection: "close" });
    response.end("This is Azurite behind its proxy, which is the only one it answers.\n");
    return true;
  };
}

// Loading the telemetry client is two thirds of Azurite's start, and nothing calls it once telemetry is off.
function leaveOut(name) {
  const file = require.resolve(name);
  const nothing = new Module(file);
  nothing.loaded = true;
  require.cache[file] = nothing;
}

function stopWithStandardInput() {
  const ignore = () => {};
  process.on("SIGINT", ignore).on("SIGHUP", ignore);
  process.on("newListener", (name, listener) => {
    if (name === "SIGINT" && listener !== ignore) {
      setImmediate(() => process.removeListener(name, listener));
    }
  });

  // A parent that was killed no longer reads: what Azurite says while it saves its state must not end it.
  process.stdout.on("error", ignore);
  process.stderr.on("error", ignore);

  let stopping = false;
  const stop = () => {
    if (stopping) {
      return;
    }
    stopping = true;
    // Azurite listens for SIGTERM once it has started, and then saves its state; before that there is nothing to save.
    if (!process.emit("SIGTERM")) {
      process.exit(0);
    }
    // A client that keeps a request open must not keep Azurite alive.
    setTimeout(() => process.exit(0), 10_000).unref();
  };
  process.stdin.on("end", stop).on("close", stop).on("error", stop).resume();
}

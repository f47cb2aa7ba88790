// A broadcast as the README of `ws` shows it: every open client is sent the same bytes.
// node node_ws.mjs PORT

import http from "node:http";
import { createRequire } from "node:module";

const { WebSocketServer, WebSocket } = createRequire(`${process.cwd()}/`)("ws");

const server = http.createServer((request, answer) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const said = Buffer.concat(parts);
    for (const client of sockets.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(said, { binary: false });
    }
    answer.end();
  });
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
server.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });

// A static file server for this machine only:  node web/serve.mjs FOLDER [--port N]
// Prints the address. Serves .br files that lie beside the asked-for file to clients that accept them.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.wasm': 'application/wasm', '.json': 'application/json', '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.txt': 'text/plain',
};

function findFile(root, url) {
  let path;
  try { path = decodeURIComponent(new URL(url, 'http://localhost').pathname); } catch { return null; }
  const file = normalize(join(root, path.endsWith('/') ? path + 'index.html' : path));
  if (file !== root && !file.startsWith(root + sep)) return null;
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

// Resolves to { port, url, close }; port 0 takes a free one.
export function serve(folder, port = 0) {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const file = findFile(root, request.url);
    if (!file) { response.writeHead(404, { 'content-type': 'text/plain' }).end('not found'); return; }
    const brotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '') && existsSync(file + '.br');
    const served = brotli ? file + '.br' : file;
    const headers = { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-cache',
                      'content-length': statSync(served).size };
    if (brotli) headers['content-encoding'] = 'br';
    response.writeHead(200, headers);
    if (request.method === 'HEAD') response.end(); else createReadStream(served).pipe(response);
  });
  return new Promise((done, failed) => {
    server.on('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const chosen = server.address().port;
      done({ port: chosen, url: `http://127.0.0.1:${chosen}/`,
             close: () => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }) });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'dist', option, value] = process.argv.slice(2);
  const port = option === '--port' ? Number(value) : 8080;
  const started = await serve(folder, port).catch(() => serve(folder, 0));
  console.log(`PMO Desk: ${started.url}  (Ctrl+C ends)`);
}

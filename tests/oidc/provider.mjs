// An OpenID provider for the tests: real access tokens (RFC 9068), for clients that prove themselves with a
// signed assertion (private_key_jwt).
//
// Its first line of input is its configuration, every later one a word it carries out and repeats on a line:
//   rotate  sign with a new key from now on; the keys before stay published
//   retire  publish the newest key alone
//   close   answer nobody; what is known stays known
//   open    answer again, at the same address
// It ends when its input does, so that nothing is left running after a test that was killed.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { Provider, errors } from 'oidc-provider';

const KINDS = {
  ES256: ['ec', { namedCurve: 'P-256' }],
  RS256: ['rsa', { modulusLength: 2048 }],
  PS256: ['rsa', { modulusLength: 2048 }],
};

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { algorithm, resource, clients } = JSON.parse((await lines.next()).value);

function newKey(alg) {
  const { privateKey } = generateKeyPairSync(...KINDS[alg]);
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: randomUUID() };
}

// A published set is a mixed bag: a key of an algorithm that nobody here accepts comes first.
const foreign = newKey('PS256');
let keys = [newKey(algorithm)];
let provider;
let server;
let port = 0;

function resourceServer(_, asked) {
  if (asked !== resource) throw new errors.InvalidTarget();
  return {
    scope: `${resource}/read ${resource}/write`,
    audience: resource,
    accessTokenTTL: 300,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: algorithm, kid: keys[0].kid } },
  };
}

function serve() {
  provider = new Provider(`http://127.0.0.1:${port}`, {
    jwks: { keys: [foreign, ...keys] },
    clientAuthMethods: ['private_key_jwt'],
    clients: clients.map(({ id, jwk }) => ({
      client_id: id,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: algorithm,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [jwk] },
    })),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        getResourceServerInfo: resourceServer,
      },
    },
  }).callback();
}

async function open() {
  server = createServer((request, response) => provider(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  port = server.address().port;
}

async function close() {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

const words = {
  rotate: () => {
    keys = [newKey(algorithm), ...keys];
    serve();
  },
  retire: () => {
    keys = keys.slice(0, 1);
    serve();
  },
  close,
  open,
};

await open();
serve();
console.log(`http://127.0.0.1:${port}`);
for await (const word of lines) {
  await words[word]();
  console.log(word);
}
process.exit();
